import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { largerGoods, type MostOffGoods, noneOff } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

const count = z.number().int().nonnegative();
/** Product, share, amount, least price and units of the cart; of goals the subtotal, share and amount. */
const stored = z.object({
  products: z.array(z.tuple([z.string(), count, count, count.nullable(), count])),
  order: z.tuple([count, count, count]).nullable(),
});

function toStored({ products, order }: MostOffGoods): z.infer<typeof stored> {
  return {
    products: [...products]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { basisPoints, minor, leftMinor, units }]) => [id, basisPoints, minor, leftMinor, units]),
    order: order && [order.fromMinor, order.basisPoints, order.minor],
  };
}

function fromStored(kept: unknown): MostOffGoods {
  const { products, order } = stored.parse(kept);
  return {
    products: new Map(
      products.map(([id, basisPoints, minor, leftMinor, units]) => [id, { basisPoints, minor, leftMinor, units }]),
    ),
    order: order && { fromMinor: order[0], basisPoints: order[1], minor: order[2] },
  };
}

/**
 * What offers at the checkout may take off goods at most: by the publication that the store took last, and by each since
 * then that it has not answered.
 */
export async function readOffAtCheckout(scope: ShopScope): Promise<MostOffGoods> {
  const row = await scope.tx.checkoutOffers.findUnique({ where: { shopId: scope.shopId } });
  return row ? fromStored(row.mostOff) : noneOff;
}

/** Before a publication: the store may take it although its answer is lost. */
export async function notePublishing(scope: ShopScope, most: MostOffGoods): Promise<void> {
  await keep(scope, largerGoods(await readOffAtCheckout(scope), most));
}

/** The store has taken a publication, and nothing of those before it is left. True if that is something else. */
export async function noteAtCheckout(scope: ShopScope, most: MostOffGoods): Promise<boolean> {
  if (isDeepStrictEqual(toStored(await readOffAtCheckout(scope)), toStored(most))) return false;
  await keep(scope, most);
  return true;
}

async function keep(scope: ShopScope, most: MostOffGoods): Promise<void> {
  const { shopId } = scope;
  const mostOff = toStored(most);
  await scope.tx.checkoutOffers.upsert({ where: { shopId }, create: { shopId, mostOff }, update: { mostOff } });
}
