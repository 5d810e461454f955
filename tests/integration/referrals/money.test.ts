import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteGiftRefused, readCodesOf, readGift } from '#app/domains/codes/index.ts';
import { keysOfCustomer, noteKeys } from '#app/domains/identity/index.ts';
import { checkLedger, readBalances } from '#app/domains/ledger/index.ts';
import { mailSettings, saveMailSettings } from '#app/domains/notifications/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import {
  ensureAdvocate,
  readReferrals,
  readSteps,
  saveProgramme,
  saveSettled,
  takeDue,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleReferral } from '#app/flows/referrals/settle-referral.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import settleShop from '#app/flows/referrals/settle-shop.ts';
import { readMyReferrals } from '#app/flows/referrals/shopper.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const start = new Date('2026-03-01T12:00:00Z');
const dayLater = (days: number) => new Date(start.getTime() + days * 86_400_000);
let made: TestServices;
let now = start;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  now = start;
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const order = (id: string, customerId: string, rest: Partial<PlatformOrder>): PlatformOrder =>
  platformOrder({ id, customerId, placedAt: now, updatedAt: now, subtotalMinor: 6_000, totalMinor: 6_000, ...rest });
async function told(one: PlatformOrder): Promise<void> {
  await inShop(async (scope) => {
    await upsertOrders(scope, [one]);
    await attributeOrders(made.services, scope, [one.id]);
  });
  await settleAll();
}
async function settleAll(): Promise<void> {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
}
const advocateOf = (customerId: string) =>
  inShop(async (scope) => {
    const account = { id: customerId, email: `${customerId}@example.com` };
    await noteKeys(scope, [keysOfCustomer(made.services.secrets, account)]);
    return ensureAdvocate(scope, customerId, { now, random: randomBytes });
  });
const codes = (code: string) => ({ codes: [{ code, discountMinor: 600 }] });
const stateOf = async (orderId: string) =>
  (await inShop((scope) => readReferrals(scope, {}, { before: null, limit: 100 }))).find(
    (one) => one.orderId === orderId,
  )?.state ?? null;

describe('rewards in money', () => {
  const credit = { ...usualTerms, tiers: [{ from: 1, reward: { type: 'credit' as const, minor: 1_000 } }] };
  const balance = () => inShop((scope) => readBalances(scope, { ownerKind: 'customer', ownerId: 'a', unit: 'USD' }));
  const issued = () => inShop((scope) => readCodesOf(scope, 'referral-reward', ['1', '2']));

  it('become a code of the advocate’s own, and a refund after it takes the code back', async () => {
    await inShop((scope) => saveProgramme(scope, { active: true, terms: credit }, now));
    const { code } = await advocateOf('a');
    const first = order('1', 'f', codes(code));
    await told(first);
    expect(await balance()).toEqual({ available: 0, pending: 1_000, held: 0 });
    expect(await issued()).toEqual([]);
    now = dayLater(14);
    await settleAll();
    expect(await balance()).toEqual({ available: 0, pending: 0, held: 0 });
    expect(await issued()).toMatchObject([{ customerId: 'a', uses: 1, terms: { type: 'amount', minor: 1_000 } }]);
    await inShop((scope) => scope.tx.discountCode.updateMany({ where: { shopId }, data: { state: 'open' } }));
    const mine = await readMyReferrals(made.services, shopId, 'a');
    expect(mine?.friends).toMatchObject([{ state: 'rewarded', code: (await issued())[0]?.code }]);
    await told({ ...first, refundedMinor: 6_000, updatedAt: now });
    expect(await balance()).toEqual({ available: 0, pending: 0, held: 0 });
    expect((await issued()).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await stateOf('1')).toBe('cancelled');
  });

  it('are named in the store’s language at its checkout, as the friends’ codes are', async () => {
    await inShop(async (scope) => {
      await saveProgramme(scope, { active: true, terms: credit }, now);
      await saveMailSettings(scope, mailSettings.parse({ language: 'de' }));
    });
    const { id, code } = await advocateOf('a');
    await readMyReferrals(made.services, shopId, 'a');
    await told(order('1', 'f', codes(code)));
    now = dayLater(14);
    await settleAll();
    expect((await issued()).map(({ title }) => title)).toEqual(['Danke für Ihre Empfehlung']);
    const friends = await inShop((scope) => readCodesOf(scope, 'referral-friend', [id]));
    expect(friends.map(({ title }) => title)).toEqual(['Von Freunden empfohlen']);
  });

  it('stay when only the shipping goes back, and go when less of the goods is kept than the minimum', async () => {
    const terms = { ...credit, minOrderMinor: 5_500 };
    await inShop((scope) => saveProgramme(scope, { active: true, terms }, now));
    const { code } = await advocateOf('ship');
    const line = { id: '1', productId: 'p', variantId: 'v', title: 'Product', quantity: 1, unitPriceMinor: 5_500 };
    const whole = order('70', 'friend-70', {
      ...codes(code),
      ...{ goodwillMinor: 0, discountMinor: 0 },
      lines: [{ ...line, discountMinor: 0, refundedQuantity: 0, bundleId: null, source: null }],
    });
    await told(whole);
    expect(await stateOf('70')).toBe('pending');
    await told({ ...whole, refundedMinor: 500 });
    expect(await stateOf('70')).toBe('pending');
    await told({ ...whole, refundedMinor: 600, goodwillMinor: 100 });
    expect(await stateOf('70')).toBe('cancelled');
  });

  /** What the step of codes makes of the advocate's own order, told twice. */
  async function usedBy(id: string, text: string, change: Partial<PlatformOrder> = {}): Promise<void> {
    now = new Date(now.getTime() + 60_000);
    const own = order(id, 'a', { codes: [{ code: text, discountMinor: 1_000 }], ...change });
    for (let again = 0; again < 2; again += 1)
      await inShop(async (scope) => {
        await upsertOrders(scope, [own]);
        const store = { platform: { capabilities: { returnsCodeUses: false } } };
        await settleCodes(made.services, scope, store, [id]);
      });
  }

  async function handedOut(
    terms: typeof credit | typeof part = credit,
  ): Promise<{ first: PlatformOrder; text: string }> {
    await inShop((scope) => saveProgramme(scope, { active: true, terms }, now));
    const { code } = await advocateOf('a');
    const first = order('1', 'f', codes(code));
    await told(first);
    now = dayLater(14);
    await settleAll();
    return { first, text: (await issued())[0]?.code ?? '' };
  }
  const part = { ...usualTerms, tiers: [{ from: 1, reward: { type: 'percentage' as const, basisPoints: 1_000 } }] };
  const notes = async () => (await inShop((scope) => readSteps(scope, ['1']))).map(({ note }) => note).join(' ');

  it('are owed where their code is used at the moment that they are taken back, until that order is cancelled', async () => {
    const { first, text } = await handedOut();
    await told({ ...first, refundedMinor: 6_000, updatedAt: now });
    expect((await balance()).available).toBe(0);
    await usedBy('own', text);
    expect((await balance()).available).toBe(-1_000);
    expect(await notes()).toContain('it is owed');
    await usedBy('own', text, { cancelledAt: now });
    expect((await balance()).available).toBe(0);
    // Paid again: the friend kept the goods after all.
    now = dayLater(15);
    await told({ ...first, updatedAt: now });
    await usedBy('own', text);
    expect((await balance()).available).toBe(-1_000);
    expect((await issued()).map(({ source, state }) => [source.purpose, state]).sort()).toEqual([
      ['1', 'used'],
      ['2', 'wanted'],
    ]);
    expect((await inShop((scope) => checkLedger(scope, now))).differences).toEqual([]);
  });

  it.each([
    ['an amount', credit, -1_000],
    ['a part of the price', part, 0],
  ])('have a new code where a store keeps the use of a cancelled order: %s', async (_, terms, owed) => {
    const { first, text } = await handedOut(terms);
    await usedBy('own', text);
    await usedBy('own', text, { cancelledAt: now });
    const [fresh, ...others] = await issued();
    expect([fresh?.state, others]).toEqual(['wanted', []]);
    expect(fresh?.code).not.toBe(text);
    await usedBy('own', text);
    expect((await issued())[0]?.state).toBe('withdrawn');
    // Both were used in the end.
    await usedBy('other', fresh?.code ?? '');
    expect((await balance()).available).toBe(owed);
    await usedBy('own', text, { cancelledAt: now });
    expect([(await balance()).available, (await issued())[0]?.state]).toEqual([0, 'used']);
    await told({ ...first, refundedMinor: 6_000, updatedAt: now });
    expect(await notes()).toContain('had been used and is owed');
    expect((await balance()).available).toBe(owed);
    expect((await inShop((scope) => checkLedger(scope, now))).differences).toEqual([]);
  });
});

describe('rewards in store credit', () => {
  const credit = { ...usualTerms, tiers: [{ from: 1, reward: { type: 'store-credit' as const, minor: 1_000 } }] };
  const balance = () => inShop((scope) => readBalances(scope, { ownerKind: 'customer', ownerId: 'a', unit: 'USD' }));
  const issued = () => inShop((scope) => readCodesOf(scope, 'referral-reward', ['1']));
  const source = { kind: 'referral-reward', id: '1', purpose: '1' };

  async function handedOut(): Promise<PlatformOrder> {
    await inShop((scope) => saveProgramme(scope, { active: true, terms: credit }, now));
    const { code } = await advocateOf('a');
    const first = order('1', 'f', codes(code));
    await told(first);
    now = dayLater(14);
    // As a store that keeps accounts of its customers.
    await inShop(async (scope) => {
      const [due] = await takeDue(scope, now, 1);
      if (!due) throw new Error('it is due');
      const how = {
        now,
        currency: 'USD',
        paidElsewhere: false,
        money: String,
        storeCredit: true,
        judgement: null,
        earnings: [],
      };
      const { note: _note, ...settled } = await settleReferral(scope, due, how);
      await saveSettled(scope, [settled], now);
    });
    return first;
  }

  it('go to the advocate’s account with the store, and are owed where the order comes back', async () => {
    const first = await handedOut();
    expect(await inShop((scope) => readGift(scope, source))).toMatchObject({
      kind: 'store-credit',
      customerId: 'a',
      amountMinor: 1_000,
      state: 'wanted',
    });
    expect(await issued()).toEqual([]);
    await told({ ...first, refundedMinor: 6_000, updatedAt: now });
    expect(await balance()).toEqual({ available: -1_000, pending: 0, held: 0 });
  });

  it('become a code where the store refuses, once, and that is taken back with the order', async () => {
    const first = await handedOut();
    const gift = await inShop((scope) => readGift(scope, source));
    await inShop((scope) => noteGiftRefused(scope, gift?.id ?? 0n, 'The store has no such accounts.'));
    const context = { services: made.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
    await settleShop({ shopId }, context);
    await settleShop({ shopId }, context);
    expect(await issued()).toMatchObject([{ customerId: 'a', uses: 1, terms: { type: 'amount', minor: 1_000 } }]);
    expect((await inShop((scope) => readSteps(scope, ['1']))).map(({ note }) => note).join()).toContain(
      'a code instead',
    );
    await told({ ...first, refundedMinor: 6_000, updatedAt: now });
    expect((await issued()).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(await balance()).toEqual({ available: 0, pending: 0, held: 0 });
  });
});
