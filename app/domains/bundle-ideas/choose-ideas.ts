import type { Assessment } from './assess-idea.ts';
import type { IdeaFound } from './model.ts';

/** Ideas that a merchant looks at, and refused ones that are kept to say why. */
export const mostIdeas = 30;
export const mostRefused = 15;
/** One bestseller must not fill the list. */
const mostPerProduct = 3;
/** Nor must one kind: of each at most half of the list. */
const mostPerKind = 0.5;
/** Products in common, as a share of all products of both. */
const mostOverlap = 0.5;

export interface JudgedIdea {
  readonly idea: IdeaFound;
  readonly assessment: Assessment;
}

export const productIdsOf = (idea: IdeaFound): string[] => idea.evidence.parts.map(({ productId }) => productId);

/** True when all products of the idea are sold together by one of these sets already. */
export function isCovered(idea: IdeaFound, bundles: readonly ReadonlySet<string>[]): boolean {
  const ids = productIdsOf(idea);
  // Several of one product are another offer than a set that holds it once.
  return ids.length > 1 && bundles.some((bundle) => ids.every((id) => bundle.has(id)));
}

/** The most profitable ideas that differ from each other, then refused ones with most orders behind them. */
export function chooseIdeas(judged: readonly JudgedIdea[]): JudgedIdea[] {
  const good = judged
    .filter(({ assessment }) => assessment.refusal === null)
    .sort((a, b) => (b.assessment.best?.profit.value ?? 0) - (a.assessment.best?.profit.value ?? 0) || bySupport(a, b));
  const refused = judged
    .filter(({ assessment }) => assessment.refusal !== null && assessment.refusal !== 'unavailable')
    .sort(bySupport);
  return [...pickDiverse(good, mostIdeas), ...pickDiverse(refused, mostRefused)];
}

const bySupport = (a: JudgedIdea, b: JudgedIdea): number => b.idea.evidence.support - a.idea.evidence.support;

function pickDiverse(sorted: readonly JudgedIdea[], most: number): JudgedIdea[] {
  const uses = new Map<string, number>();
  const kinds = new Map<string, number>();
  const chosen: { one: JudgedIdea; ids: ReadonlySet<string> }[] = [];
  for (const one of sorted) {
    if (chosen.length >= most) break;
    const ids = new Set(productIdsOf(one.idea));
    const sameKind = kinds.get(one.idea.kind) ?? 0;
    if (sameKind >= most * mostPerKind || [...ids].some((id) => (uses.get(id) ?? 0) >= mostPerProduct)) continue;
    // Several of one product and that product in a set are different offers.
    const close = chosen.some((other) => {
      if ((other.ids.size === 1) !== (ids.size === 1)) return false;
      const common = [...ids].filter((id) => other.ids.has(id)).length;
      return common / (ids.size + other.ids.size - common) > mostOverlap - 0.01;
    });
    if (close) continue;
    chosen.push({ one, ids });
    kinds.set(one.idea.kind, sameKind + 1);
    for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  return chosen.map(({ one }) => one);
}
