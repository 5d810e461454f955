import { expect, it } from 'vitest';
import { Prisma } from '#app/generated/prisma/client.ts';
import { findMeant } from '#app/infra/products-meant.ts';
import { seedProducts } from './catalog.ts';
import { now, setUpBundleShops } from './shop.ts';

const { inShop, shops } = setUpBundleShops();
const sale = { kind: 'tags', names: ['sale'] } as const;
const shelf = ['31', '32', '33', '34', '35', '36'];

interface Sold {
  readonly products: readonly string[];
  readonly times?: number;
  readonly daysAgo?: number;
  readonly cancelled?: boolean;
  readonly test?: boolean;
  readonly refunded?: boolean;
}

let orders = 0;
async function sell(shop: string, { products, times = 1, daysAgo = 1, ...state }: Sold): Promise<void> {
  const placedAt = new Date(now.getTime() - daysAgo * 86_400_000);
  await shops().database.db.inShop(shops().shop === shop ? shops().shop : shops().other, async ({ tx, shopId }) => {
    for (let time = 0; time < times; time += 1) {
      const id = `o${String((orders += 1))}`;
      const money = { currency: 'USD', subtotalMinor: 0n, discountMinor: 0n, totalMinor: 0n };
      const standing = { cancelledAt: state.cancelled ? now : null, test: state.test ?? false };
      await tx.order.create({ data: { shopId, id, placedAt, platformUpdatedAt: placedAt, ...money, ...standing } });
      // The same product on two lines is one sale.
      await tx.orderLine.createMany({
        data: [...products, ...products].map((productId, line) => ({
          ...{ shopId, orderId: id, id: String(line), productId, quantity: 1, unitPriceMinor: 1000n },
          refundedQuantity: state.refunded ? 1 : 0,
        })),
      });
    }
  });
}

async function seedShelf(sold: readonly Sold[]): Promise<void> {
  const { database, shop } = shops();
  await seedProducts(
    database,
    shop,
    shelf.map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] })),
  );
  await inShop(
    ({ tx, shopId }) =>
      tx.$executeRaw`UPDATE product SET tags = '{Sale}' WHERE shop_id = ${shopId}::uuid AND id = ANY(${shelf})`,
  );
  for (const one of sold) await sell(shop, one);
}

const find = (most: number) => inShop((scope) => findMeant(scope, sale, { most }));

it.each([
  ['as many as there are: by id, whatever sold', [{ products: ['36'] }], 6, shelf],
  ['nothing ever sold: the lowest ids', [], 3, ['31', '32', '33']],
  ['the best sellers first, then by id', [{ products: ['36'], times: 2 }, { products: ['34'] }], 3, ['36', '34', '31']],
  ['what sold alike: by id', [{ products: ['36', '35'] }], 2, ['35', '36']],
  ['what sold most only', [{ products: shelf }, { products: ['33'] }], 1, ['33']],
  [
    'older than three months is no sale any more',
    [{ products: ['36'], daysAgo: 92, times: 5 }, { products: ['35'] }],
    1,
    ['35'],
  ],
  ['as of the latest order, however long ago', [{ products: ['36'], daysAgo: 900 }], 1, ['36']],
  ['cancelled orders are none', [{ products: ['36'], cancelled: true }], 1, ['31']],
  ['nor are orders of a test', [{ products: ['36'], test: true }], 1, ['31']],
  ['nor what was given back', [{ products: ['36'], refunded: true }], 1, ['31']],
  ['what is not meant sells for nobody', [{ products: ['1'], times: 3 }, { products: ['36'] }], 1, ['36']],
] as const)('of more products than wanted: %s', async (_, sold, most, expected) => {
  await seedShelf(sold);
  expect(await find(most)).toEqual(expected);
});

it('leaves out best sellers that are sold out or that the caller has no use for', async () => {
  await seedShelf([{ products: ['36'], times: 3 }, { products: ['35'], times: 2 }, { products: ['34'] }]);
  await inShop(
    ({ tx, shopId }) =>
      tx.$executeRaw`UPDATE variant SET stock = 0 WHERE shop_id = ${shopId}::uuid AND product_id = '36'`,
  );
  const found = await inShop((scope) => findMeant(scope, sale, { most: 2, also: Prisma.sql`p.id <> '35'` }));
  expect(found).toEqual(['34', '31']);
});

it('sales of another shop say nothing', async () => {
  await seedShelf([]);
  await sell(shops().other, { products: ['36'] });
  expect(await find(1)).toEqual(['31']);
});
