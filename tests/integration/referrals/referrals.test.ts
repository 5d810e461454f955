import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keysOfOrder, noteKeys, readRelated } from '#app/domains/identity/index.ts';
import { readMails } from '#app/domains/notifications/index.ts';
import { readBalances, settleDue } from '#app/domains/ledger/index.ts';
import { deleteOrder, upsertOrders } from '#app/domains/orders/index.ts';
import {
  bindVisitors,
  ensureAdvocate,
  overrule,
  readReferrals,
  readSteps,
  saveProgramme,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformBuyer, PlatformOrder } from '#app/platforms/platform.ts';
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

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const buyer = (rest: Partial<PlatformBuyer> = {}): PlatformBuyer => ({
  email: null,
  phone: null,
  country: 'DE',
  addresses: [],
  payer: null,
  ...rest,
});
const home = (name: string, line1 = 'Lindenstr. 1') => ({
  name,
  line1,
  line2: '',
  postcode: '10969',
  city: 'Berlin',
  country: 'DE',
});
const order = (id: string, customerId: string | null, rest: Partial<PlatformOrder> = {}): PlatformOrder =>
  platformOrder({
    id,
    customerId,
    placedAt: now,
    updatedAt: now,
    subtotalMinor: 6_000,
    totalMinor: 6_000,
    buyer: buyer({ email: `${customerId ?? id}@example.com` }),
    ...rest,
  });

/** What an order's webhooks do, as far as referrals see it. */
async function told(...orders: PlatformOrder[]): Promise<void> {
  await inShop(async (scope) => {
    await upsertOrders(scope, orders);
    await noteKeys(
      scope,
      orders.map((one) => keysOfOrder(made.services.secrets, one)),
    );
    await attributeOrders(
      made.services,
      scope,
      orders.map(({ id }) => id),
    );
  });
  await settleAll();
}
async function settleAll(): Promise<void> {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
}
const advocateOf = (customerId: string) =>
  inShop((scope) => ensureAdvocate(scope, customerId, { now, random: randomBytes }));
const codes = (code: string) => ({ codes: [{ code, discountMinor: 600 }] });
const points = (ownerId: string) =>
  inShop((scope) => readBalances(scope, { ownerKind: 'customer', ownerId, unit: 'points' }));
const all = () => inShop((scope) => readReferrals(scope, {}, { before: null, limit: 100 }));
const stateOf = async (orderId: string) => (await all()).find((one) => one.orderId === orderId)?.state ?? null;

beforeEach(async () => {
  now = start;
  shopId = await insertShop(made.database);
  await inShop((scope) => saveProgramme(scope, { active: true, terms: usualTerms }, now));
  await told(order('advocate', 'a'));
});

describe('a friend’s order', () => {
  it('gives points that are pending until the return window ends, and the next friend’s after it', async () => {
    const { code } = await advocateOf('a');
    await told(order('1', 'f', codes(code.toLowerCase())));
    expect(await stateOf('1')).toBe('pending');
    expect(await points('a')).toEqual({ available: 0, pending: 500, held: 0 });
    now = dayLater(14);
    await settleAll();
    await inShop((scope) => settleDue(scope, now, 100));
    expect(await stateOf('1')).toBe('rewarded');
    expect(await points('a')).toEqual({ available: 500, pending: 0, held: 0 });
    expect((await all()).map(({ friendNo }) => friendNo)).toEqual([1]);
    const mails = await inShop((scope) => readMails(scope, 'referral', ['1']));
    expect(mails.map(({ template }) => template).sort()).toEqual([
      'referrals.friend-welcome',
      'referrals.reward-given',
      'referrals.reward-pending',
    ]);
    // The news of before is not told after the later one.
    expect(mails.find(({ template }) => template === 'referrals.reward-pending')).toMatchObject({
      state: 'skipped',
      reason: 'cancelled',
    });
  });

  it('counts once, however often and in whatever order it is told', async () => {
    const { code } = await advocateOf('a');
    const first = order('1', 'f', codes(code));
    const cancelled = { ...first, cancelledAt: now, updatedAt: dayLater(1) };
    await told(first, first);
    await told(first);
    await told(cancelled);
    await told(first);
    expect(await stateOf('1')).toBe('cancelled');
    expect(await points('a')).toEqual({ available: 0, pending: 0, held: 0 });
    await told({ ...first, updatedAt: dayLater(2) });
    expect(await stateOf('1')).toBe('pending');
    expect(await points('a')).toMatchObject({ pending: 500 });
    await inShop(async (scope) => {
      await deleteOrder(scope, '1');
      await attributeOrders(made.services, scope, ['1']);
    });
    await settleAll();
    expect(await points('a')).toEqual({ available: 0, pending: 0, held: 0 });
  });

  it('is found by the cart and by the visitor where the code is lost, within the days that a link counts', async () => {
    const { code, id } = await advocateOf('a');
    const visitor = randomUUID();
    await inShop((scope) => bindVisitors(scope, [visitor, 'c:g'], id, now));
    await told(order('1', 'f', { referral: code }), order('2', 'h', { visitorId: visitor }), order('3', 'g'));
    expect((await all()).map(({ how, orderId }) => [orderId, how]).sort()).toEqual([
      ['1', 'link'],
      ['2', 'visitor'],
      ['3', 'visitor'],
    ]);
    now = dayLater(31);
    await told(order('4', 'i', { visitorId: visitor }), order('5', 'j'));
    expect(await stateOf('4')).toBeNull();
    expect(await stateOf('5')).toBeNull();
  });

  it.each([
    ['the advocate under another account', { email: 'A+x@example.com' }, 'denied'],
    [
      'the advocate as a guest, at home, with another mailbox',
      { addresses: [home('Anna Berg', 'Lindenstrasse 1')] },
      'denied',
    ],
    ['somebody who lives there', { email: 'b@example.com', addresses: [home('Ben Berg')] }, 'pending'],
    ['somebody with the same phone', { phone: '030 1234567' }, 'held'],
    ['a stranger', { email: 'z@example.com', addresses: [home('Zoe Zink', 'Lindenstr. 9')] }, 'pending'],
  ])('of %s', async (_, said, state) => {
    const known = { email: 'a@example.com', phone: '+49301234567', addresses: [home('Anna Berg')] };
    await told(order('advocate-2', 'a', { buyer: buyer(known) }));
    const { code } = await advocateOf('a');
    await told(order('1', 'f', { ...codes(code), buyer: buyer(said) }));
    expect(await stateOf('1')).toBe(state);
  });

  it('is judged by its own advocate where many are due at once', async () => {
    const phones = { a: '+49301234567', b: '+49307654321', c: '+49301112223' };
    for (const [id, phone] of Object.entries(phones))
      await told(order(`first-${id}`, id, { buyer: buyer({ email: `${id}@example.com`, phone }) }));
    const [a, b, c] = [await advocateOf('a'), await advocateOf('b'), await advocateOf('c')];
    await told(order('old', 'k'));
    await told(
      order('1', 'f', { ...codes(a.code), buyer: buyer({ email: 'f@example.com', phone: phones.b }) }),
      order('2', 'g', { ...codes(b.code), buyer: buyer({ email: 'g@example.com', phone: phones.b }) }),
      order('3', 'k', codes(c.code)),
      order('4', 'h', codes(a.code)),
      order('5', 'c', codes(b.code)),
    );
    const found = (await all()).map(({ orderId, state, friendNo }) => [orderId, state, friendNo]);
    expect(found.sort()).toEqual([
      ['1', 'pending', 1],
      ['2', 'held', 1],
      ['3', 'ineligible', 1],
      ['4', 'pending', 2],
      ['5', 'ineligible', 1],
    ]);
  });

  it.each([0, 14])(
    'from the advocate’s own mailbox is never paid, also where %i more orders come from it',
    async (more) => {
      const mail = (label: string) => ({ buyer: buyer({ email: `a+${label}@example.com` }) });
      const others = Array.from({ length: more }, (_, at) => order(`o${String(at)}`, null, mail(String(at))));
      await inShop((scope) =>
        noteKeys(
          scope,
          others.map((one) => keysOfOrder(made.services.secrets, one)),
        ),
      );
      const { code } = await advocateOf('a');
      await told(order('1', 'f', { ...codes(code), ...mail('friend') }));
      expect(await stateOf('1')).toBe('denied');
    },
  );

  it('of somebody who bought before the app was installed counts for nothing', async () => {
    const { code } = await advocateOf('a');
    const past = { placedAt: dayLater(-400), updatedAt: dayLater(-400) };
    await inShop(async (scope) => {
      const guest = order('old', null, { ...past, buyer: buyer({ email: 'F.riend@gmail.com' }) });
      await upsertOrders(scope, [guest]);
      await noteKeys(scope, [keysOfOrder(made.services.secrets, guest)]);
    });
    await told(order('1', 'f', { ...codes(code), buyer: buyer({ email: 'friend+1@googlemail.com' }) }));
    const [row] = (await all()).filter(({ orderId }) => orderId === '1');
    expect(row?.state).toBe('ineligible');
    expect(row?.verdict?.reasons).toEqual([{ code: 'existing-customer', facts: { orders: 1 } }]);
  });

  it('keeps the terms of its moment', async () => {
    const { code } = await advocateOf('a');
    await told(order('1', 'f', codes(code)));
    const dear = { ...usualTerms, tiers: [{ from: 1, reward: { type: 'points' as const, points: 9_000 } }] };
    await inShop((scope) => saveProgramme(scope, { active: true, terms: dear }, now));
    await told(order('1', 'f', { ...codes(code), updatedAt: dayLater(1) }), order('2', 'g', codes(code)));
    expect(await points('a')).toMatchObject({ pending: 500 + 9_000 });
    await inShop((scope) => saveProgramme(scope, { active: false, terms: dear }, now));
    await told(order('3', 'h', codes(code)));
    expect(await stateOf('3')).toBeNull();
  });
});

describe('the merchant', () => {
  it('overrules, and takes it back', async () => {
    const { code } = await advocateOf('a');
    await told(order('1', 'f', { ...codes(code), buyer: buyer({ email: 'a+1@example.com' }) }));
    const decide = async (decision: 'pay' | 'credit' | 'deny' | null) => {
      await inShop(async (scope) => {
        await overrule(scope, '1', decision, now);
        await settleSome(made.services, scope, { now, by: 'merchant', only: '1' });
      });
      return [await stateOf('1'), (await points('a')).pending];
    };
    expect(await decide('pay')).toEqual(['pending', 500]);
    expect(await decide('credit')).toEqual(['pending', 250]);
    expect(await decide('deny')).toEqual(['denied', 0]);
    expect(await decide('pay')).toEqual(['pending', 500]);
    expect(await decide(null)).toEqual(['denied', 0]);
    const steps = await inShop((scope) => readSteps(scope, ['1']));
    expect(steps.map(({ by, state }) => `${by} ${state}`)).toEqual([
      'rules denied',
      'merchant pending',
      'merchant pending',
      'merchant denied',
      'merchant pending',
      'merchant denied',
    ]);
  });

  it('is not paid from under by time alone', async () => {
    const { code } = await advocateOf('a');
    const known = { email: 'a@example.com', phone: '+49301234567' };
    await told(order('advocate-2', 'a', { buyer: buyer(known) }));
    await told(order('1', 'f', { ...codes(code), buyer: buyer({ phone: '030/1234567' }) }));
    now = dayLater(100);
    await settleAll();
    expect(await stateOf('1')).toBe('held');
  });
});

it('forgets a person: keys, bindings, and what was not handed out', async () => {
  const { code } = await advocateOf('a');
  await told(order('1', 'f', codes(code)));
  await inShop((scope) =>
    forgetPerson(made.services, scope, { customerId: 'a', email: 'a@example.com', orderIds: ['advocate'] }),
  );
  await settleAll();
  expect(await stateOf('1')).toBe('cancelled');
  const left = await inShop((scope) =>
    scope.tx.identityKey.count({ where: { shopId: scope.shopId, subject: { in: ['c:a', 'o:advocate'] } } }),
  );
  expect(left).toBe(0);
  expect(await inShop((scope) => readRelated(scope, ['c:f']))).toEqual(new Map());
});
