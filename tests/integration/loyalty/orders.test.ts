import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, readBalances, spend } from '#app/domains/ledger/index.ts';
import { earnForOrders, pointsOf, saveProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { deleteOrder } from '#app/domains/orders/index.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import {
  began,
  type LoyalShop,
  loyalShop,
  on,
  orderOf,
  plainProgramme,
  saveCustomer,
  saveOrders,
} from './loyal-shop.ts';

let made: TestServices;
const now = on(60);
const money = { id: 'money', kind: 'amount', on: true, points: 1, perMinor: 100 } as const;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

/** The orders arrive, and their points follow. */
const arrive = (shop: LoyalShop, orders: readonly PlatformOrder[], at = now) =>
  shop.inShop(async (scope) => {
    await saveOrders(scope, orders);
    await earnForOrders(
      scope,
      orders.map(({ id }) => id),
      at,
    );
  });

const balance = (shop: LoyalShop, customer = 'anna') =>
  shop.inShop(async (scope) => {
    const { available, pending } = await readBalances(scope, pointsOf(customer));
    return available + pending;
  });

describe('points of orders', () => {
  it('follow an order through edits, refunds, cancelling and opening again, however often each is told', async () => {
    const shop = await loyalShop(made);
    const order = orderOf('1', 4999);
    const version = (minute: number, change: Partial<PlatformOrder>) => ({
      ...order,
      updatedAt: new Date(order.updatedAt.getTime() + minute * 60_000),
      ...change,
    });
    const [line] = order.lines;
    if (!line) throw new Error('no line');
    const steps: readonly [PlatformOrder, number][] = [
      [order, 49],
      [order, 49],
      [version(1, { lines: [{ ...line, quantity: 2 }], totalMinor: 9998 }), 99],
      [
        version(2, { lines: [{ ...line, quantity: 2, refundedQuantity: 1 }], totalMinor: 9998, refundedMinor: 4999 }),
        49,
      ],
      [version(3, { cancelledAt: on(2) }), 0],
      [version(4, {}), 49],
      [version(3, { cancelledAt: on(2) }), 49],
      [version(5, { refundedMinor: 500_000 }), 0],
    ];
    for (const [told, expected] of steps) {
      await arrive(shop, [told]);
      expect(await balance(shop)).toBe(expected);
    }
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('come for the first subscription, whose lines a notice that does not tell of plans leaves as they were', async () => {
    const shop = await loyalShop(made, {
      rules: [{ id: 'sub', kind: 'first-subscription', on: true, points: 40 }],
    });
    const withPlan = (id: string, minute: number, sellingPlan?: boolean) => {
      const order = orderOf(id, 1_000, { placedAt: on(Number(id)) });
      const updatedAt = new Date(order.updatedAt.getTime() + minute * 60_000);
      return {
        ...order,
        updatedAt,
        lines: order.lines.map((line) => ({ ...line, ...(sellingPlan === undefined ? {} : { sellingPlan }) })),
      };
    };
    const steps: readonly [PlatformOrder, number][] = [
      [withPlan('1', 0), 0],
      [withPlan('2', 0, true), 40],
      [withPlan('2', 1), 40],
      [withPlan('3', 0, true), 40],
      [{ ...withPlan('2', 2), cancelledAt: on(5) }, 40],
      [withPlan('3', 1, false), 0],
    ];
    for (const [told, expected] of steps) {
      await arrive(shop, [told]);
      expect(await balance(shop)).toBe(expected);
    }
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('leave a debt where they were spent, which the next order pays off', async () => {
    const shop = await loyalShop(made);
    await arrive(shop, [orderOf('1', 10_000)]);
    await shop.inShop((scope) =>
      spend(scope, { account: pointsOf('anna'), amount: 80, source: { kind: 'test', id: '1', purpose: '' }, at: now }),
    );
    await arrive(shop, [{ ...orderOf('1', 10_000), cancelledAt: on(2), updatedAt: on(2) }]);
    expect(await balance(shop)).toBe(-80);
    await arrive(shop, [orderOf('2', 10_000)]);
    expect(await balance(shop)).toBe(20);
  });

  it('move with the order to the customer who turns out to have placed it, and go with a deleted order', async () => {
    const shop = await loyalShop(made);
    await arrive(shop, [orderOf('1', 1000, { customerId: null }), orderOf('2', 500)]);
    expect(await balance(shop)).toBe(5);
    await arrive(shop, [orderOf('1', 1000, { updatedAt: on(2) })]);
    expect(await balance(shop)).toBe(15);
    await arrive(shop, [orderOf('1', 1000, { customerId: 'ben', updatedAt: on(3) })]);
    expect([await balance(shop), await balance(shop, 'ben')]).toEqual([5, 10]);
    await shop.inShop(async (scope) => {
      await deleteOrder(scope, '1');
      await earnForOrders(scope, ['1'], now);
    });
    expect(await balance(shop, 'ben')).toBe(0);
  });

  it('keep the rules of the moment in which the order was placed', async () => {
    const shop = await loyalShop(made);
    const settings = {
      ...plainProgramme,
      rules: [{ id: 'money', kind: 'amount', on: true, points: 5, perMinor: 100 }],
    };
    await shop.inShop((scope) => saveProgramme(scope, { revision: 2, settings }, on(10)));
    await shop.inShop((scope) => switchProgramme(scope, false, on(20)));
    await arrive(shop, [
      orderOf('before', 1000, { placedAt: new Date(began.getTime() - 1) }),
      orderOf('old', 1000, { placedAt: on(9) }),
      orderOf('new', 1000, { placedAt: on(10) }),
      orderOf('paused', 1000, { placedAt: on(20) }),
    ]);
    expect(await balance(shop)).toBe(10 + 50);
    await arrive(shop, [orderOf('old', 1000, { placedAt: on(9), updatedAt: on(30), refundedMinor: 500 })]);
    expect(await balance(shop)).toBe(5 + 50);
    const notes = await shop.inShop((scope) =>
      scope.tx.loyaltyOrder.findMany({
        select: { orderId: true, version: true, points: true },
        orderBy: { orderId: 'asc' },
      }),
    );
    expect(notes).toEqual([
      { orderId: 'new', version: 2, points: 50 },
      { orderId: 'old', version: 1, points: 5 },
    ]);
  });

  it('wait for the time in which goods come back, and end by themselves', async () => {
    const shop = await loyalShop(made, { pendingDays: 14, expiry: { type: 'after', months: 1 } });
    await arrive(shop, [orderOf('1', 1000)], on(2));
    const at = (moment: Date) =>
      shop.inShop((scope) =>
        scope.tx.ledgerLot
          .findFirst({ select: { vestAt: true, expiresAt: true, pending: true } })
          .then((lot) => ({ ...lot, moment })),
      );
    expect(await at(on(2))).toMatchObject({
      vestAt: on(15),
      expiresAt: new Date('2026-04-16T22:00:00Z'),
      pending: 10n,
    });
  });

  it('for signing up come once, and only to accounts younger than the programme', async () => {
    const shop = await loyalShop(made, {
      rules: [{ id: 'join', kind: 'sign-up', on: true, points: 25 }, ...plainProgramme.rules],
    });
    await shop.inShop(async (scope) => {
      await saveCustomer(made, scope, 'anna', on(1));
      await saveCustomer(made, scope, 'ben', on(-100));
    });
    await arrive(shop, [orderOf('1', 1000), orderOf('2', 1000), orderOf('3', 1000, { customerId: 'ben' })]);
    await arrive(shop, [orderOf('4', 1000)]);
    expect([await balance(shop), await balance(shop, 'ben')]).toEqual([55, 10]);
  });

  it('tiers are reached at once, multiply what comes later, and give their points once', async () => {
    const shop = await loyalShop(made, {
      tiers: {
        measure: 'points',
        period: 'rolling',
        graceDays: 30,
        levels: [
          {
            id: 'bronze',
            name: 'Bronze',
            at: 0,
            multiplierBps: 10_000,
            entryPoints: 0,
            freeShipping: false,
            perks: [],
          },
          { id: 'gold', name: 'Gold', at: 100, multiplierBps: 20_000, entryPoints: 7, freeShipping: false, perks: [] },
        ],
      },
    });
    await arrive(shop, [orderOf('1', 10_000)]);
    expect(await balance(shop)).toBe(107);
    await arrive(shop, [orderOf('2', 1000, { placedAt: on(60.5) })]);
    expect(await balance(shop)).toBe(127);
    // Told late, of a day before the tier: its customer was in none then.
    await arrive(shop, [orderOf('3', 1000, { placedAt: on(2) })]);
    expect(await balance(shop)).toBe(137);
    await arrive(shop, [orderOf('1', 10_000, { cancelledAt: on(3), updatedAt: on(3) })]);
    const member = await shop.inShop((scope) => scope.tx.loyaltyMember.findFirst());
    expect(member).toMatchObject({ tier: 'gold', tierBelowSince: now });
    await arrive(shop, [orderOf('1', 10_000, { updatedAt: on(4) })]);
    expect(await balance(shop)).toBe(137);
  });

  it('have a bound, so that no rule and no price is too large for an order to be kept', async () => {
    const shop = await loyalShop(made, { rules: [{ ...money, points: 1_000_000, perMinor: 1 }] });
    await arrive(shop, [orderOf('1', 100_000_000)]);
    expect(await balance(shop)).toBe(1_000_000_000);
    await arrive(shop, [orderOf('1', 100_000_000, { refundedMinor: 99_999_900, updatedAt: on(4) })]);
    expect(await balance(shop)).toBe(100_000_000);
  });

  it('are the same whatever happens in which order: any series of news ends as the last news alone', async () => {
    const rules = [
      money,
      { id: 'first', kind: 'first-order', on: true, points: 100 },
      { id: 'third', kind: 'order-count', on: true, points: 30, count: 3, repeats: false },
      { id: 'soon', kind: 'recent-order', on: true, points: 10, days: 2 },
    ] as const;
    const caps = { perDay: 150, perYear: 400 };
    const [many, once] = [
      await loyalShop(made, { rules: [...rules], caps }),
      await loyalShop(made, { rules: [...rules], caps }),
    ];
    let round = 0;
    const news = fc.record({
      order: fc.integer({ min: 0, max: 4 }),
      version: fc.integer({ min: 0, max: 4 }),
      refundedMinor: fc.integer({ min: 0, max: 12_000 }),
      cancelled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(news, { minLength: 3, maxLength: 8 }), async (all) => {
        round += 1;
        const customer = `c${String(round)}`;
        const told = all.map(({ order, version, refundedMinor, cancelled }) =>
          orderOf(`${customer}-${String(order)}`, 1000 + order * 3000, {
            customerId: customer,
            placedAt: on(order),
            // Two tellings of one version say the same.
            updatedAt: on(order + version * 6 + (refundedMinor % 6) + (cancelled ? 0.5 : 0)),
            refundedMinor,
            cancelledAt: cancelled ? on(6) : null,
          }),
        );
        for (const order of told) await arrive(many, [order]);
        await once.inShop((scope) => saveOrders(scope, told));
        await arrive(once, told);
        expect(await balance(many, customer)).toBe(await balance(once, customer));
      }),
      { numRuns: 4 },
    );
    for (const shop of [many, once])
      expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });
});
