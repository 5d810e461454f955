import type { ShopScope } from '#app/infra/database.ts';
import type { Suggestion } from './model.ts';
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

/** Removes the suggestions for these customers from every version (one who asked to be erased). */
export async function deletePersonalLists(scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  await scope.tx.recommendation.deleteMany({
    where: { shopId: scope.shopId, surface: 'for-you', subjectId: { in: [...customerIds] } },
  });
}
