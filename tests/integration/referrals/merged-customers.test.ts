import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readClaims } from '#app/domains/attribution/index.ts';
import { issueCode, readCodesOf, readCodesOfCustomers } from '#app/domains/codes/index.ts';
import { keysOfCustomer, keysOfOrder, noteKeys, readRelated } from '#app/domains/identity/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import {
  ensureAdvocate,
  findAdvocateByCode,
  readReferrals,
  saveProgramme,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { customerErased } from '#app/flows/customer-flows.ts';
import { customerMerged } from '#app/flows/customer-merged.ts';
import forgetGone from '#app/flows/forget-gone-customer.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-01T12:00:00Z');
let made: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database);
  await inShop((scope) => saveProgramme(scope, { active: true, terms: usualTerms }, now));
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const advocateOf = (customerId: string) =>
  inShop(async (scope) => {
    const account = { id: customerId, email: `${customerId}@example.com` };
    await noteKeys(scope, [keysOfCustomer(made.services.secrets, account)]);
    return ensureAdvocate(scope, customerId, { now, random: randomBytes });
  });
const pending = async (ownerId: string) =>
  (await inShop((scope) => readBalances(scope, { ownerKind: 'customer', ownerId, unit: 'points' }))).pending;
const rows = () => inShop((scope) => readReferrals(scope, {}, { before: null, limit: 100 }));
const stateOf = async (orderId: string) => (await rows()).find((one) => one.orderId === orderId)?.state ?? null;

async function settleAll(): Promise<void> {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
}
async function bought(id: string, customerId: string, code: string | null): Promise<void> {
  const order = platformOrder({
    id,
    customerId,
    placedAt: now,
    updatedAt: now,
    subtotalMinor: 6_000,
    totalMinor: 6_000,
    buyer: { email: `${customerId}@example.com`, phone: null, country: 'DE', addresses: [], payer: null },
    codes: code === null ? [] : [{ code, discountMinor: 600 }],
  });
  await inShop(async (scope) => {
    await upsertOrders(scope, [order]);
    await noteKeys(scope, [keysOfOrder(made.services.secrets, order)]);
    await attributeOrders(made.services, scope, [id]);
  });
  await settleAll();
}
async function merge(from: string, id: string): Promise<void> {
  await inShop(async (scope) => {
    for (const step of customerMerged(made.services))
      if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id, from }]);
  });
  await settleAll();
}
const gone = (id: string) =>
  inShop(async (scope) => {
    const person = { customerId: id, email: null, orderIds: [] };
    for (const step of customerErased(made.services, () => person, 'later'))
      if ('write' in step) await step.write(scope, [person]);
  });

it.each([
  ['told of once', ['merge']],
  ['told of twice', ['merge', 'merge']],
  ['deleted before the merge is told of', ['delete', 'merge']],
  ['deleted after it', ['merge', 'delete', 'merge']],
] as const)('two advocates become one in the middle of their rewards, %s', async (_, told) => {
  const [first, second] = [await advocateOf('a'), await advocateOf('b')];
  await bought('1', 'f', first.code);
  await bought('2', 'g', second.code);
  for (const what of told) await (what === 'merge' ? merge('a', 'b') : gone('a'));
  const context = { services: made.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
  await forgetGone({ shopId, customerId: 'a' }, context);
  await settleAll();
  expect([await stateOf('1'), await stateOf('2')]).toEqual(['pending', 'pending']);
  expect([await pending('a'), await pending('b')]).toEqual([0, 1_000]);
  expect((await inShop((scope) => findAdvocateByCode(scope, first.code)))?.id).toBe(second.id);
  expect((await inShop((scope) => readClaims(scope, ['1']))).get('1')?.ownerId).toBe(second.id);
  // A link that was shared before counts for whom its owner became.
  await bought('3', 'h', first.code);
  expect(await pending('b')).toBe(1_500);
});

it.each([
  ['the advocate into the friend', 'a', 'f'],
  ['the friend into the advocate', 'f', 'a'],
])('a friend who turns out to be the advocate brings nothing: %s', async (_, from, into) => {
  const { code } = await advocateOf('a');
  await bought('1', 'f', code);
  expect(await pending('a')).toBe(500);
  await merge(from, into);
  await merge(from, into);
  const [row] = await rows();
  expect([row?.state, row?.verdict?.reasons.map((one) => one.code)]).toEqual([
    'denied',
    expect.arrayContaining(['self']),
  ]);
  expect([await pending('a'), await pending('f')]).toEqual([0, 0]);
});

it('a friend who turns out to have ordered before brings nothing', async () => {
  const { code } = await advocateOf('a');
  await bought('old', 'g', null);
  await bought('1', 'f', code);
  await merge('f', 'g');
  expect(await stateOf('1')).toBe('ineligible');
  expect(await inShop((scope) => readRelated(scope, ['c:f']))).toEqual(new Map());
});

it('a code of the one becomes a code of the other with the same terms', async () => {
  const source = { kind: 'loyalty-reward', id: 'r', purpose: '' };
  const terms = { type: 'amount' as const, minor: 500, minSubtotalMinor: null, productIds: null };
  const wish = { source, title: '5 off', terms, customerId: 'a', uses: 1, startsAt: now, endsAt: null, prefix: 'GIFT' };
  const issued = await inShop((scope) => issueCode(scope, wish, { now, random: randomBytes }));
  await merge('a', 'b');
  await merge('a', 'b');
  const codes = await inShop((scope) => readCodesOfCustomers(scope, ['b']));
  expect(codes.map(({ state }) => state)).toEqual(['withdrawn', 'wanted']);
  expect(codes[0]?.code).toBe('code' in issued ? issued.code : '');
  // What was taken back is shown to nobody any more.
  const [fresh, ...others] = await inShop((scope) => readCodesOf(scope, 'loyalty-reward', ['r']));
  expect(others).toEqual([]);
  expect(fresh).toMatchObject({ source, terms, customerId: 'b', uses: 1 });
  expect(fresh?.code).toMatch(/^GIFT-/);
});

it('merges that are told in the wrong order end alike: the second had become a third before', async () => {
  const [first, second] = [await advocateOf('a'), await advocateOf('b')];
  await bought('1', 'f', first.code);
  await bought('2', 'g', second.code);
  await merge('b', 'c');
  await merge('a', 'b');
  // All three names lead to one account by now.
  expect([await pending('a'), await pending('b'), await pending('c')]).toEqual([1_000, 1_000, 1_000]);
  expect((await inShop((scope) => findAdvocateByCode(scope, first.code)))?.customerId).toBe('c');
  expect((await inShop((scope) => findAdvocateByCode(scope, first.code)))?.id).toBe(
    (await inShop((scope) => findAdvocateByCode(scope, second.code)))?.id,
  );
  // Told again, and the other way round, nothing moves.
  await merge('b', 'c');
  await merge('c', 'b');
  expect(await pending('c')).toBe(1_000);
});
