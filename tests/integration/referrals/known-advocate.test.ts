import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginProgramme, type ProgrammeSettings, switchProgramme } from '#app/domains/loyalty/index.ts';
import { upsertContacts } from '#app/domains/notifications/index.ts';
import {
  countOn,
  ensureAdvocate,
  overrule,
  type ProgrammeTerms,
  readReferrals,
  saveProgramme,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { customerMerged } from '#app/flows/customer-merged.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import { appealReferral, readMyReferrals } from '#app/flows/referrals/shopper.ts';
import { saveRecords } from '#app/flows/save-records.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformCustomer, PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
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
  await run();
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const run = (terms: Partial<ProgrammeTerms> = {}) =>
  inShop((scope) => saveProgramme(scope, { active: true, terms: { ...usualTerms, ...terms } }, now));
const advocateOf = (customerId: string) =>
  inShop((scope) => ensureAdvocate(scope, customerId, { now, random: randomBytes }));
const account = (id: string, email: string | null): PlatformCustomer => ({
  ...{ id, email, locale: null, tags: [], createdAt: now, updatedAt: now },
});
/** What an import, or a webhook of an account, does. */
const registered = (...customers: PlatformCustomer[]) =>
  inShop((scope) =>
    saveRecords(
      made.services,
      scope,
      customers.map((customer) => ({ resource: 'customers' as const, customer })),
      { way: 'webhook', skewMs: 0, since: null, readAt: now },
    ),
  );
/** What the webhook of a friend's order does. */
async function told(
  id: string,
  code: string,
  { email = `${id}@example.com`, ...rest }: Partial<PlatformOrder> & { readonly email?: string } = {},
): Promise<void> {
  const order = platformOrder({
    ...{ id, customerId: `friend-${id}`, placedAt: now, updatedAt: now, subtotalMinor: 6_000, totalMinor: 6_000 },
    buyer: { email, phone: null, country: 'DE', addresses: [], payer: null },
    codes: [{ code, discountMinor: 600 }],
    ...rest,
  });
  await inShop(async (scope) => {
    const coming = { way: 'webhook', skewMs: 0, since: null, readAt: now } as const;
    await saveRecords(made.services, scope, [{ resource: 'orders', order }], coming);
    await attributeOrders(made.services, scope, [id]);
  });
  await settleAll();
}
async function settleAll(): Promise<void> {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
}
async function outcomes(): Promise<Record<string, readonly [state: string, ...reasons: string[]]>> {
  const rows = await inShop((scope) => readReferrals(scope, {}, { before: null, limit: 200 }));
  return Object.fromEntries(
    rows.map(({ orderId, state, verdict }) => [
      orderId,
      [state, ...(verdict?.reasons ?? []).map(({ code }) => code)] as const,
    ]),
  );
}
const keysOf = (subject: string) => inShop(({ tx }) => tx.identityKey.count({ where: { shopId, subject } }));

describe('an advocate who has never ordered', () => {
  it('is known by the account’s address, under whatever label the friend writes it', async () => {
    await registered(account('a', 'max.berg@gmail.com'));
    const { code } = await advocateOf('a');
    await told('1', code, { email: 'MaxBerg+new@googlemail.com' });
    await told('2', code);
    expect(await outcomes()).toEqual({ '1': ['denied', 'self'], '2': ['pending', 'clean'] });
  });

  it('is known also where the account came in before addresses were noted', async () => {
    await inShop((scope) => upsertContacts(scope, made.services.secrets, [account('a', 'max@example.com')]));
    const { code } = await advocateOf('a');
    await told('1', code, { email: 'max+1@example.com' });
    expect(await outcomes()).toEqual({ '1': ['denied', 'self'] });
  });

  it('has friends who wait until something is known, and are judged then', async () => {
    await registered(account('a', null));
    const { code } = await advocateOf('a');
    await told('1', code);
    await told('2', code, { email: 'max+2@example.com' });
    await told('3', code);
    const unknown = ['held', 'unknown'];
    expect(await outcomes()).toEqual({ '1': unknown, '2': unknown, '3': unknown });
    await inShop((scope) => overrule(scope, '3', 'pay', now));
    await settleAll();
    await registered(account('b', 'other@example.com'));
    await settleAll();
    expect((await outcomes())['1']).toEqual(unknown);
    await registered(account('a', 'max@example.com'));
    await settleAll();
    // The merchant's decision stands.
    expect(await outcomes()).toEqual({
      '1': ['pending', 'clean'],
      '2': ['denied', 'self'],
      '3': ['pending', 'unknown'],
    });
    const rows = await inShop((scope) => readReferrals(scope, {}, { before: null, limit: 9 }));
    const numbers = rows.filter(({ state }) => state === 'pending').map(({ orderId, friendNo }) => [orderId, friendNo]);
    expect(Object.fromEntries(numbers)).toEqual({ '1': 2, '3': 1 });
  });

  it('is known by the first order, too', async () => {
    const { code } = await advocateOf('a');
    await told('1', code, { email: 'max+1@example.com' });
    expect(await outcomes()).toEqual({ '1': ['held', 'unknown'] });
    await told('own', '', { customerId: 'a', email: 'max@example.com', placedAt: new Date(now.getTime() + 1) });
    expect(await outcomes()).toEqual({ '1': ['denied', 'self'] });
  });

  it('takes the address along into another account, and it goes with the person', async () => {
    await registered(account('a', 'max@example.com'));
    const { code } = await advocateOf('a');
    await inShop(async (scope) => {
      for (const step of customerMerged(made.services))
        if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id: 'b', from: 'a' }]);
    });
    expect([await keysOf('c:a'), await keysOf('c:b')]).toEqual([0, 1]);
    await told('1', code, { email: 'max+1@example.com' });
    expect(await outcomes()).toEqual({ '1': ['denied', 'self'] });
    await inShop((scope) => forgetPerson(made.services, scope, { customerId: 'b', email: null, orderIds: [] }));
    expect(await keysOf('c:b')).toBe(0);
  });

  it('of another shop says nothing', async () => {
    const here = shopId;
    shopId = await insertShop(made.database);
    await registered(account('a', 'max@example.com'));
    shopId = here;
    const { code } = await advocateOf('a');
    await told('1', code, { email: 'max+1@example.com' });
    expect(await outcomes()).toEqual({ '1': ['held', 'unknown'] });
  });
});

describe('a minimum', () => {
  const rated: ProgrammeSettings = { ...plainProgramme, currency: 'USD', rates: { JPY: 6_000 } };

  it.each<[string, ProgrammeSettings | null, string, number, readonly string[]]>([
    ['is met in the shop’s currency', rated, 'USD', 6_000, ['pending', 'clean']],
    ['is met at the merchant’s rate', rated, 'JPY', 9_000, ['pending', 'clean']],
    ['is missed at the merchant’s rate', rated, 'JPY', 8_000, ['ineligible', 'below-minimum']],
    ['waits for the merchant without a rate', rated, 'SEK', 9_000_000, ['held', 'currency']],
    ['waits for the merchant without a programme of points', null, 'JPY', 9_000, ['held', 'currency']],
  ])('%s', async (_, settings, currency, minor, outcome) => {
    if (settings)
      await inShop(async (scope) => {
        await beginProgramme(scope, settings, 'salt', now);
        await switchProgramme(scope, true, now);
      });
    await run({ minOrderMinor: 5_000 });
    await registered(account('a', 'a@example.com'));
    const { code } = await advocateOf('a');
    await told('1', code, { currency, subtotalMinor: minor, totalMinor: minor });
    expect(await outcomes()).toEqual({ '1': outcome });
  });
});

it('a code on a page of coupons is held, however often somebody clicks on the link', async () => {
  await run({ monthlyLimit: null });
  await registered(account('a', 'a@example.com'));
  const { code, id } = await advocateOf('a');
  await inShop(async (scope) => {
    for (let click = 0; click < 50; click += 1) await countOn(scope, id, 'clicks', now);
  });
  const daily = (at: number): Date => new Date(now.getTime() - (10 - at) * 12 * 3_600_000);
  for (let at = 0; at < 9; at += 1) await told(String(at), code, { placedAt: daily(at) });
  expect((await outcomes())['8']).toEqual(['held', 'published']);
  // Who brings friends by the link is not taken for one who publishes the code.
  const second = await advocateOf('b');
  await registered(account('b', 'b@example.com'));
  for (let at = 0; at < 9; at += 1)
    await told(`b${String(at)}`, second.code, { placedAt: daily(at), referral: at % 3 === 0 ? second.code : null });
  expect((await outcomes())['b8']).toEqual(['pending', 'clean']);
});

it('friends beyond a hundred keep their numbers, and an appeal reaches the one it names', async () => {
  await run({
    monthlyLimit: null,
    tiers: [1, 101].map((from) => ({ from, reward: { type: 'points', points: from } })),
  });
  await registered(account('a', 'a@example.com'));
  const { id: advocateId } = await advocateOf('a');
  const placedAt = (at: number): Date => new Date(now.getTime() - (200 - at) * 86_400_000);
  const referral = (at: number) => ({
    ...{ shopId, orderId: String(at), advocateId, how: 'code', terms: usualTerms, dueAt: now, updatedAt: now },
    ...{ placedAt: placedAt(at), state: at === 60 ? 'denied' : 'rewarded', friendNo: at },
  });
  await inShop(({ tx }) => tx.referral.createMany({ data: Array.from({ length: 102 }, (_, at) => referral(at + 1)) }));
  const mine = await readMyReferrals(made.services, shopId, 'a');
  expect(mine?.next).toEqual({ type: 'points', points: 101 });
  expect([mine?.friends.length, mine?.friends[0]?.no, mine?.friends.at(-1)?.no]).toEqual([100, 3, 102]);
  const denied = mine?.friends.find(({ mayAppeal }) => mayAppeal);
  expect(denied?.no).toBe(60);
  // Another friend came while the advocate read the page.
  await inShop(({ tx }) => tx.referral.createMany({ data: [referral(103)] }));
  expect(await appealReferral(made.services, shopId, 'a', { no: 60, text: 'She is my aunt' })).toBe(true);
  const row = await inShop(({ tx }) => tx.referral.findFirst({ where: { shopId, appeal: { not: null } } }));
  expect(row?.orderId).toBe('60');
});
