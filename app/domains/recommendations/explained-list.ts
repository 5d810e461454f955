import type { ProductCard } from './cards/model.ts';
import { chanceOfReal, type Confidence, confidenceOf, type ModelSureness } from './engine/confidence.ts';
import { explainInWords } from './engine/explain.ts';
import type { AdjustedSuggestion, Rule, RuleSurface } from './merchandising/model.ts';
import { adjustmentsInWords, matchesTarget } from './merchandising/rules.ts';
import type { Suggestion } from './model.ts';

export interface ExplainedSuggestion extends Suggestion {
  readonly title: string;
  /** false: still stored, but hidden from shoppers until it is for sale again */
  readonly sellable: boolean;
  /** the reason as one line for people, product ids replaced by titles */
  readonly words: string;
  readonly confidence: Confidence;
  /** 0 to 1: how probable it is that the two go together and not by chance; null where no order holds both */
  readonly chanceOfReal: number | null;
  /** the model's own place, from 1; null where only a rule speaks for it */
  readonly place: number | null;
  /** place after the merchant's rules and settings, from 1; null where it is not shown */
  readonly shownAt: number | null;
  /** what the rules and settings did to it, as one line; '' where nothing */
  readonly adjustedWords: string;
  /** the rule that leaves it out */
  readonly excludedBy: string | null;
  /** of a customer: they have it and need not see it now, so that it is left out */
  readonly ownedByCustomer: boolean;
  /** for certain customers alone, of whom the one who asks is none, so that it is left out */
  readonly keptForOthers: boolean;
}

export interface ListExplanation {
  readonly surface: RuleSurface;
  readonly model: ModelSureness;
  /** as shoppers see them, then what they do not see */
  readonly suggestions: readonly ExplainedSuggestion[];
}

interface Explaining {
  /** the model's own, best first */
  readonly list: readonly Suggestion[];
  /** what the visitor, the rules and the settings made of it */
  readonly shown: readonly AdjustedSuggestion[];
  readonly cards: ReadonlyMap<string, ProductCard>;
  /** those that speak for this list, see `rulesFor` */
  readonly rules: readonly Rule[];
  readonly owned: ReadonlySet<string>;
  readonly kept?: ReadonlySet<string>;
}

/** The model's list beside what is shown of it: first what shoppers see, then what they do not. */
export function explainedList({ list, shown, cards, rules, owned, kept }: Explaining): ExplainedSuggestion[] {
  const excluding = rules.filter((rule) => rule.action === 'exclude');
  const titleOf = (id: string) => cards.get(id)?.title ?? id;
  const placeOf = new Map(list.map((one, index) => [one.productId, index + 1]));
  const shownAt = new Map(shown.map((one, index) => [one.productId, index + 1]));
  const hidden: AdjustedSuggestion[] = list
    .filter((one) => !shownAt.has(one.productId))
    .map((one) => ({ ...one, adjustments: [] }));
  return [...shown, ...hidden].map(({ adjustments, ...one }) => {
    const card = cards.get(one.productId);
    const rule = card && excluding.find(({ target }) => matchesTarget(target, card));
    return {
      ...one,
      title: titleOf(one.productId),
      sellable: card?.sellable === true,
      words: placeOf.has(one.productId) ? explainInWords(one, titleOf) : 'brought in by a rule alone',
      confidence: confidenceOf(one),
      chanceOfReal: chanceOfReal(one),
      place: placeOf.get(one.productId) ?? null,
      shownAt: shownAt.get(one.productId) ?? null,
      adjustedWords: adjustmentsInWords(adjustments),
      excludedBy: rule?.title ?? null,
      ownedByCustomer: owned.has(one.productId),
      keptForOthers: kept?.has(one.productId) === true,
    };
  });
}
