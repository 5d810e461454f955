import type { ProductCard } from '../cards/model.ts';
import { applyToList } from '../merchandising/apply-to-list.ts';
import type { AdjustedSuggestion } from '../merchandising/model.ts';
import type { Suggestion } from '../model.ts';
import type { CartCandidates } from './cart-serving.ts';
import { type Taste, wants } from './interest.ts';

/** What is known of who asks. */
export interface ForVisitor {
  readonly taste: Taste | null;
  /** what was looked at says for others that are looked at in the same visits, by product; see `hearViews` */
  readonly beside?: ReadonlyMap<string, number>;
  /** what the customer has and need not be shown again now */
  readonly owned: ReadonlySet<string>;
}

/** Full interest makes a product e^1.5, four and a half times, as likely. */
const interestReach = 1.5;
/** From here on the interest is worth a word to the merchant. */
const noticeable = 0.2;

/**
 * The list that is shown: the model's, moved by what the visitor is after, without what they have, and then as the
 * merchant's rules want it, which have the last word.
 */
export function finishCart(
  candidates: CartCandidates,
  visitor: ForVisitor | null,
  limit: number,
): AdjustedSuggestion[] {
  const { merchandising, beside, cards } = candidates;
  const wanted = new Map<string, number>();
  let list: Suggestion[] = [...candidates.list];
  if (visitor !== null) {
    list = list.filter((one) => !visitor.owned.has(one.productId));
    const { taste, beside = new Map<string, number>() } = visitor;
    if (taste !== null)
      list = list.map((one) => follow(one, { taste, beside }, cards, wanted)).sort((a, b) => b.score - a.score);
  }
  return applyToList(merchandising, 'cart', list, beside, cards, limit).map((one) =>
    (wanted.get(one.productId) ?? 0) >= noticeable
      ? { ...one, adjustments: [{ kind: 'wanted' }, ...one.adjustments] }
      : one,
  );
}

function follow(
  suggestion: Suggestion,
  { taste, beside }: { readonly taste: Taste; readonly beside: ReadonlyMap<string, number> },
  cards: ReadonlyMap<string, ProductCard>,
  wanted: Map<string, number>,
): Suggestion {
  const card = cards.get(suggestion.productId);
  if (card === undefined) return suggestion;
  const moved = interestReach * wants(taste, card) + (beside.get(card.id) ?? 0);
  wanted.set(card.id, moved / interestReach);
  return { ...suggestion, score: suggestion.score + moved };
}
