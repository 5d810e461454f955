import type { ShopScope } from '#app/infra/database.ts';
import { type NamedBundle, titlesIn } from './credit.ts';

/** Goals of carts that give free shipping under one of these titles, with when each was made. Deleted ones too. */
export async function goalsByTitle(
  { tx, shopId }: ShopScope,
  words: readonly string[],
): Promise<{ id: string; title: string; createdAt: Date }[]> {
  const titles = [...new Set(words.flatMap(titlesIn))];
  if (titles.length === 0) return [];
  return tx.bundle.findMany({
    where: { shopId, kind: 'cart-goals', title: { in: titles } },
    select: { id: true, title: true, createdAt: true },
  });
}

/**
 * Bundles that the words of discounts may stand for, the newest first. Deleted and paused ones too: an order may be
 * read long after it was placed.
 */
export async function bundlesByTitle(scope: ShopScope, words: readonly string[]): Promise<NamedBundle[]> {
  const titles = [...new Set(words.flatMap(titlesIn))];
  if (titles.length === 0) return [];
  const bundles = await scope.tx.bundle.findMany({
    where: { shopId: scope.shopId, title: { in: titles } },
    select: { id: true, title: true },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
  });
  if (bundles.length === 0) return [];
  const items = await scope.tx.bundleItem.findMany({
    where: { shopId: scope.shopId, bundleId: { in: bundles.map(({ id }) => id) } },
    select: { bundleId: true, productId: true },
  });
  return bundles.map(({ id, title }) => ({
    id,
    title,
    productIds: items.filter(({ bundleId }) => bundleId === id).map(({ productId }) => productId),
  }));
}
