import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinOwners, settleDue } from '#app/domains/ledger/index.ts';
import {
  adjustPoints,
  cancelRedemption,
  earnForOrders,
  type ProgrammeSettings,
  readLiability,
} from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { redeemReward } from '#app/flows/loyalty/shopper.ts';
import { liabilityRows } from '#app/routes/loyalty/liability-rows.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, orderOf, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
let now = on(1);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

/** One reward: 80 points for 2.50, so that a point is worth 3.125 cents and the assumption weighs as 8,000 points. */
const reward: ProgrammeSettings['rewards'][number] = {
  kind: 'amount',
  ...{ id: 'off', on: true, title: '2.50 off', cost: 80, validDays: 90 },
  ...{ minor: 250, minSubtotalMinor: null },
};
const settings = { ...plainProgramme, rewards: [reward] };
const open = (change: Partial<typeof plainProgramme> = {}) => loyalShop(made, { rewards: [reward], ...change });
const give = (shop: LoyalShop, points: number, customerId = 'anna') =>
  shop.inShop((scope) => adjustPoints(scope, { id: randomUUID(), customerId, points, reason: 'a test' }, now));
const redeem = async (shop: LoyalShop, customerId = 'anna') => {
  const wish = { customerId, rewardId: 'off', requestId: randomUUID() };
  const done = await redeemReward(made.services, shop.shopId, wish);
  if (!done.ok) throw new Error(done.message);
  return wish.requestId;
};
const owed = (shop: LoyalShop, at?: Date) => shop.inShop((scope) => readLiability(scope, settings, now, at));
const expected = (issued: number, redeemed: number) => 1 - (redeemed + 0.7 * 8_000) / (issued + 8_000);

it('brought balances that nobody uses are breakage after half a year', async () => {
  now = on(1);
  const shop = await open();
  await give(shop, 100_000);
  await give(shop, 100_000, 'ben');
  expect((await owed(shop)).breakage).toBeCloseTo(0.3);
  now = on(200);
  const { breakage, adjusted, issued, available } = await owed(shop);
  expect({ adjusted, issued, available }).toEqual({ adjusted: 200_000, issued: 0, available: 200_000 });
  expect(breakage).toBeCloseTo(expected(200_000, 0));
});

it('what is redeemed of new points says nothing of the old ones', async () => {
  now = on(1);
  const shop = await open();
  await give(shop, 10_000);
  now = on(190);
  await give(shop, 10_000, 'ben');
  for (let times = 0; times < 5; times += 1) await redeem(shop, 'ben');
  expect((await owed(shop)).breakage).toBeCloseTo(expected(10_000, 0));
  for (let times = 0; times < 5; times += 1) await redeem(shop, 'anna');
  expect((await owed(shop)).breakage).toBeCloseTo(expected(10_000, 400));
  const { redeemed, worstMinor, worthOfPoint } = await owed(shop);
  expect({ redeemed, worthOfPoint }).toEqual({ redeemed: 800, worthOfPoint: 3.125 });
  expect(worstMinor).toBe(19_200 * 3.125);
});

it('points of a customer who became another are as old as they were', async () => {
  now = on(1);
  const shop = await open();
  await give(shop, 10_000, 'ben');
  now = on(190);
  await give(shop, 500);
  const owner = (ownerId: string) => ({ ownerKind: 'customer', ownerId });
  await shop.inShop((scope) =>
    joinOwners(scope, { from: owner('ben'), into: owner('anna'), source: { kind: 'merge', id: 'ben' }, at: now }),
  );
  expect((await owed(shop)).breakage).toBeCloseTo(expected(10_000, 0));
  // Those of the first account were there first, in the order of the second's lots.
  for (let times = 0; times < 10; times += 1) await redeem(shop);
  const { breakage, redeemed } = await owed(shop);
  expect(redeemed).toBe(800);
  expect(breakage).toBeLessThan(expected(10_000, 0));
});

it('points that end are no redemption, and a refund takes points out of both', async () => {
  now = on(1);
  const shop = await open({ expiry: { type: 'after', months: 1 } });
  await give(shop, 5_000);
  await shop.inShop(async (scope) => {
    await upsertOrders(scope, [orderOf('1', 300_000), orderOf('2', 100_000)]);
    await earnForOrders(scope, ['1', '2'], now);
    await upsertOrders(scope, [orderOf('1', 300_000, { cancelledAt: on(2), updatedAt: on(2) })]);
    await earnForOrders(scope, ['1'], now);
  });
  await redeem(shop);
  now = on(200);
  await shop.inShop((scope) => settleDue(scope, now, 100));
  const { available, expired, breakage } = await owed(shop);
  expect({ available, expired }).toEqual({ available: 0, expired: 5_920 });
  expect(breakage).toBeCloseTo(expected(6_000, 80));
});

it('stands as it stood at any day, with the codes that were out then', async () => {
  now = on(1);
  const shop = await open();
  await give(shop, 1_000);
  now = on(10);
  const first = await redeem(shop);
  await redeem(shop);
  now = on(20);
  await shop.inShop((scope) => cancelRedemption(scope, { redemptionId: first, customerId: 'anna' }, now));
  await give(shop, -100);
  const figures = async (at?: Date) => {
    const { available, redeemed, adjusted, rewards } = await owed(shop, at);
    return { available, redeemed, adjusted, rewards: rewards.map(({ codes, worthMinor }) => [codes, worthMinor]) };
  };
  expect(await figures(on(5))).toEqual({ available: 1_000, redeemed: 0, adjusted: 1_000, rewards: [] });
  expect(await figures(on(15))).toEqual({ available: 840, redeemed: 160, adjusted: 1_000, rewards: [[2, 500]] });
  expect(await figures()).toEqual({ available: 820, redeemed: 80, adjusted: 900, rewards: [[1, 250]] });
  const rows = liabilityRows(await owed(shop, on(15)), on(15), 'EUR');
  expect(rows.find(([item]) => item === 'liability_at_most')).toEqual([
    ...['liability_at_most', '840', '26.25', 'EUR', 'if every point is redeemed'],
  ]);
  expect(rows.find(([item]) => item === 'reward')).toEqual(['reward', '', '5.00', 'EUR', '2 × 2.50 off']);
  // The code ended with its time.
  now = on(150);
  expect((await figures()).rewards).toEqual([]);
});

it('what one member owes takes nothing off what another has', async () => {
  now = on(1);
  const shop = await open();
  await give(shop, 1_000, 'ben');
  await shop.inShop(async (scope) => {
    await upsertOrders(scope, [orderOf('1', 10_000)]);
    await earnForOrders(scope, ['1'], now);
  });
  await redeem(shop);
  now = on(5);
  await shop.inShop(async (scope) => {
    await upsertOrders(scope, [orderOf('1', 10_000, { cancelledAt: now, updatedAt: now })]);
    await earnForOrders(scope, ['1'], now);
  });
  // anna used 80 of 100 points, and has none of them any more.
  const { available, pending, debts, debtors, worstMinor } = await owed(shop);
  expect({ available, pending, debts, debtors }).toEqual({ available: 1_000, pending: 0, debts: 80, debtors: 1 });
  expect(worstMinor).toBe(1_000 * 3.125);
  const at = new Date(now.getTime() + 1);
  now = on(10);
  await give(shop, 100);
  expect(await owed(shop)).toMatchObject({ available: 1_020, debts: 0, debtors: 0 });
  const then = await owed(shop, at);
  expect(then).toMatchObject({ available: 1_000, debts: 80, debtors: 1, worstMinor: 3_125 });
  const rows = liabilityRows(then, at, 'EUR');
  expect(rows.find(([item]) => item === 'debts')?.slice(0, 4)).toEqual(['debts', '80', '', '']);
  expect(rows.find(([item]) => item === 'liability_at_most')?.slice(1, 3)).toEqual(['1000', '31.25']);
});
