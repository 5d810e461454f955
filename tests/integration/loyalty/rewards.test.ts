import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { noteGiftRefused, noteGiftUnsure, noteGiven, readGift } from '#app/domains/codes/index.ts';
import { checkLedger, readBalances } from '#app/domains/ledger/index.ts';
import {
  adjustPoints,
  deleteMembers,
  giveBirthdayPoints,
  pointsOf,
  readHistory,
  readLoyaltyView,
  readMembersData,
  switchProgramme,
} from '#app/domains/loyalty/index.ts';
import { readMails } from '#app/domains/notifications/index.ts';
import { cancelReward, claimPoints, joinLoyalty, redeemReward, tellBirthday } from '#app/flows/loyalty/shopper.ts';
import { returnRefusedRewards } from '#app/flows/loyalty/return-refused.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
let now = on(60);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const give = (shop: LoyalShop, points: number, customerId = 'anna', id: string = randomUUID()) =>
  shop.inShop((scope) => adjustPoints(scope, { id, customerId, points, reason: 'a test' }, now));
const available = (shop: LoyalShop, customerId = 'anna') =>
  shop.inShop(async (scope) => (await readBalances(scope, pointsOf(customerId))).available);
const view = (shop: LoyalShop, customerId: string | null) =>
  shop.inShop((scope) => readLoyaltyView(scope, customerId, now));

describe('rewards', () => {
  it('from two tabs at once are redeemed once where the points are enough for one', async () => {
    const shop = await loyalShop(made);
    await give(shop, 100);
    const tabs = await Promise.all(
      [1, 2, 3].map(() =>
        redeemReward(made.services, shop.shopId, {
          customerId: 'anna',
          rewardId: 'amount-1',
          requestId: randomUUID(),
        }),
      ),
    );
    expect(tabs.map((tab) => (tab.ok ? 'ok' : tab.code)).sort()).toEqual(['insufficient', 'insufficient', 'ok']);
    expect(await available(shop)).toBe(20);
    expect((await view(shop, 'anna'))?.customer).toMatchObject({
      available: 20,
      redemptions: [{ title: '2.5 € off', points: 80, state: 'wanted', cancellable: true }],
    });
  });

  it('asked for twice with one id are one reward; unused they become points again, once', async () => {
    const shop = await loyalShop(made);
    await give(shop, 200);
    const wish = { customerId: 'anna', rewardId: 'amount-1', requestId: randomUUID() };
    const first = await redeemReward(made.services, shop.shopId, wish);
    expect(await redeemReward(made.services, shop.shopId, wish)).toEqual(first);
    expect(await shop.inShop((scope) => readMails(scope, 'loyalty-reward', [wish.requestId]))).toMatchObject([
      { template: 'loyalty.reward-given' },
    ]);
    expect(await redeemReward(made.services, shop.shopId, { ...wish, customerId: 'ben' })).toMatchObject({
      code: 'not-a-member',
    });
    const cancel = { customerId: 'anna', redemptionId: wish.requestId };
    expect(await cancelReward(made.services, shop.shopId, { ...cancel, customerId: 'ben' })).toMatchObject({
      code: 'not-found',
    });
    expect(await cancelReward(made.services, shop.shopId, cancel)).toMatchObject({
      ok: true,
      value: { available: 200 },
    });
    expect(await cancelReward(made.services, shop.shopId, cancel)).toMatchObject({ code: 'cancelled' });
    expect(await redeemReward(made.services, shop.shopId, wish)).toMatchObject({ code: 'conflict' });
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('that the store would not give become points again, once, and the merchant reads why', async () => {
    const gift = { on: true, cost: 10, validDays: 30, minor: 500 };
    const shop = await loyalShop(made, {
      rewards: [
        { id: 'card', kind: 'gift-card', title: 'Card', ...gift },
        { id: 'credit', kind: 'store-credit', title: 'Credit', ...gift },
      ],
    });
    await give(shop, 30);
    const redeem = async (rewardId: string) => {
      const wish = { customerId: 'anna', rewardId, requestId: randomUUID() };
      const first = await redeemReward(made.services, shop.shopId, wish);
      expect(first).toMatchObject({ value: { code: null, points: 10 } });
      expect(await redeemReward(made.services, shop.shopId, wish)).toEqual(first);
      return wish.requestId;
    };
    const ids = [await redeem('card'), await redeem('credit'), await redeem('credit')];
    const giftOf = (id: string) => ({ kind: 'loyalty-reward', id, purpose: '' });
    await shop.inShop(async (scope) => {
      const [card, refused, doubtful] = await Promise.all(ids.map((id) => readGift(scope, giftOf(id))));
      if (!card || !refused || !doubtful) throw new Error('nothing was issued');
      expect([card.amountMinor, card.currency, card.expiresAt]).toEqual([500, 'EUR', on(90)]);
      await noteGiven(scope, card.id, 'gid', now);
      await noteGiftRefused(scope, refused.id, 'The store is closed.');
      await noteGiftUnsure(scope, doubtful.id, 'Nobody knows.');
    });
    for (let again = 0; again < 2; again += 1) await returnRefusedRewards(made.services, shop.shopId);
    expect(await available(shop)).toBe(10);
    const seen = await shop.inShop((scope) => readLoyaltyView(scope, 'anna', now, ({ kind }) => `code of a ${kind}`));
    const customer = seen?.customer;
    if (customer?.status !== 'member') throw new Error('not a member');
    const byId = new Map(customer.redemptions.map((one) => [one.id, one]));
    expect(ids.map((id) => byId.get(id))).toMatchObject([
      { state: 'given', code: 'code of a gift-card', cancellable: false },
      { state: 'withdrawn', code: null, cancellable: false },
      { state: 'wanted', unsure: true, cancellable: false },
    ]);
    const cancel = (which: number, customerId: string | null) =>
      cancelReward(made.services, shop.shopId, { customerId, redemptionId: ids[which] ?? '' });
    expect([await cancel(0, null), await cancel(1, null), await cancel(2, 'anna')]).toMatchObject([
      { code: 'given' },
      { code: 'cancelled' },
      { code: 'given' },
    ]);
    // The merchant has looked: there is no credit.
    expect(await cancel(2, null)).toMatchObject({ value: { available: 20 } });
    expect(await shop.inShop((scope) => listRuns(scope, { limit: 5 }))).toMatchObject([
      { kind: 'upkeep', status: 'failed', error: expect.stringContaining('The store is closed.') as string },
    ]);
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('are not given where nothing runs, to a stranger, or for what is not offered', async () => {
    const shop = await loyalShop(made, {
      rewards: [{ id: 'card', kind: 'gift-card', on: true, title: 'Card', cost: 1, validDays: null, minor: 100 }],
    });
    await give(shop, 5);
    const redeem = (rewardId: string, customerId = 'anna') =>
      redeemReward(made.services, shop.shopId, { customerId, rewardId, requestId: randomUUID() });
    expect(await redeem('amount-1')).toMatchObject({ code: 'unknown-reward' });
    expect(await redeem('card', 'stranger')).toMatchObject({ code: 'not-a-member' });
    await shop.inShop((scope) => switchProgramme(scope, false, now));
    expect(await redeem('card')).toMatchObject({ code: 'not-live' });
    expect(await view(shop, 'anna')).toBeNull();
  });
});

describe('points outside of orders', () => {
  it('by hand are given once for each id, and no more are taken than there are', async () => {
    const shop = await loyalShop(made);
    const id = randomUUID();
    expect(await give(shop, 30, 'anna', id)).toMatchObject({ value: { repeated: false } });
    expect(await give(shop, 30, 'anna', id)).toMatchObject({ value: { repeated: true } });
    expect(await give(shop, -31)).toMatchObject({ code: 'insufficient' });
    expect(await give(shop, -30)).toMatchObject({ ok: true });
    expect(await available(shop)).toBe(0);
    const { rows } = await shop.inShop((scope) => readHistory(scope, 'anna', { before: null, limit: 10 }));
    expect(rows.map(({ points, about }) => [points, about])).toEqual([
      [-30, 'adjustment'],
      [30, 'adjustment'],
    ]);
  });

  it('for joining, following and reviews come as often as the rules say', async () => {
    const shop = await loyalShop(made, {
      enrolment: 'join',
      rules: [
        { id: 'join', kind: 'sign-up', on: true, points: 10 },
        { id: 'follow', kind: 'social', on: true, points: 3, title: 'Follow us', url: 'https://example.com/' },
        { id: 'review', kind: 'review', on: true, points: 5, perYear: 2 },
      ],
    });
    const claim = (ruleId: string, reference = '') =>
      claimPoints(made.services, shop.shopId, { customerId: 'anna', ruleId, reference });
    expect(await claim('follow')).toMatchObject({ code: 'not-a-member' });
    for (const joined of [true, false])
      expect(await joinLoyalty(made.services, shop.shopId, 'anna')).toMatchObject({ value: { joined } });
    const answers = [];
    for (const [rule, reference] of [
      ['follow'],
      ['follow', 'again'],
      ['review', 'r1'],
      ['review', 'r1'],
      ['review', 'r2'],
      ['review', 'r3'],
      ['join'],
    ] as const)
      answers.push(await claim(rule, reference));
    expect(answers.map((answer) => (answer.ok ? answer.value.points : answer.code))).toEqual([
      3,
      'already',
      5,
      'already',
      5,
      'limit',
      'unknown-rule',
    ]);
    expect(await available(shop)).toBe(23);
  });

  it('on birthdays come once a year, on the shop’s day, for 29 February too, and for days on which the job stood still', async () => {
    const shop = await loyalShop(made, { rules: [{ id: 'bday', kind: 'birthday', on: true, points: 9 }] });
    await give(shop, 1);
    const tell = (day: number) => tellBirthday(made.services, shop.shopId, 'anna', { month: 2, day });
    expect(await tell(30)).toMatchObject({ code: 'invalid' });
    expect(await tell(29)).toMatchObject({ ok: true });
    expect(await tell(28)).toMatchObject({ code: 'already' });
    const at = (time: string) =>
      shop.inShop((scope) => giveBirthdayPoints(made.services.secrets, scope, new Date(time)));
    expect(await at('2027-02-27T22:59:59Z')).toBe(0);
    expect(await at('2027-02-27T23:00:00Z')).toBe(1);
    expect(await at('2027-02-28T12:00:00Z')).toBe(0);
    expect(await at('2028-02-28T12:00:00Z')).toBe(0);
    expect(await at('2028-03-02T12:00:00Z')).toBe(1);
    expect(await available(shop)).toBe(19);
  });

  it('are told to the person and forgotten with them', async () => {
    const shop = await loyalShop(made);
    await give(shop, 100);
    const data = await shop.inShop((scope) => readMembersData(scope, ['anna']));
    expect(data).toMatchObject({ memberships: [{ customerId: 'anna' }], adjustments: [{ points: 100 }] });
    await shop.inShop((scope) => deleteMembers(scope, ['anna', 'nobody']));
    expect(await shop.inShop((scope) => readMembersData(scope, ['anna']))).toMatchObject({
      memberships: [],
      adjustments: [],
    });
    expect(await shop.inShop((scope) => checkLedger(scope, now))).toMatchObject({ differences: [] });
  });

  it('are not seen by who is held out', async () => {
    now = on(60);
    const shop = await loyalShop(made, { holdoutBps: 2000 });
    const views = await Promise.all(Array.from({ length: 20 }, (_, k) => view(shop, `customer-${String(k)}`)));
    const statuses = views.map((one) => one?.customer?.status);
    expect(new Set(statuses)).toEqual(new Set(['held-out', 'not-joined']));
    expect((await view(shop, null))?.customer).toBeNull();
    expect(plainProgramme.holdoutBps).toBe(0);
  });
});
