import { createHash } from 'node:crypto';
import type { ShopScope } from '#app/infra/database.ts';
import { readCards } from './cards/store.ts';
import { additions, applyToList, isIdle, loadMerchandising } from './merchandising/apply-to-list.ts';
import type { StoredSurface, Suggestion } from './model.ts';
import { type Again, againOf } from './serving/rhythm.ts';
import { readRhythms } from './serving/store.ts';
import { readLists, readSellableAmong, readSellableIds } from './store.ts';
import { readPublished, savePublished } from './version-store.ts';

/** What one product page shows; `digest` changes exactly when the lists or `again` do. */
export interface ProductLists {
  readonly productId: string;
  readonly together: readonly string[];
  readonly similar: readonly string[];
  /** when lists may name the product to who has it; null where no training has seen it */
  readonly again: Again | null;
  readonly digest: string;
  /** digest of what stands in the store, null before the first publication, a mark where it is out of date */
  readonly standing: string | null;
  /** already stands in the store like this */
  readonly published: boolean;
}

const publishedPerList = 12;

/**
 * The lists of some products as they should stand in the store at `now`, with whether they already do. The merchant's
 * rules are applied. What cannot be bought at this moment is left out; further candidates, then popular products,
 * take its place.
 */
export async function listsForPublication(
  scope: ShopScope,
  productIds: readonly string[],
  now: Date,
): Promise<ProductLists[]> {
  const together = new Map(
    (await readLists(scope, 'together', productIds)).map((list) => [list.subjectId, list.suggestions]),
  );
  const similar = new Map(
    (await readLists(scope, 'similar', productIds)).map((list) => [list.subjectId, list.suggestions]),
  );
  const popular = (await readLists(scope, 'popular', ['']))[0]?.suggestions ?? [];
  const published = await readPublished(scope, productIds);
  const rhythms = await readRhythms(scope, productIds);
  const merchandising = await loadMerchandising(scope, now);
  const candidatesOf = (list: readonly Suggestion[]) => {
    const held = new Set(list.map((one) => one.productId));
    const last = (list.at(-1)?.score ?? 0) - 1;
    // Popular ones stand behind the list: their own scores are of another scale.
    return [
      ...list,
      ...popular.filter((one) => !held.has(one.productId)).map((one, k) => ({ ...one, score: last - k })),
    ];
  };
  const named = [...together.values(), ...similar.values(), popular].flat().map((one) => one.productId);
  const show = isIdle(merchandising)
    ? await plainly(scope, named)
    : await byRules(scope, merchandising, [...productIds, ...named, ...additions(merchandising, merchandising.rules)]);
  return productIds.map((productId) => {
    const ids = (surface: 'together' | 'similar', lists: typeof together) => {
      const list = lists.get(productId);
      // A product that came after the training has no list: the theme shows the store's popular products.
      return list === undefined ? [] : show(surface, productId, candidatesOf(list));
    };
    const lists = { together: ids('together', together), similar: ids('similar', similar) };
    const rhythm = rhythms.get(productId);
    const again = rhythm === undefined ? null : againOf(rhythm);
    const digest = createHash('sha256')
      .update(JSON.stringify({ ...lists, again }))
      .digest('hex')
      .slice(0, 32);
    const standing = published.get(productId) ?? null;
    return { productId, ...lists, again, digest, standing, published: standing === digest };
  });
}

type Show = (surface: StoredSurface, productId: string, candidates: readonly Suggestion[]) => string[];

/** Without a wish of the merchant only stock and status matter: no card is read. */
async function plainly(scope: ShopScope, named: readonly string[]): Promise<Show> {
  const sellable = new Set(await readSellableAmong(scope, [...new Set(named)]));
  return (_surface, productId, candidates) =>
    candidates
      .map((one) => one.productId)
      .filter((id) => id !== productId && sellable.has(id))
      .slice(0, publishedPerList);
}

async function byRules(
  scope: ShopScope,
  merchandising: Awaited<ReturnType<typeof loadMerchandising>>,
  named: readonly string[],
): Promise<Show> {
  const cards = await readCards(scope, named);
  return (surface, productId, candidates) => {
    const own = cards.get(productId);
    const beside = own ? [own] : [];
    return applyToList(merchandising, surface, candidates, beside, cards, publishedPerList).map((one) => one.productId);
  };
}

/** Remembers what now stands in the store; a product that was marked as out of date meanwhile stays marked. */
export const markPublished = savePublished;

/** Sellable products in id order, for walking through the shop in pages. */
export async function sellableProductIds(scope: ShopScope): Promise<string[]> {
  return (await readSellableIds(scope)).sort();
}
