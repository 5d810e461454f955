import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keysOfCustomer, keysOfOrder, noteKeys } from '#app/domains/identity/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { ensureAdvocate, readReferrals, saveProgramme, usualTerms } from '#app/domains/referrals/index.ts';
import { attributeOrders } from '#app/flows/referrals/attribute-orders.ts';
import { settleSome } from '#app/flows/referrals/settle-referrals.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformAddress, PlatformBuyer, PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-01T12:00:00Z');
const longAgo = new Date('2024-06-01T12:00:00Z');
const phone = '+49301234567';
const browser = randomUUID();
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
const home = (name: string, line1 = 'Lindenstr. 1'): PlatformAddress => ({
  ...{ name, line1, line2: '', postcode: '10969', city: 'Berlin', country: 'DE' },
});
type Said = Partial<PlatformBuyer> & { readonly visitorId?: string };
function order(id: string, customerId: string | null, { visitorId, ...said }: Said, code: string | null = null) {
  const placedAt = code === null ? longAgo : now;
  return platformOrder({
    ...{ id, customerId, placedAt, updatedAt: placedAt, subtotalMinor: 6_000, totalMinor: 6_000 },
    buyer: { email: `${id}@example.com`, phone: null, country: 'DE', addresses: [], payer: null, ...said },
    ...(visitorId === undefined ? {} : { visitorId }),
    codes: code === null ? [] : [{ code, discountMinor: 600 }],
  });
}

/** Orders that came in by import. */
const known = (...orders: PlatformOrder[]) =>
  inShop(async (scope) => {
    await upsertOrders(scope, orders);
    await noteKeys(
      scope,
      orders.map((one) => keysOfOrder(made.services.secrets, one)),
    );
  });
/** An account that has not ordered by itself, and takes part. */
const advocate = (id: string) =>
  inShop(async (scope) => {
    await noteKeys(scope, [keysOfCustomer(made.services.secrets, { id, email: `${id}@example.com` })]);
    return (await ensureAdvocate(scope, id, { now, random: randomBytes })).code;
  });
/** What becomes of friends’ orders that are told together. */
async function outcomes(...orders: PlatformOrder[]): Promise<Record<string, readonly string[]>> {
  await known(...orders);
  const ids = orders.map(({ id }) => id);
  await inShop((scope) => attributeOrders(made.services, scope, ids));
  for (let some = 1; some > 0;) some = await inShop((scope) => settleSome(made.services, scope, { now, by: 'rules' }));
  const rows = await inShop((scope) => readReferrals(scope, {}, { before: null, limit: 200 }));
  return Object.fromEntries(
    rows.map(({ orderId, state, verdict }) => [
      orderId,
      [state, ...(verdict?.reasons ?? []).flatMap(({ code, facts }) => [code, ...Object.values(facts).map(String)])],
    ]),
  );
}

describe('an advocate who ordered as a guest', () => {
  it.each<[string, Said, readonly string[]]>([
    ['has their phone', { phone: '030 1234567' }, ['held', 'close', 'phone']],
    ['has their browser', { visitorId: browser }, ['held', 'close', 'device']],
    ['lives there', { addresses: [home('Ben Berg')] }, ['pending', 'household', 'address']],
    ['has their name and their phone', { phone, addresses: [home('Max Berg', 'Am Markt 9')] }, ['denied', 'self']],
    ['is somebody else', { phone: '+49309999999', addresses: [home('Zoe Zink', 'Am Markt 9')] }, ['pending', 'clean']],
  ])('is compared with a friend who %s', async (_, said, outcome) => {
    const code = await advocate('max');
    await known(
      order('guest-1', null, { email: 'Max+shop@example.com', phone, visitorId: browser }),
      order('guest-2', null, { email: 'max@example.com', addresses: [home('Max Berg')] }),
    );
    const found = await outcomes(order('1', 'friend', said, code));
    expect(found['1']?.slice(0, outcome.length)).toEqual(outcome);
  });

  it('is compared also where the orders are many', async () => {
    const code = await advocate('max');
    const email = 'max@example.com';
    await known(...Array.from({ length: 30 }, (_, at) => order(`guest-${String(at)}`, null, { email, phone })));
    await known(order('last', null, { email, visitorId: browser }));
    expect(
      await outcomes(
        order('1', 'friend-1', { phone }, code),
        order('2', 'friend-2', { visitorId: browser }, code),
        order('3', 'friend-3', {}, code),
      ),
    ).toEqual({
      '1': ['held', 'close', 'phone'],
      '2': ['held', 'close', 'device'],
      '3': ['pending', 'clean'],
    });
  });

  it('has nothing in common with a friend by what many people share', async () => {
    const code = await advocate('max');
    await known(order('guest', null, { email: 'max@example.com', phone }));
    await known(...Array.from({ length: 12 }, (_, at) => order(`other-${String(at)}`, null, { phone })));
    expect(await outcomes(order('1', 'friend', { phone }, code))).toEqual({ '1': ['pending', 'clean'] });
  });

  it('is compared with their own friends, where those of several are judged at once', async () => {
    const [max, eva] = [await advocate('max'), await advocate('eva')];
    await known(
      order('guest-max', null, { email: 'max@example.com', phone }),
      order('guest-eva', null, { email: 'eva@example.com', visitorId: browser }),
    );
    expect(
      await outcomes(
        order('1', 'friend-1', { visitorId: browser }, max),
        order('2', 'friend-2', { phone }, eva),
        order('3', null, { phone }, max),
        order('4', null, { visitorId: browser }, eva),
      ),
    ).toEqual({
      '1': ['pending', 'clean'],
      '2': ['pending', 'clean'],
      '3': ['held', 'close', 'phone'],
      '4': ['held', 'close', 'device'],
    });
  });
});

it('whoever sent parcels to an advocate and to a friend makes them no one person', async () => {
  const code = await advocate('max');
  const friends = [home('Lena Ley', 'Am Markt 9')];
  await known(
    order('own', 'max', { addresses: [home('Max Berg')] }),
    order('gift-1', 'mum', { phone, addresses: [home('Max Berg')] }),
    order('gift-2', 'mum', { phone, addresses: friends }),
  );
  const found = await outcomes(order('1', 'lena', { addresses: friends }, code));
  // The gift has the friend's own name and home: it counts as an order of before, not as the advocate's.
  expect(found['1']?.[0]).toBe('ineligible');
  expect(found['1']).not.toContain('self');
});

it.each<[string, Said, readonly string[]]>([
  ['by its mailbox', { email: 'second+friend@example.com' }, ['denied', 'self', 'email']],
  ['by its browser', { visitorId: browser }, ['held', 'close', 'device']],
  ['by its home', { addresses: [home('Eva Zink', 'Am Markt 9')] }, ['pending', 'household', 'address']],
  ['not, who is somebody else', { addresses: [home('Zoe Zink', 'Am Markt 8')] }, ['pending', 'clean']],
])('an advocate with a second account is known %s', async (_, said, outcome) => {
  const code = await advocate('max');
  await known(
    order('first', 'max', { email: 'max@example.com', phone, addresses: [home('Max Berg')] }),
    order('second', 'other-account', { phone, visitorId: browser, addresses: [home('Max Berg', 'Am Markt 9')] }),
  );
  const found = await outcomes(order('1', null, said, code));
  expect(found['1']?.slice(0, outcome.length)).toEqual(outcome);
});
