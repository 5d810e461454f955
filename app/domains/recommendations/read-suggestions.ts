import type { ShopScope } from '#app/infra/database.ts';
import { isIdle, loadMerchandising, merchandiseList } from './merchandising/apply-to-list.ts';
import { explainInWords } from './engine/explain.ts';
import type { StoredSurface, Suggestion } from './model.ts';
import { readLists, readTitles } from './store.ts';

/**
 * The stored answer for one subject, best first, as the merchant's rules want it and without what is not for sale at
 * this moment. A customer without a
 * list of their own, or a product that came after the training, gets what is popular.
 * @param subjectId a product id (together, similar), a customer id (for-you) or '' (popular)
 */
export async function readSuggestions(
  scope: ShopScope,
  surface: StoredSurface,
  subjectId: string,
  now: Date,
  limit = 20,
): Promise<Suggestion[]> {
  const [list] = await readLists(scope, surface, [subjectId]);
  const found =
    list?.suggestions ??
    (surface === 'popular' ? [] : ((await readLists(scope, 'popular', ['']))[0]?.suggestions ?? []));
  const merchandising = await loadMerchandising(scope, now);
  if (!isIdle(merchandising)) return merchandiseList(scope, merchandising, surface, subjectId, found, limit);
  const titles = await readTitles(
    scope,
    found.map((one) => one.productId),
  );
  return found
    .filter((one) => one.productId !== subjectId && titles.get(one.productId)?.sellable === true)
    .slice(0, limit);
}

export interface ExplainedSuggestion extends Suggestion {
  readonly title: string;
  /** false: still stored, but hidden from shoppers until it is for sale again */
  readonly sellable: boolean;
  /** the reason as one line for people, product ids replaced by titles */
  readonly words: string;
}

export interface ProductExplanation {
  readonly productId: string;
  readonly title: string;
  readonly sellable: boolean;
  readonly together: readonly ExplainedSuggestion[];
  readonly similar: readonly ExplainedSuggestion[];
}

/** Everything the look-up page shows about a product. @returns null for an unknown product */
export async function explainProduct(scope: ShopScope, productId: string): Promise<ProductExplanation | null> {
  const own = (await readTitles(scope, [productId])).get(productId);
  if (own === undefined) return null;
  const [together] = await readLists(scope, 'together', [productId]);
  const [similar] = await readLists(scope, 'similar', [productId]);
  const all = [...(together?.suggestions ?? []), ...(similar?.suggestions ?? [])];
  const titles = await readTitles(
    scope,
    all.map((one) => one.productId),
  );
  const titleOf = (id: string) => (id === productId ? own.title : (titles.get(id)?.title ?? id));
  const explained = (list: readonly Suggestion[] | undefined) =>
    (list ?? []).map((one): ExplainedSuggestion => ({
      ...one,
      title: titleOf(one.productId),
      sellable: titles.get(one.productId)?.sellable === true,
      words: explainInWords(one, titleOf),
    }));
  return {
    productId,
    title: own.title,
    sellable: own.sellable,
    together: explained(together?.suggestions),
    similar: explained(similar?.suggestions),
  };
}
