import { readProducts } from '#app/domains/catalog/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Products whose pages the store kept as they were; part of a run's result. */
export interface RefusedProducts {
  readonly refused: number;
  /** sentences for the merchant: which product and what the store says, at most some of them */
  readonly refusals: readonly string[];
}

/** More of them say nothing new. */
const mostNamed = 5;

/** Names what the store refused, by product; nothing where it took everything. */
export async function nameRefused(
  { db }: Pick<Services, 'db'>,
  shopId: ShopId,
  refused: ReadonlyMap<string, string>,
): Promise<RefusedProducts | Record<string, never>> {
  if (refused.size === 0) return {};
  const first = [...refused].slice(0, mostNamed);
  const products = await db.inShop(shopId, (scope) =>
    readProducts(
      scope,
      first.map(([productId]) => productId),
    ),
  );
  const titles = new Map(products.map(({ id, title }) => [id, title]));
  return {
    refused: refused.size,
    refusals: first.map(([productId, reason]) => `${titles.get(productId) ?? `Product ${productId}`}: ${reason}`),
  };
}
