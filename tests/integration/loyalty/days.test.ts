import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { readCodesOf } from '#app/domains/codes/index.ts';
import {
  adjustPoints,
  bringTierCodes,
  earnForOrders,
  nothingEarned,
  saveProgramme,
  readLoyaltyView,
  simulateCustomers,
  type Simulation,
  tellTiers,
  warnOfExpiry,
} from '#app/domains/loyalty/index.ts';
import { importBalanceFile } from '#app/flows/loyalty/import-balances.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { began, type LoyalShop, loyalShop, on, orderOf, plainProgramme, saveCustomer } from './loyal-shop.ts';

let made: TestServices;
let now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const give = (shop: LoyalShop, points: number, customerId = 'anna') =>
  shop.inShop((scope) => adjustPoints(scope, { id: randomUUID(), customerId, points, reason: 'a test' }, now));

describe('what time alone does', () => {
  it('brings the code of a tier, once, and takes it back when the tier ends', async () => {
    const level = {
      id: 'gold',
      name: 'Gold',
      at: 0,
      multiplierBps: 10_000,
      entryPoints: 0,
      freeShipping: true,
      perks: [],
    };
    const tiers = { ...plainProgramme.tiers, levels: [level] };
    const shop = await loyalShop(made, { tiers });
    await give(shop, 1);
    const bring = () =>
      shop.inShop((scope) => bringTierCodes(scope, { after: '', limit: 10 }, { now, random: randomBytes }));
    const states = () =>
      shop.inShop(async (scope) => (await readCodesOf(scope, 'loyalty-tier', ['anna'])).map(({ state }) => state));
    expect(await bring()).toEqual({ next: null, changed: true });
    expect(await bring()).toEqual({ next: null, changed: false });
    expect(await states()).toEqual(['wanted']);
    const view = await shop.inShop((scope) => readLoyaltyView(scope, 'anna', now));
    expect(view?.customer).toMatchObject({
      redemptions: [
        { kind: 'free-shipping', title: 'Gold: free shipping', points: 0, state: 'wanted', cancellable: false },
      ],
    });
    const settings = { ...plainProgramme, tiers: { ...tiers, levels: [{ ...level, freeShipping: false }] } };
    expect(await shop.inShop((scope) => saveProgramme(scope, { revision: 2, settings }, now))).toMatchObject({
      ok: true,
    });
    expect(await bring()).toEqual({ next: null, changed: true });
    expect(await states()).toEqual(['withdrawn']);
  });

  it('tells members of a higher tier once for each time they come into it, and nobody of the lowest one', async () => {
    const level = { multiplierBps: 10_000, entryPoints: 0, freeShipping: false, perks: ['A gift'] };
    const levels = [
      { id: 'base', name: 'Base', at: 0, ...level },
      { id: 'gold', name: 'Gold', at: 100, ...level },
    ];
    const shop = await loyalShop(made, { tiers: { ...plainProgramme.tiers, levels } });
    const order = (id: string, minor: number) =>
      shop.inShop(async (scope) => {
        await upsertOrders(scope, [orderOf(id, minor, { placedAt: on(59) })]);
        await earnForOrders(scope, [id], now);
      });
    const tell = () => shop.inShop((scope) => tellTiers(made.services, scope, 'https://example.com'));
    await order('1', 5_000);
    expect(await tell()).toBe(0);
    await order('2', 5_000);
    expect([await tell(), await tell()]).toEqual([1, 0]);
  });

  it('warns of points that end, once for each day of warning', async () => {
    const shop = await loyalShop(made, { expiry: { type: 'after', months: 1 }, warnDays: [30, 7] });
    await give(shop, 50);
    const warn = () => shop.inShop((scope) => warnOfExpiry(made.services, scope, 'https://example.com'));
    expect(await warn()).toBe(0);
    now = on(63);
    expect(await warn()).toBe(1);
    expect(await warn()).toBe(0);
    now = on(85);
    expect(await warn()).toBe(1);
    now = on(60);
  });
});

describe('before and beside the programme', () => {
  it('a simulation finds what the orders would have earned, tiers included, and books nothing', async () => {
    const shop = await loyalShop(made);
    await shop.inShop((scope) =>
      upsertOrders(scope, [
        orderOf('1', 10_000, { placedAt: on(-20) }),
        orderOf('2', 10_000, { placedAt: on(-10) }),
        orderOf('3', 5000, { placedAt: on(-5), customerId: 'ben', refundedMinor: 2500 }),
        orderOf('4', 5000, { placedAt: on(-5), customerId: 'cleo', cancelledAt: on(-4) }),
      ]),
    );
    const levels = [
      { id: 'gold', name: 'Gold', at: 100, multiplierBps: 20_000, entryPoints: 0, freeShipping: false, perks: [] },
    ];
    const settings = { ...plainProgramme, tiers: { ...plainProgramme.tiers, levels } };
    const simulated = { settings, since: on(-30), until: began, timeZone: 'Europe/Berlin' };
    const page = (after: string, sum: Simulation) =>
      shop.inShop((scope) => simulateCustomers(scope, simulated, { sum, after, limit: 2 }));
    const first = await page('', nothingEarned);
    expect(first.next).toBe('ben');
    const { sum, next } = await page('ben', first.sum);
    expect(next).toBeNull();
    expect(sum).toMatchObject({
      customers: 3,
      earners: 2,
      orders: 3,
      points: 100 + 200 + 25,
      spentMinor: 22_500,
      months: { '2026-02': 325 },
      tiers: { gold: 1, '': 2 },
      withReward: 1,
    });
    expect(await shop.inShop((scope) => scope.tx.loyaltyOrder.count())).toBe(0);
  });

  it('balances of another app come over once, for customers whom the store has', async () => {
    const shop = await loyalShop(made);
    await shop.inShop(async (scope) => {
      await saveCustomer(made, scope, 'anna', on(-9));
      await saveCustomer(made, scope, '42', on(-9));
    });
    const text = [
      'email;customer_id;points',
      'ANNA@example.com;;1.000',
      ';42;30',
      'anna@example.com;;4,5',
      'zoe@example.com;;9',
      ';42;0',
      ';;7',
      // a number of somebody else's
      'anna@example.com;42;50',
    ].join('\n');
    const bring = (dry: boolean) => importBalanceFile(made.services, shop.shopId, { text, dry });
    const found = {
      columns: { email: 'email', customerId: 'customer_id', points: 'points', delimiter: ';' },
      customers: 2,
      points: 1_035,
      rounded: 1,
      unknown: 1,
      empty: 1,
      refused: 2,
      refusedLines: [
        { line: 7, why: 'no-customer', points: '7' },
        { line: 8, why: 'two-customers', points: '50' },
      ],
    };
    expect(await bring(true)).toEqual({ ok: true, value: { ...found, given: 0, before: 0 } });
    expect(await bring(false)).toEqual({ ok: true, value: { ...found, given: 2, before: 0 } });
    expect(await bring(false)).toEqual({ ok: true, value: { ...found, given: 0, before: 2 } });
  });

  it('nobody has the points of another, who has the address of the line', async () => {
    const shop = await loyalShop(made);
    await shop.inShop(async (scope) => {
      for (const id of ['1', '2', '3', 'anna']) await saveCustomer(made, scope, id, on(-9));
      // One without an address, and two who share one.
      const { emailHash } = await scope.tx.customer.findFirstOrThrow({ where: { id: '2' } });
      await scope.tx.customer.updateMany({ where: { id: '1' }, data: { emailHash: null } });
      await scope.tx.customer.updateMany({ where: { id: '3' }, data: { emailHash } });
    });
    const text = [
      'email,customer id,points',
      'anna@example.com,1,500',
      'anna@example.com,3,70',
      // Whoever has neither an address here nor a namesake is who the number says.
      'zoe@example.com,1,6',
      '2@example.com,2,10',
      '2@example.com,3,20',
      // What a file of another encoding leaves behind.
      ',2\0,40',
    ].join('\n');
    const done = await importBalanceFile(made.services, shop.shopId, { text, dry: true });
    expect(done).toMatchObject({
      value: {
        ...{ customers: 3, points: 36, unknown: 1, refused: 2 },
        refusedLines: [
          { line: 2, why: 'two-customers' },
          { line: 3, why: 'two-customers' },
        ],
      },
    });
  });
});
