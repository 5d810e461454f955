import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkLedger, readBalances, settleDue, spend } from '#app/domains/ledger/index.ts';
import { earnForOrders, moveAllTiers, pointsOf, saveProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { deleteOrder } from '#app/domains/orders/index.ts';
import { customerMerged } from '#app/flows/customer-merged.ts';
import { claimPoints, joinLoyalty } from '#app/flows/loyalty/shopper.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, orderOf, plainProgramme, saveOrders } from './loyal-shop.ts';

let made: TestServices;
let now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(() => {
  now = on(60);
});

const gold = {
  id: 'gold',
  name: 'Gold',
  at: 100,
  multiplierBps: 10_000,
  entryPoints: 7,
  freeShipping: false,
  perks: [],
};
const tiers = { ...plainProgramme.tiers, levels: [gold] };
const follow = {
  id: 'follow',
  kind: 'social' as const,
  on: true,
  points: 100,
  title: 'Follow',
  url: 'https://x.example',
};
const golden = (change: Parameters<typeof loyalShop>[1] = {}) =>
  loyalShop(made, { pendingDays: 14, tiers, rules: [...plainProgramme.rules, follow], ...change });

const arrive = (shop: LoyalShop, ...orders: PlatformOrder[]) =>
  shop.inShop(async (scope) => {
    await saveOrders(scope, orders);
    await earnForOrders(
      scope,
      orders.map(({ id }) => id),
      now,
    );
  });
const placed = (id: string, minor: number, change: Partial<PlatformOrder> = {}) =>
  orderOf(id, minor, { placedAt: on(60), ...change });
const later = (order: PlatformOrder, change: Partial<PlatformOrder>): PlatformOrder => ({
  ...order,
  updatedAt: new Date(order.updatedAt.getTime() + 1000),
  ...change,
});
const balance = (shop: LoyalShop, customer = 'anna') =>
  shop.inShop(async (scope) => {
    await settleDue(scope, now, 1_000);
    const { available, pending } = await readBalances(scope, pointsOf(customer));
    return { available, pending };
  });
const night = (shop: LoyalShop) => shop.inShop((scope) => moveAllTiers(scope, { after: '', limit: 100 }, now));

describe('points for reaching a tier', () => {
  it('wait like the points of the order that brought it', async () => {
    const shop = await golden();
    await arrive(shop, placed('1', 10_000));
    expect(await balance(shop)).toEqual({ available: 0, pending: 107 });
    now = on(74);
    expect(await balance(shop)).toEqual({ available: 107, pending: 0 });
    // An order that is told of when its time is over brings them at once, and so does what is no order.
    await arrive(shop, orderOf('2', 10_000, { placedAt: on(59), customerId: 'ben' }));
    expect(await balance(shop, 'ben')).toEqual({ available: 107, pending: 0 });
    await joinLoyalty(made.services, shop.shopId, 'cleo');
    await claimPoints(made.services, shop.shopId, { customerId: 'cleo', ruleId: 'follow', reference: '' });
    expect(await balance(shop, 'cleo')).toEqual({ available: 107, pending: 0 });
  });

  it('go when it goes and come back with it, once each, however often it is told', async () => {
    const shop = await golden();
    const order = placed('1', 10_000);
    await arrive(shop, order);
    const cancelled = later(order, { cancelledAt: now });
    for (const told of [cancelled, cancelled, order]) await arrive(shop, told);
    expect(await balance(shop)).toEqual({ available: 0, pending: 0 });
    await night(shop);
    const again = later(cancelled, { cancelledAt: null });
    await arrive(shop, again);
    await arrive(shop, again);
    expect(await balance(shop)).toEqual({ available: 0, pending: 107 });
    // One point less than the tier asks for.
    const refunded = later(again, { refundedMinor: 100 });
    await arrive(shop, refunded);
    expect(await balance(shop)).toEqual({ available: 0, pending: 99 });
    await arrive(shop, placed('2', 100));
    expect(await balance(shop)).toEqual({ available: 0, pending: 107 });
    await shop.inShop(async (scope) => {
      await deleteOrder(scope, '1');
      await earnForOrders(scope, ['1'], now);
    });
    expect(await balance(shop)).toEqual({ available: 0, pending: 1 });
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('are owed where they were spent', async () => {
    const shop = await golden();
    const order = placed('1', 10_000);
    await arrive(shop, order);
    now = on(74);
    await balance(shop);
    const source = { kind: 'loyalty-redemption', id: randomUUID(), purpose: '' };
    await shop.inShop((scope) => spend(scope, { account: pointsOf('anna'), amount: 107, source, at: now }));
    await arrive(shop, later(order, { refundedMinor: 10_000 }));
    expect(await balance(shop)).toEqual({ available: -107, pending: 0 });
  });

  it('stay when the tier ends by time, and when other orders are enough', async () => {
    const shop = await golden();
    const first = placed('1', 10_000);
    await arrive(shop, first);
    now = on(61);
    await arrive(shop, placed('2', 10_000, { placedAt: now }));
    await arrive(shop, later(first, { cancelledAt: now }));
    expect(await balance(shop)).toEqual({ available: 0, pending: 107 });
    now = on(500);
    await night(shop);
    expect((await shop.inShop((scope) => scope.tx.loyaltyMember.findFirst()))?.tierBelowSince).toEqual(now);
    expect(await balance(shop)).toEqual({ available: 107, pending: 0 });
    // Rules that change later ask for no more than those of then.
    const settings = { ...plainProgramme, tiers: { ...tiers, levels: [{ ...gold, at: 1_000 }] } };
    await shop.inShop((scope) => saveProgramme(scope, { revision: 2, settings }, now));
    await night(shop);
    expect(await balance(shop)).toEqual({ available: 107, pending: 0 });
    await arrive(shop, later(placed('2', 10_000, { placedAt: on(61) }), { cancelledAt: now }));
    expect(await balance(shop)).toEqual({ available: 0, pending: 0 });
  });

  it('go also while the programme rests, and count money where tiers do', async () => {
    const shop = await golden({ tiers: { ...tiers, measure: 'spend', levels: [{ ...gold, at: 10_000 }] } });
    const order = placed('1', 10_000);
    await arrive(shop, order);
    expect(await balance(shop)).toEqual({ available: 0, pending: 107 });
    now = on(61);
    await shop.inShop((scope) => switchProgramme(scope, false, now));
    await arrive(shop, later(order, { refundedMinor: 1 }));
    expect(await balance(shop)).toEqual({ available: 0, pending: 99 });
  });

  it('are one member’s when two become one, and go with the order still', async () => {
    const shop = await golden();
    const [first, second] = [placed('1', 10_000), placed('2', 10_000, { customerId: 'ben' })];
    await arrive(shop, first, second);
    await arrive(shop, later(second, { cancelledAt: now }));
    await shop.inShop(async (scope) => {
      for (const step of customerMerged(made.services))
        if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id: 'ben', from: 'anna' }]);
    });
    await night(shop);
    expect(await balance(shop, 'ben')).toEqual({ available: 0, pending: 107 });
    await arrive(shop, later(first, { customerId: 'ben', cancelledAt: now }));
    expect(await balance(shop, 'ben')).toEqual({ available: 0, pending: 0 });
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('are given once where two members had them and become one, and go with the orders', async () => {
    const shop = await golden();
    const [hers, his] = [placed('1', 10_000), placed('2', 10_000, { customerId: 'ben' })];
    await arrive(shop, hers, his);
    expect([await balance(shop), await balance(shop, 'ben')]).toEqual([
      { available: 0, pending: 107 },
      { available: 0, pending: 107 },
    ]);
    for (let told = 0; told < 2; told += 1)
      await shop.inShop(async (scope) => {
        for (const step of customerMerged(made.services))
          if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id: 'ben', from: 'anna' }]);
      });
    expect(await balance(shop, 'ben')).toEqual({ available: 0, pending: 207 });
    await arrive(shop, later({ ...hers, customerId: 'ben' }, { cancelledAt: now }));
    expect(await balance(shop, 'ben')).toEqual({ available: 0, pending: 107 });
    await arrive(shop, later(his, { cancelledAt: now }));
    expect(await balance(shop, 'ben')).toEqual({ available: 0, pending: 0 });
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('are the same whatever happens in which order', async () => {
    const [many, once] = [await golden(), await golden()];
    let round = 0;
    const news = fc.record({
      order: fc.integer({ min: 0, max: 3 }),
      version: fc.integer({ min: 0, max: 4 }),
      refundedMinor: fc.constantFrom(0, 0, 100, 3_000, 6_000),
      cancelled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(news, { minLength: 3, maxLength: 9 }), async (all) => {
        round += 1;
        const customer = `c${String(round)}`;
        const told = all.map(({ order, version, refundedMinor, cancelled }) =>
          orderOf(`${customer}-${String(order)}`, 6_000, {
            customerId: customer,
            placedAt: on(50 + order),
            // Two tellings of one version say the same.
            updatedAt: on(50 + order + version * 6 + refundedMinor / 10_000 + (cancelled ? 0.9 : 0)),
            refundedMinor,
            cancelledAt: cancelled ? on(55) : null,
          }),
        );
        for (const order of told) await arrive(many, order);
        await once.inShop((scope) => saveOrders(scope, told));
        await arrive(once, ...told);
        const [gradually, atOnce] = [await balance(many, customer), await balance(once, customer)];
        expect(gradually.available + gradually.pending).toBe(atOnce.available + atOnce.pending);
      }),
      { numRuns: 6 },
    );
    for (const shop of [many, once])
      expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });
});
