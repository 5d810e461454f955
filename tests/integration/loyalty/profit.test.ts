import { afterAll, beforeAll, expect, it } from 'vitest';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { loyaltyProfit } from '#app/flows/loyalty/profit.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { loyalShop, on, orderOf, saveOrders } from './loyal-shop.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => on(60) } });
});
afterAll(() => made.dispose());

const ids = Array.from({ length: 1_500 }, (_, at) => `c${String(at)}`);
const held = (id: string) => isHeldOut(id, 'salt', 2_000);

it('compares everybody whom the store knows, buyer or not, from the first day on', async () => {
  const shop = await loyalShop(made, { holdoutBps: 2_000 });
  await shop.inShop(async (scope) => {
    await upsertCustomers(
      scope,
      made.services.secrets,
      ids.map((id) => ({ id, email: null, locale: null, tags: [], createdAt: on(-30), updatedAt: on(-30) })),
    );
    // Every third buys after the start, for more where there is a programme; what was bought before is past.
    const buyers = ids.filter((_, at) => at % 3 === 0);
    await saveOrders(scope, [
      ...buyers.map((id) =>
        orderOf(`now-${id}`, (held(id) ? 2_000 : 6_000) + Number(id.slice(1)), { customerId: id, placedAt: on(5) }),
      ),
      ...ids.map((id) => orderOf(`before-${id}`, 9_900, { customerId: id, placedAt: on(-10) })),
    ]);
  });
  const result = await loyaltyProfit(made.services, shop.shopId);
  const without = ids.filter(held).length;
  expect(result).toMatchObject({
    status: 'gain',
    since: on(0),
    treatment: { visitors: ids.length - without },
    holdout: { visitors: without, buyers: ids.filter((id, at) => held(id) && at % 3 === 0).length },
  });
  // A third of them, 40.00 more, half of it profit by the shop's usual margin.
  if (result.status !== 'gain') throw new Error(result.status);
  expect(result.difference).toBeGreaterThan(500);
  expect(result.difference).toBeLessThan(850);
});

it('says that nobody is held out, and nothing of a programme that never was', async () => {
  const shop = await loyalShop(made);
  expect(await loyaltyProfit(made.services, shop.shopId)).toEqual({ status: 'off' });
});
