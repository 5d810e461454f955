import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ShopScope } from './database.ts';

const wholes = z.array(z.object({ role: z.string(), meant: z.unknown() }));
const found = z.array(z.object({ role: z.enum(['buy', 'get']), meant: z.unknown(), productIds: z.array(z.string()) }));

/** Products of an offer's two sides as the latest publication found them; null = the side names its products itself. */
export interface OfferSides {
  readonly buy: ReadonlySet<string> | null;
  readonly get: ReadonlySet<string> | null;
}

/**
 * What the checkout knows of offers whose sides are named by what products are. Of such a side an offer holds the
 * `mostOfOffer` best sellers alone, so that more products are meant than are reduced. Offers that were never published are left out.
 */
export async function readOfferSides(
  { tx, shopId }: ShopScope,
  offerIds: readonly string[],
): Promise<ReadonlyMap<string, OfferSides>> {
  if (offerIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; groups: unknown; named: unknown }[]>`
    SELECT id, group_products AS groups, collections AS named FROM bundle
     WHERE shop_id = ${shopId}::uuid AND id = ANY(${[...offerIds]}::uuid[]) AND group_products IS NOT NULL`;
  return new Map(
    rows.map(({ id, groups, named }) => {
      // What the offer named once and no longer names says nothing about it.
      const still = wholes.parse(named);
      const known = found
        .parse(groups)
        .filter((one) => still.some((whole) => whole.role === one.role && isDeepStrictEqual(whole.meant, one.meant)));
      const side = (role: 'buy' | 'get') => {
        const own = known.filter((one) => one.role === role);
        return own.length === 0 ? null : new Set(own.flatMap((one) => one.productIds));
      };
      return [id, { buy: side('buy'), get: side('get') }];
    }),
  );
}
