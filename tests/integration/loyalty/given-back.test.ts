import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetCodesOf, joinCodes, readCode } from '#app/domains/codes/index.ts';
import { checkLedger, closeOwner, joinOwners, readBalances } from '#app/domains/ledger/index.ts';
import { adjustPoints, deleteMembers, joinMembers, pointsOf, readLoyaltyView } from '#app/domains/loyalty/index.ts';
import { readMails } from '#app/domains/notifications/index.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import { returnRefusedRewards } from '#app/flows/loyalty/return-refused.ts';
import { cancelReward, redeemReward } from '#app/flows/loyalty/shopper.ts';
import { actOnRewards } from '#app/flows/rewards-page/act.ts';
import { formToken } from '#app/flows/rewards-page/form-token.ts';
import { rewardsWords } from '#app/flows/rewards-page/words.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, orderOf, saveOrders } from './loyal-shop.ts';

let made: TestServices;
let now = on(60);
let shop: LoyalShop;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  now = on(60);
  shop = await loyalShop(made);
});

const give = (points: number) =>
  shop.inShop((scope) => adjustPoints(scope, { id: randomUUID(), customerId: 'anna', points, reason: 'a test' }, now));
const available = (customerId = 'anna') =>
  shop.inShop(async (scope) => (await readBalances(scope, pointsOf(customerId))).available);
async function redeem(): Promise<{ id: string; code: string }> {
  const id = randomUUID();
  const done = await redeemReward(made.services, shop.shopId, {
    customerId: 'anna',
    rewardId: 'amount-1',
    requestId: id,
  });
  if (!done.ok || done.value.code === null) throw new Error(done.ok ? 'no code' : done.message);
  return { id, code: done.value.code };
}
const cancel = (redemptionId: string, customerId = 'anna') =>
  cancelReward(made.services, shop.shopId, { customerId, redemptionId });
const stateOf = async (id: string, customerId = 'anna') => {
  const view = await shop.inShop((scope) => readLoyaltyView(scope, customerId, now));
  const customer = view?.customer?.status === 'member' ? view.customer : null;
  return customer?.redemptions.find((one) => one.id === id)?.state;
};

/** What the order step does. */
const tell = (order: PlatformOrder, returnsUses = false) =>
  shop.inShop(async (scope) => {
    await saveOrders(scope, [order]);
    await settleCodes(made.services, scope, { platform: { capabilities: { returnsCodeUses: returnsUses } } }, [
      order.id,
    ]);
  });
/** Whatever is told is told twice. */
async function arrive(order: PlatformOrder, returnsUses = false): Promise<void> {
  now = new Date(now.getTime() + 60_000);
  for (let again = 0; again < 2; again += 1) await tell({ ...order, updatedAt: now }, returnsUses);
}
const paidWith = (id: string, code: string, change: Partial<PlatformOrder> = {}) =>
  orderOf(id, 5_000, { customerId: 'anna', codes: [{ code, discountMinor: 250 }], ...change });

const settled = () => shop.inShop((scope) => checkLedger(scope, now));

describe.each([
  ['a store that never gives a use back', false],
  ['a store that gives uses back', true],
])('a reward that is paid with and given back at the same moment, %s', (_, returnsUses) => {
  it('costs its points again, below zero where they are gone, until its order is cancelled', async () => {
    await give(100);
    const { id, code } = await redeem();
    expect(await cancel(id)).toMatchObject({ value: { available: 100 } });
    // The points that came back are spent for something else; 20 are left.
    await redeem();
    expect(await available()).toBe(20);
    const order = paidWith('1', code);
    await arrive(order, returnsUses);
    expect([await available(), await stateOf(id)]).toEqual([-60, 'used']);
    expect(await cancel(id)).toMatchObject({ code: 'used' });
    await give(70);
    await arrive({ ...order, cancelledAt: now }, returnsUses);
    expect([await available(), await stateOf(id)]).toEqual([90, 'withdrawn']);
    await arrive(order, returnsUses);
    expect([await available(), await stateOf(id)]).toEqual([10, 'used']);
    expect((await settled()).differences).toEqual([]);
  });

  it('whichever comes first, and when both come at once', async () => {
    await give(800);
    const rewards = await Promise.all(Array.from({ length: 8 }, redeem));
    const both = rewards.flatMap(({ id, code }, index) => [
      cancel(id),
      tell(paidWith(String(index), code), returnsUses).catch(() => tell(paidWith(String(index), code), returnsUses)),
    ]);
    const answers = await Promise.all(both);
    expect(answers.filter((answer) => answer && !answer.ok && answer.code !== 'used')).toEqual([]);
    expect(await available()).toBe(800 - 8 * 80);
    expect(await Promise.all(rewards.map(({ id }) => stateOf(id)))).toEqual(rewards.map(() => 'used'));
    expect((await settled()).differences).toEqual([]);
  });
});

describe('a cancelled order that was paid with a reward', () => {
  it('gives the points back where the store does not give the code back, and takes them when it is opened again', async () => {
    await give(100);
    const { id, code } = await redeem();
    const order = paidWith('1', code);
    await arrive(order);
    expect([await available(), await stateOf(id)]).toEqual([20, 'used']);
    await arrive({ ...order, cancelledAt: now });
    expect([await available(), await stateOf(id)]).toEqual([100, 'withdrawn']);
    await arrive(order);
    expect([await available(), await stateOf(id)]).toEqual([20, 'used']);
    // Edited so that it carries the code no more.
    await arrive({ ...order, codes: [] });
    expect([await available(), await stateOf(id)]).toEqual([100, 'withdrawn']);
    expect(await cancel(id)).toMatchObject({ code: 'cancelled' });
    expect((await settled()).differences).toEqual([]);
  });

  it('gives them back also where it is heard of only when it was cancelled', async () => {
    await give(100);
    const { id, code } = await redeem();
    await arrive(paidWith('1', code, { cancelledAt: now }));
    expect([await available(), await stateOf(id)]).toEqual([100, 'withdrawn']);
    const other = await redeem();
    await arrive(paidWith('2', other.code, { cancelledAt: now }), true);
    expect([await available(), await stateOf(other.id)]).toEqual([20, 'wanted']);
  });

  it('leaves the code to be used again where the store gives it back, unless it ended before', async () => {
    await give(200);
    const [first, second] = [await redeem(), await redeem()];
    await shop.inShop((scope) =>
      scope.tx.discountCode.updateMany({
        where: { shopId: shop.shopId },
        data: { todo: null, storeId: '1', state: 'open' },
      }),
    );
    await arrive(paidWith('1', first.code), true);
    await arrive(paidWith('2', second.code), true);
    await arrive(paidWith('1', first.code, { cancelledAt: now }), true);
    expect([await available(), await stateOf(first.id)]).toEqual([40, 'open']);
    const endsAt = (await shop.inShop((scope) => readCode(scope, source(first.id))))?.endsAt;
    if (!endsAt) throw new Error('a reward of the usual programme ends');
    now = endsAt;
    await arrive(paidWith('2', second.code, { cancelledAt: now }), true);
    expect(await available()).toBe(120);
    // What was free to be used and was not stays spent, whatever is told again.
    await arrive(paidWith('1', first.code, { cancelledAt: now }), true);
    expect(await available()).toBe(120);
  });

  const source = (id: string) => ({ kind: 'loyalty-reward', id, purpose: '' });

  it('of a customer who became another counts for that one; the code that stood for the first goes, or costs its points too', async () => {
    await give(400);
    const [one, two, three] = [await redeem(), await redeem(), await redeem()];
    await shop.inShop(async (scope) => {
      const merged = { kind: 'customer-merge', id: 'anna' };
      const owner = (ownerId: string) => ({ ownerKind: 'customer', ownerId });
      await joinOwners(scope, { from: owner('anna'), into: owner('ben'), source: merged, at: now });
      await joinMembers(scope, 'anna', 'ben', now);
      await joinCodes(scope, 'anna', 'ben', { now, random: randomBytes });
    });
    const fresh = async (id: string) => (await shop.inShop((scope) => readCode(scope, source(id))))?.code ?? '';
    expect(await available('ben')).toBe(160);
    // The first's code at the checkout, at the moment of the merge.
    await arrive(paidWith('1', one.code));
    expect([await available('ben'), await stateOf(one.id, 'ben')]).toEqual([160, 'used']);
    // It is paid for by that order, although the code that took its place is out of the store.
    expect(await cancel(one.id, 'ben')).toMatchObject({ code: 'used' });
    expect(await available('ben')).toBe(160);
    await arrive(paidWith('1', one.code, { cancelledAt: now }));
    expect([await available('ben'), await stateOf(one.id, 'ben')]).toEqual([240, 'withdrawn']);
    // Both codes were used before anybody told of either.
    const second = await fresh(two.id);
    expect(second).not.toBe(two.code);
    await arrive(paidWith('2', second, { customerId: 'ben' }));
    expect([await available('ben'), await stateOf(two.id, 'ben')]).toEqual([240, 'used']);
    await arrive(paidWith('3', two.code));
    expect(await available('ben')).toBe(160);
    await arrive(paidWith('2', second, { customerId: 'ben', cancelledAt: now }));
    expect(await available('ben')).toBe(240);
    expect(await cancel(three.id, 'ben')).toMatchObject({ value: { available: 320 } });
    expect((await settled()).differences).toEqual([]);
  });

  it('of who was erased changes nothing', async () => {
    await give(100);
    const { id, code } = await redeem();
    await cancel(id);
    await shop.inShop(async (scope) => {
      await closeOwner(scope, { ownerKind: 'customer', ownerId: 'anna' }, now);
      await forgetCodesOf(scope, ['anna']);
      await deleteMembers(scope, ['anna']);
    });
    await arrive(paidWith('1', code, { customerId: null }));
    expect(await available()).toBe(0);
    expect((await settled()).differences).toEqual([]);
  });
});

describe('redeeming and giving back', () => {
  it('ends for a day after twenty, and the shopper reads why', async () => {
    await give(100);
    for (let count = 0; count < 20; count += 1) await cancel((await redeem()).id);
    const token = formToken(made.services.secrets, { shopId: shop.shopId, customerId: 'anna' }, now);
    const fields = { action: 'redeem', reward: 'amount-1', request: randomUUID(), token };
    const act = () => actOnRewards(made.services, shop.shopId, 'anna', fields);
    expect(await act()).toEqual({ code: 'tooMany', good: false });
    expect(Object.values(rewardsWords).filter(({ notices }) => !notices.tooMany.includes('20'))).toEqual([]);
    expect(await available()).toBe(100);
    now = new Date(now.getTime() + 86_400_000);
    await redeem();
    expect(await available()).toBe(20);
  });

  it('sends no mail of a reward that was given back before the mail went out', async () => {
    await give(100);
    const { id } = await redeem();
    await cancel(id);
    expect(await shop.inShop((scope) => readMails(scope, 'loyalty-reward', [id]))).toMatchObject([
      { state: 'skipped', reason: 'cancelled' },
    ]);
  });

  it('gives points back for every gift that the store refused, however many there are', async () => {
    const card = {
      id: 'card',
      kind: 'gift-card',
      on: true,
      title: 'Card',
      cost: 10,
      validDays: 30,
      minor: 500,
    } as const;
    shop = await loyalShop(made, { rewards: [card] });
    await give(10);
    const wish = { customerId: 'anna', rewardId: 'card', requestId: randomUUID() };
    await redeemReward(made.services, shop.shopId, wish);
    await shop.inShop(async ({ shopId, tx }) => {
      await tx.storeGift.updateMany({ where: { shopId }, data: { state: 'refused', refusal: 'Closed.' } });
      // Others that were refused after it, and whose points are back.
      await tx.storeGift.createMany({
        data: Array.from({ length: 1_100 }, () => ({
          ...{ shopId, sourceKind: 'loyalty-reward', sourceId: randomUUID(), purpose: '', kind: 'gift-card' },
          ...{ amountMinor: 500, currency: 'EUR', note: '', state: 'refused', refusal: 'Closed.', issuedAt: now },
        })),
      });
    });
    for (let again = 0; again < 2; again += 1) await returnRefusedRewards(made.services, shop.shopId);
    expect(await available()).toBe(10);
  });
});
