import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorth } from '#app/domains/loyalty/index.ts';
import { usualAssumptions, usualTerms } from '#app/domains/referrals/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { simulateProgramme } from '#app/flows/referrals/merchant.ts';
import { readUsualParcel } from '#app/infra/usual-parcel.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices();
});
afterAll(() => test.dispose());

const now = new Date('2026-11-01T00:00:00Z');
const from = new Date('2025-11-01T00:00:00Z');

interface Parcel {
  shippingMinor: number | null;
  shippingOffMinor?: number;
  placedAt?: Date;
  currency?: string;
  test?: boolean;
  cancelledAt?: Date;
}

const ship = (shopId: ShopId, parcels: readonly Parcel[]) =>
  test.services.db.inShop(shopId, async ({ tx }) => {
    for (const parcel of parcels) {
      const id = randomUUID();
      const placedAt = new Date('2026-10-01T00:00:00Z');
      await tx.order.create({
        data: {
          ...{ shopId, id, customerId: id, placedAt, platformUpdatedAt: placedAt, currency: 'USD' },
          ...{ subtotalMinor: 4_000, discountMinor: 0, totalMinor: 4_000, ...parcel },
        },
      });
      await tx.orderLine.create({
        data: { shopId, orderId: id, id: '1', productId: '7', variantId: '71', quantity: 1, unitPriceMinor: 4_000 },
      });
    }
  });

it('a parcel costs what shoppers usually pay for it, what was taken off included', async () => {
  const shopId = await insertShop(test.database);
  const usual = () => test.services.db.inShop(shopId, (scope) => readUsualParcel(scope, from, now));
  const counted = [
    { shippingMinor: 490 },
    { shippingMinor: 0, shippingOffMinor: 490 },
    { shippingMinor: 200, shippingOffMinor: 290 },
    { shippingMinor: 99_000 },
  ];
  await ship(shopId, [
    ...counted,
    // The store's own free shipping, and what says nothing.
    { shippingMinor: 0 },
    { shippingMinor: null },
    { shippingMinor: 1, test: true },
    { shippingMinor: 1, cancelledAt: now },
    { shippingMinor: 1, currency: 'JPY' },
    { shippingMinor: 1, placedAt: new Date('2025-10-31T00:00:00Z') },
    { shippingMinor: 1, placedAt: now },
  ]);
  expect(await usual()).toBeNull();
  await ship(shopId, [{ shippingMinor: 100 }]);
  expect(await usual()).toBe(490);
});

it('rewards and offers of friends that free from shipping are worth that, and a tenth of an order until it is known', async () => {
  const shopId = await insertShop(test.database);
  const terms = { ...usualTerms, offer: { type: 'free-shipping' as const } };
  const read = () =>
    test.services.db.inShop(shopId, async (scope) => {
      const shop = await readShop(scope);
      const { friends, offersMinor } = await simulateProgramme(scope, shop, now, terms, usualAssumptions);
      return { worth: (await readWorth(scope, { rewards: [] }, now)).shippingMinor, friends, offersMinor };
    });
  await ship(shopId, Array<Parcel>(10).fill({ shippingMinor: null }));
  expect(await read()).toEqual({ worth: 400, friends: 1, offersMinor: 400 });
  await ship(shopId, Array<Parcel>(10).fill({ shippingMinor: 490 }));
  expect(await read()).toEqual({ worth: 490, friends: 2, offersMinor: 980 });
});
