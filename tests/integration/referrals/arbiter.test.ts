import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { claimOrders, readClaims, type TouchKind } from '#app/domains/attribution/index.ts';
import { keysOfCustomer, noteKeys } from '#app/domains/identity/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { ensureAdvocate, readReferrals, saveProgramme, usualTerms } from '#app/domains/referrals/index.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const start = new Date('2026-03-01T12:00:00Z');
const dayMs = 86_400_000;
let made: TestServices;
let now = start;
let shopId: ShopId;
let code = '';

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);

/** A shop of its own with one advocate. */
async function openShop(): Promise<void> {
  now = start;
  shopId = await insertShop(made.database);
  await inShop(async (scope) => {
    await saveProgramme(scope, { active: true, terms: usualTerms }, now);
    await noteKeys(scope, [keysOfCustomer(made.services.secrets, { id: 'a', email: 'a@example.com' })]);
    code = (await ensureAdvocate(scope, 'a', { now, random: randomBytes })).code;
  });
}
beforeEach(openShop);

const order = (how: 'code' | 'link'): PlatformOrder =>
  platformOrder({
    ...{ id: '1', customerId: 'friend', placedAt: start, updatedAt: now, subtotalMinor: 6_000, totalMinor: 6_000 },
    ...(how === 'code' ? { codes: [{ code, discountMinor: 600 }] } : { referral: code }),
  });
const tellReferral = (one: PlatformOrder) =>
  inShop(async (scope) => {
    await upsertOrders(scope, [one]);
    await attributeOrders(made.services, scope, [one.id]);
  });
const tellAffiliate = (how: TouchKind, touchedAt: Date) =>
  inShop((scope) =>
    claimOrders(scope, [{ orderId: '1', programme: 'affiliate', ownerId: 'affiliate-7', how, touchedAt }], now),
  );
const settleAll = async () => {
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
};

/** Who is paid for the order, by the claim and by what the advocate has. */
const paid = async () => {
  now = new Date(now.getTime() + 30 * dayMs);
  await tellReferral({ ...order('link'), updatedAt: now });
  await settleAll();
  return inShop(async (scope) => {
    const { available, pending } = await readBalances(scope, { ownerKind: 'customer', ownerId: 'a', unit: 'points' });
    const [referral] = await readReferrals(scope, {}, { before: null, limit: 10 });
    const claim = (await readClaims(scope, ['1'])).get('1')?.programme;
    return { claim, advocate: available + pending > 0, state: referral?.state };
  });
};
const before = new Date(start.getTime() - dayMs);
const after = new Date(start.getTime() + dayMs);

it.each<[string, how: TouchKind, touchedAt: Date, 'referral' | 'affiliate']>([
  ['a code at the checkout counts more than the advocate’s link', 'code', before, 'affiliate'],
  ['a browser that came by a link counts less', 'visitor', after, 'referral'],
])('an order is paid once, whoever is told first: %s', async (_case, how, touchedAt, winner) => {
  const expected = { claim: winner, advocate: winner === 'referral' };
  await tellReferral(order('link'));
  await settleAll();
  await tellAffiliate(how, touchedAt);
  expect(await paid()).toMatchObject(expected);

  await openShop();
  await tellAffiliate(how, touchedAt);
  await tellReferral(order('link'));
  await settleAll();
  expect(await paid()).toMatchObject(expected);
});

it('points that were handed out already go when an affiliate turns out to be nearer', async () => {
  await tellReferral(order('link'));
  await settleAll();
  expect(await paid()).toEqual({ claim: 'referral', advocate: true, state: 'rewarded' });
  await tellAffiliate('code', before);
  expect(await paid()).toMatchObject({ claim: 'affiliate', advocate: false });
});

it('told of both at once, and again, one of them is paid', async () => {
  await Promise.all([tellAffiliate('link', before), tellReferral(order('code')), tellAffiliate('link', before)]);
  await settleAll();
  await Promise.all([tellReferral(order('code')), tellAffiliate('visitor', after)]);
  expect(await paid()).toEqual({ claim: 'referral', advocate: true, state: 'rewarded' });
});
