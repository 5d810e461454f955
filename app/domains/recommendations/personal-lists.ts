import type { ShopScope } from '#app/infra/database.ts';
import type { ProductCard } from './cards/model.ts';
import { readCards } from './cards/store.ts';
import { additions, applyToList, type Merchandising } from './merchandising/apply-to-list.ts';
import type { Suggestion } from './model.ts';
import type { CartCandidates } from './serving/cart-serving.ts';
import { readLists, readTitles } from './store.ts';

export interface PersonalSuggestion extends Suggestion {
  readonly title: string | null;
}

/** What is stored as suggestions for these customers, for one who asks for their data. */
export async function readPersonalLists(
  scope: ShopScope,
  customerIds: readonly string[],
): Promise<{ customerId: string; suggestions: PersonalSuggestion[] }[]> {
  const lists = await readLists(scope, 'for-you', customerIds);
  const titles = await readTitles(
    scope,
    lists.flatMap((list) => list.suggestions.map((one) => one.productId)),
  );
  return lists.map((list) => ({
    customerId: list.subjectId,
    suggestions: list.suggestions.map((one) => ({ ...one, title: titles.get(one.productId)?.title ?? null })),
  }));
}

/** What a customer's own list may be shown from, for `finishPersonal`; null for a customer without a list. */
export async function readPersonalCandidates(
  scope: ShopScope,
  customerId: string,
  merchandising: Merchandising,
): Promise<CartCandidates | null> {
  const [own] = await readLists(scope, 'for-you', [customerId]);
  if (own === undefined) return null;
  const named = [...own.suggestions.map((one) => one.productId), ...additions(merchandising, merchandising.rules)];
  return { list: own.suggestions, beside: [], cards: await readCards(scope, named), merchandising };
}

/** The products that are shown of it, best first: what is for sale, as the merchant's rules for personal lists want it. */
export function finishPersonal(
  { list, cards, merchandising }: CartCandidates,
  owned: ReadonlySet<string>,
  limit: number,
): ProductCard[] {
  const open = list.filter((one) => !owned.has(one.productId));
  return applyToList(merchandising, 'for-you', open, [], cards, limit).flatMap(({ productId }) => {
    const card = cards.get(productId);
    return card === undefined || card.variant === null ? [] : [card];
  });
}

/** Removes what is suggested to these customers, and heard in their carts, from every version (one who asked to be erased). */
export async function deletePersonalLists(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  await scope.tx.recommendation.deleteMany({
    where: { shopId: scope.shopId, surface: { in: ['for-you', 'for-cart'] }, subjectId: { in: [...customerIds] } },
  });
}
