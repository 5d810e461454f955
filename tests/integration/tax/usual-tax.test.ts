import { afterAll, beforeAll, expect, it } from 'vitest';
import { readUsualTax, upsertOrders } from '#app/domains/orders/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { taxOfShop } from '#app/infra/tax-of-shop.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let test: TestServices;
let next = 0;
const since = new Date('2026-01-01T00:00:00Z');
const at = new Date('2026-03-01T00:00:00Z');

beforeAll(async () => {
  test = await createTestServices();
});
afterAll(() => test.dispose());

const save = (shopId: ShopId, count: number, values: Partial<PlatformOrder>) =>
  test.services.db.inShop(shopId, (scope) =>
    upsertOrders(
      scope,
      Array.from({ length: count }, () => platformOrder({ id: String(++next), placedAt: at, ...values })),
    ),
  );
const usual = (shopId: ShopId) => test.services.db.inShop(shopId, (scope) => readUsualTax(scope, since));

it('is the highest usual rate of the shop’s own sales', async () => {
  const shopId = await insertShop(test.database);
  expect(await usual(shopId)).toBeNull();
  await save(shopId, 60, { taxBps: 700 });
  await save(shopId, 40, { taxBps: 1900 });
  // None of these is a sale of the time that tells its tax.
  await save(shopId, 30, { taxBps: 2700, cancelledAt: at });
  await save(shopId, 30, { taxBps: 2700, test: true });
  await save(shopId, 30, { taxBps: 2700, placedAt: new Date(since.getTime() - 1) });
  await save(shopId, 30, {});
  await save(shopId, 30, { taxBps: 0 });
  await save(await insertShop(test.database), 30, { taxBps: 2700 });
  expect(await usual(shopId)).toEqual({ bps: 1900, orders: 100 });
});

it('only the latest thousand are asked, so that a new rate is found', async () => {
  const shopId = await insertShop(test.database);
  await save(shopId, 1000, { taxBps: 2500, placedAt: new Date(at.getTime() - 1) });
  await save(shopId, 1000, { taxBps: 1900 });
  expect(await usual(shopId)).toEqual({ bps: 1900, orders: 1000 });
});

it('an answer that does not tell the tax leaves it as it was told', async () => {
  const shopId = await insertShop(test.database);
  const written = await save(shopId, 5, { taxBps: 1900 });
  const again = written.map((id) => platformOrder({ id, placedAt: at, updatedAt: at }));
  await test.services.db.inShop(shopId, (scope) => upsertOrders(scope, again));
  expect(await usual(shopId)).toEqual({ bps: 1900, orders: 5 });
  const corrected = again.map((order) => ({ ...order, taxBps: 700, updatedAt: new Date(at.getTime() + 1) }));
  await test.services.db.inShop(shopId, (scope) => upsertOrders(scope, corrected));
  expect(await usual(shopId)).toEqual({ bps: 700, orders: 5 });
});

it('statements reckon with the same rate as everything else does', async () => {
  const shopId = await insertShop(test.database);
  for (const taxesIncluded of [null, true, false])
    for (const entered of [undefined, null, 0, 700])
      for (const learntTaxBps of [null, 1900]) {
        const settings = entered === undefined ? {} : { enteredTaxBps: entered };
        const found = await test.services.db.inShop(shopId, async (scope) => {
          await scope.tx.shop.update({ where: { id: shopId }, data: { taxesIncluded, settings, learntTaxBps } });
          const [row] = await scope.tx.$queryRaw<{ bps: number }[]>`
            SELECT ${Prisma.raw(taxOfShop('shop'))} AS bps FROM shop WHERE id = ${shopId}::uuid`;
          return { bySql: row?.bps, byRule: (await readShop(scope)).settings.taxInPricesBps };
        });
        expect(found.bySql, JSON.stringify({ taxesIncluded, entered, learntTaxBps })).toBe(found.byRule);
      }
});
