import type { ProductCard } from '../cards/model.ts';
import { applyToList } from '../merchandising/apply-to-list.ts';
import type { AdjustedSuggestion, WantedBy } from '../merchandising/model.ts';
import type { Suggestion } from '../model.ts';
import type { CartCandidates } from './cart-serving.ts';
import { type Taste, wantedBy, wants } from './interest.ts';
import type { Beside } from './viewed.ts';

/** What is known of who asks. */
export interface ForVisitor {
  readonly taste: Taste | null;
  /** what was looked at says for others that are looked at in the same visits, by product; see `hearViews` */
  readonly beside?: ReadonlyMap<string, Beside>;
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
  candidates: Pick<CartCandidates, 'merchandising' | 'beside' | 'cards' | 'list'>,
  visitor: ForVisitor | null,
  limit: number,
): AdjustedSuggestion[] {
  const { merchandising, beside, cards } = candidates;
  const wishes = new Map<string, WantedBy | null>();
  let list: Suggestion[] = [...candidates.list];
  if (visitor !== null) {
    list = list.filter((one) => !visitor.owned.has(one.productId));
    const { taste, beside = new Map<string, Beside>() } = visitor;
    if (taste !== null)
      list = list.map((one) => follow(one, { taste, beside }, cards, wishes)).sort((a, b) => b.score - a.score);
  }
  return applyToList(merchandising, 'cart', list, beside, cards, limit).map((one) => {
    const by = wishes.get(one.productId);
    return by === undefined ? one : { ...one, adjustments: [{ kind: 'wanted', by }, ...one.adjustments] };
  });
}

function follow(
  suggestion: Suggestion,
  { taste, beside }: { readonly taste: Taste; readonly beside: ReadonlyMap<string, Beside> },
  cards: ReadonlyMap<string, ProductCard>,
  wishes: Map<string, WantedBy | null>,
): Suggestion {
  const card = cards.get(suggestion.productId);
  if (card === undefined) return suggestion;
  const liked = interestReach * wants(taste, card);
  const seen = beside.get(card.id);
  const moved = liked + (seen?.moved ?? 0);
  if (moved / interestReach >= noticeable) {
    const looked = seen && taste.looked.get(seen.because)?.card;
    const by: WantedBy | null =
      looked && seen.moved > liked
        ? { kind: 'looked-at', productId: looked.id, title: looked.title }
        : wantedBy(taste, card);
    wishes.set(card.id, by);
  }
  return { ...suggestion, score: suggestion.score + moved };
}
