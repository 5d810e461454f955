import { isMeant } from '#app/shared/products-meant.ts';
import type { Suggestion } from '../model.ts';
import type {
  AdjustedSuggestion,
  Adjustment,
  MerchandisingSettings,
  Rule,
  RulePhase,
  RuleProduct,
  RuleSurface,
  RuleTarget,
  WantedBy,
} from './model.ts';

/** Where a rule stands at `now`: its end is the first instant at which it holds no more. */
export function rulePhase(rule: Pick<Rule, 'status' | 'startsAt' | 'endsAt'>, now: Date): RulePhase {
  if (rule.status === 'off') return 'off';
  if (rule.endsAt !== null && rule.endsAt <= now) return 'expired';
  if (rule.startsAt !== null && rule.startsAt > now) return 'scheduled';
  return 'live';
}

/** The next instant after `now` at which one of the rules starts or ends; null where none does. */
export function nextRuleChange(rules: readonly Rule[], now: Date): Date | null {
  const times = rules
    .filter((rule) => rule.status === 'on')
    .flatMap((rule) => [rule.startsAt, rule.endsAt])
    .flatMap((at) => (at !== null && at > now ? [at.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** Whether a product is one of those that the target names. */
export function matchesTarget(target: RuleTarget, product: RuleProduct): boolean {
  switch (target.kind) {
    case 'all':
      return true;
    case 'products':
      return target.ids.includes(product.id);
    default:
      return isMeant(target, product);
  }
}

/** Rules that speak on a surface beside these products (the cart, or the page's own product), in their order. */
export function rulesFor(
  rules: readonly Rule[],
  surface: RuleSurface,
  beside: readonly RuleProduct[],
  now: Date,
): Rule[] {
  return rules
    .filter((rule) => rulePhase(rule, now) === 'live' && rule.surfaces.includes(surface))
    .filter((rule) => {
      const { condition } = rule;
      return condition === null || beside.some((product) => matchesTarget(condition, product));
    })
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** Products that a pin or a suggestion brings in wherever the model did not think of them. */
export function broughtIn(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule) =>
    (rule.action === 'pin' || rule.action === 'suggest') && rule.target.kind === 'products' ? rule.target.ids : [],
  );
}

export interface Applying {
  /** already narrowed to surface, moment and cart by `rulesFor` */
  readonly rules: readonly Rule[];
  readonly settings: MerchandisingSettings;
  readonly products: ReadonlyMap<string, RuleProduct>;
  /** natural logarithm of how likely a suggestion is, up to a constant */
  readonly logChance: (suggestion: Suggestion) => number;
  /** by product, see `clickEffects`; nothing where it is left out */
  readonly clicks?: ReadonlyMap<string, number>;
  /** whether the offer of a rule reduces the product: it holds only so many of those that the rule means; left out = it does */
  readonly reduces?: (rule: Rule, productId: string) => boolean;
  readonly limit: number;
}

interface Candidate {
  readonly suggestion: Suggestion;
  readonly product: RuleProduct;
  readonly adjustments: Adjustment[];
  score: number;
  /** place among the pinned, Infinity for the others */
  pin: number;
}

/** A margin or price of nothing must not send a product to minus infinity. */
const leastValueMinor = 1;
/** Gross margin of a product whose cost nobody entered; what a new shop assumes too. */
const assumedMarginBps = 4_000;

/**
 * What is shown of the model's candidates: excluded ones never, pinned and suggested ones first in the rules'
 * order, the others by chance, moved by boosts, by the objective and by diversity. One pass over the rules, so that
 * rules which name each other cannot go round. Candidates without an entry in `products` are left out.
 */
export function applyRules(candidates: readonly Suggestion[], applying: Applying): AdjustedSuggestion[] {
  const { rules, settings, products, limit } = applying;
  const pool: Candidate[] = [];
  const seen = new Set<string>();
  for (const suggestion of candidates) {
    const product = products.get(suggestion.productId);
    if (product === undefined || seen.has(product.id)) continue;
    seen.add(product.id);
    if (rules.some((rule) => rule.action === 'exclude' && matchesTarget(rule.target, product))) continue;
    pool.push({ suggestion, product, adjustments: [], score: applying.logChance(suggestion), pin: Infinity });
  }
  rules.forEach((rule, place) => {
    for (const candidate of pool)
      if (matchesTarget(rule.target, candidate.product)) adjust(candidate, rule, place, applying);
  });
  for (const candidate of pool) value(candidate, settings, applying.clicks);
  const pinned = pool
    .filter((one) => one.pin < Infinity)
    .sort((a, b) => a.pin - b.pin || targetPlace(a, rules) - targetPlace(b, rules) || b.score - a.score);
  const others = pool.filter((one) => one.pin === Infinity);
  const ordered = diversify(pinned, others, settings.diversityPercent / 100, limit);
  return ordered.map(({ suggestion, adjustments }) => ({ ...suggestion, adjustments }));
}

function adjust(candidate: Candidate, rule: Rule, place: number, { reduces }: Applying): void {
  const { id: ruleId, title } = rule;
  if (rule.action === 'pin' || rule.action === 'suggest') {
    if (candidate.pin < Infinity) return;
    candidate.pin = place;
    candidate.adjustments.push(
      rule.action === 'pin'
        ? { kind: 'pinned', ruleId, title }
        : {
            kind: 'suggested',
            ruleId,
            title,
            bundleId: reduces?.(rule, candidate.product.id) === false ? null : rule.bundleId,
          },
    );
  } else if (rule.action === 'boost' || rule.action === 'bury') {
    const times = Math.log(1 + rule.strengthPercent / 100);
    candidate.score += rule.action === 'boost' ? times : -times;
    candidate.adjustments.push({ kind: rule.action === 'boost' ? 'boosted' : 'buried', ruleId, title });
  }
}

/** What makes a product a tenth more likely is worth a word to the merchant. */
const noticeable = Math.log(1.1);

/** Chance × value ^ share, in logarithms, or chance × how often it is clicked on. A product of unknown cost counts with an ordinary margin. */
function value(candidate: Candidate, settings: MerchandisingSettings, clicks: Applying['clicks']): void {
  const { objective, objectivePercent } = settings;
  if (objective === 'clicks') {
    const effect = clicks?.get(candidate.product.id) ?? 0;
    candidate.score += effect;
    if (effect > noticeable) candidate.adjustments.push({ kind: 'valued', by: 'clicks' });
    return;
  }
  if (objectivePercent === 0) return;
  const { priceMinor, marginBps } = candidate.product;
  const worth = objective === 'revenue' ? priceMinor : (priceMinor * (marginBps ?? assumedMarginBps)) / 10_000;
  candidate.score += (objectivePercent / 100) * Math.log(Math.max(leastValueMinor, worth));
  candidate.adjustments.push({ kind: 'valued', by: objective });
}

/** Products named by a pin stand in the order in which the merchant named them. */
function targetPlace(candidate: Candidate, rules: readonly Rule[]): number {
  const target = rules[candidate.pin]?.target;
  return target?.kind === 'products' ? target.ids.indexOf(candidate.product.id) : 0;
}

/** 0 to 1: how much two products are of one shelf. */
export function likeness(a: RuleProduct, b: RuleProduct): number {
  const same = (one: string, other: string) => (one !== '' && one.toLowerCase() === other.toLowerCase() ? 1 : 0);
  const all = new Set([...a.tags, ...b.tags]).size;
  const shared = all === 0 ? 0 : a.tags.filter((tag) => b.tags.includes(tag)).length / all;
  return 0.5 * same(a.productType, b.productType) + 0.2 * same(a.vendor, b.vendor) + 0.3 * shared;
}

/** How many log-chances a twin of what is shown already loses at full diversity. */
const diversityReach = 3;

/**
 * Maximal marginal relevance: each next place goes to the best score less its likeness to what stands above it.
 * Source: Carbonell and Goldstein, "The use of MMR" (SIGIR 1998). What is pinned keeps its place.
 */
function diversify(
  pinned: readonly Candidate[],
  others: readonly Candidate[],
  share: number,
  limit: number,
): Candidate[] {
  // Sorting is stable: equal scores keep the model's order.
  const left = [...others].sort((a, b) => b.score - a.score);
  const chosen = pinned.slice(0, limit);
  if (share === 0) return [...chosen, ...left].slice(0, limit);
  while (chosen.length < limit && left.length > 0) {
    let place = 0;
    let most = -Infinity;
    left.forEach((candidate, index) => {
      const nearest = chosen.reduce((near, one) => Math.max(near, likeness(one.product, candidate.product)), 0);
      const worth = candidate.score - share * diversityReach * nearest;
      if (worth > most) {
        most = worth;
        place = index;
      }
    });
    const [next] = left.splice(place, 1);
    if (next === undefined) break;
    if (place > 0) next.adjustments.push({ kind: 'diversified' });
    chosen.push(next);
  }
  return chosen;
}

/** What moved a suggestion, as one line for people; '' where the model had its way. */
export function adjustmentsInWords(adjustments: readonly Adjustment[]): string {
  return adjustments
    .map((one) => {
      switch (one.kind) {
        case 'pinned':
          return `pinned by you (${one.title})`;
        case 'suggested':
          return `suggested by your rule (${one.title})`;
        case 'boosted':
          return `boosted: ${one.title}`;
        case 'buried':
          return `buried: ${one.title}`;
        case 'valued':
          return `boosted: ${one.by}`;
        case 'diversified':
          return 'moved up for variety';
        case 'asked':
          return 'the product of the page';
        case 'wanted':
          return wantedInWords(one.by);
      }
    })
    .join(', ');
}

function wantedInWords(by: WantedBy | null): string {
  if (by === null) return 'the visitor looked at such products';
  return by.kind === 'looked-at' ? `the visitor looked at ${by.title}` : `the visitor searched for ${by.word}`;
}
