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

/**
 * Of the model's candidates, how many an answer is chosen from: some are sold out, and interest, what the customer has and
 * the merchant's rules move the others.
 */
export const cartPool = 40;
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
  let list: readonly Suggestion[] = candidates.list;
  let moves: ReadonlyMap<string, Move> = new Map();
  if (visitor !== null) {
    const { taste, beside = new Map<string, Beside>(), owned } = visitor;
    if (owned.size > 0) list = list.filter((one) => !owned.has(one.productId));
    if (taste !== null) {
      const moved = movesOf(list, { taste, beside }, cards);
      list = list
        .map((one) => ({ ...one, score: one.score + (moved.get(one.productId)?.moved ?? 0) }))
        .sort((a, b) => b.score - a.score);
      moves = moved;
    }
  }
  return applyToList(merchandising, 'cart', list, beside, cards, limit).map((one) => {
    const move = moves.get(one.productId);
    const card = cards.get(one.productId);
    if (!visitor?.taste || !card || !move || move.moved / interestReach < noticeable) return one;
    return { ...one, adjustments: [{ kind: 'wanted', by: movedBy(visitor.taste, card, move) }, ...one.adjustments] };
  });
}

/** What interest makes of a product's score. */
interface Move {
  readonly moved: number;
  /** the part that is wished for by shelf and words */
  readonly liked: number;
  readonly seen: Beside | undefined;
}

function movesOf(
  list: readonly Suggestion[],
  { taste, beside }: { readonly taste: Taste; readonly beside: ReadonlyMap<string, Beside> },
  cards: ReadonlyMap<string, ProductCard>,
): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  for (const { productId } of list) {
    const card = cards.get(productId);
    if (card === undefined) continue;
    const liked = interestReach * wants(taste, card);
    const seen = beside.get(productId);
    moves.set(productId, { moved: liked + (seen?.moved ?? 0), liked, seen });
  }
  return moves;
}

function movedBy(taste: Taste, card: ProductCard, { liked, seen }: Move): WantedBy | null {
  const looked = seen && taste.looked.get(seen.because)?.card;
  return looked && seen.moved > liked
    ? { kind: 'looked-at', productId: looked.id, title: looked.title }
    : wantedBy(taste, card);
}
