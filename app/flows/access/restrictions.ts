import { keyOf, type Restriction } from '#app/domains/access/index.ts';
import { readKeptProducts } from '#app/domains/loyalty/index.ts';
import { readEarlyAccess } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** All products that are kept for some customers now: by the programme for its levels, by offers for whom they invited. */
export async function readRestrictions(scope: ShopScope, now: Date): Promise<Restriction[]> {
  const kept = await readKeptProducts(scope, now);
  const early = await readEarlyAccess(scope, now);
  return [
    ...kept.map(({ levels, ...products }) => ({
      ...products,
      keys: levels.map(({ id }) => keyOf('level', id)),
      levels: levels.map(({ name }) => name),
    })),
    ...early.map(({ offerId, productIds, until }) => ({
      productIds,
      collectionIds: [],
      keys: [keyOf('offer', offerId)],
      levels: [],
      until,
    })),
  ];
}
