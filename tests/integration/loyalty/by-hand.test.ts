import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseCustomer } from '#app/domains/customers/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { deleteMembers, findMember, pointsOf } from '#app/domains/loyalty/index.ts';
import { importBalanceFile } from '#app/flows/loyalty/import-balances.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { action, loader } from '#app/routes/loyalty_.members_.$id/route.tsx';
import { loader as members } from '#app/routes/loyalty_.members/route.tsx';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { asMerchant } from './as-merchant.ts';
import { type LoyalShop, loyalShop, on, saveCustomer } from './loyal-shop.ts';

let made: TestServices;
const now = on(100);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => made.dispose());

/** A shop with a customer from before the programme, who never ordered since. */
async function open(id = 'old'): Promise<LoyalShop> {
  const shop = await loyalShop(made);
  await shop.inShop((scope) => saveCustomer(made, scope, id, on(-400)));
  return shop;
}
const find = async (shop: LoyalShop, search: string) => {
  const found = await members(asMerchant(made, shop.shopId, `/loyalty/members?search=${encodeURIComponent(search)}`));
  return { members: found.rows.map((row) => row.customerId), others: found.others.map((row) => row.customerId) };
};
const look = (shop: LoyalShop, id: string) =>
  loader(asMerchant(made, shop.shopId, `/loyalty/members/${id}`, { params: { id } }));
const status = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (answer: unknown) => (answer instanceof Response ? answer.status : answer),
  );
const give = async (shop: LoyalShop, id: string, points: number, reason = 'a present') => {
  const json = { intent: 'adjust', id: randomUUID(), points, reason };
  return (await action(asMerchant(made, shop.shopId, `/loyalty/members/${id}`, { params: { id }, json }))).data;
};

it('any customer of the store is found, and is a member with the points that are given', async () => {
  const shop = await open();
  expect(await find(shop, 'OLD@example.com ')).toEqual({ members: [], others: ['old'] });
  expect(await find(shop, 'old')).toEqual({ members: [], others: ['old'] });
  expect(await look(shop, 'old')).toMatchObject({ joinedAt: null, history: { rows: [] } });
  expect(await give(shop, 'old', 250)).toEqual({ ok: true });
  const { joinedAt, adjustments, history } = await look(shop, 'old');
  expect(joinedAt).toEqual(now);
  expect(adjustments).toMatchObject([{ points: 250, reason: 'a present', source: 'manual' }]);
  expect(history.rows).toMatchObject([{ about: 'adjustment', points: 250, available: 250 }]);
  expect(await find(shop, 'old')).toEqual({ members: ['old'], others: [] });
});

it('who has no points loses none, and does not become a member by it', async () => {
  const shop = await open();
  expect(await give(shop, 'old', -5)).toEqual({ ok: false, message: 'The customer has no points that can be taken' });
  expect(await shop.inShop((scope) => findMember(scope, 'old'))).toBeNull();
});

it('nobody gets points whom the store does not have, or has no more', async () => {
  const shop = await open();
  const other = await open('elsewhere');
  await shop.inShop((scope) => eraseCustomer(scope, 'old', null));
  const no = { ok: false, message: 'Your store has no such customer.' };
  for (const id of ['old', 'nobody', 'elsewhere', '\0']) {
    expect(await give(shop, id, 5)).toEqual(no);
    expect(await status(look(shop, id))).toBe(404);
  }
  for (const search of ['old', 'old@example.com', 'elsewhere', 'elsewhere@example.com'])
    expect(await find(shop, search)).toEqual({ members: [], others: [] });
  expect(await status(look(other, 'elsewhere'))).toBe(200);
});

it.each([
  ['points by hand', (shop: LoyalShop, points: number) => give(shop, 'old', points)],
  [
    'an imported balance',
    (shop: LoyalShop, points: number) => {
      const text = `email,points\nold@example.com,${String(points)}`;
      return importBalanceFile(made.services, shop.shopId, { text, dry: false });
    },
  ],
])('an erasure beside %s waits, and leaves no member behind', async (_what, giveThem) => {
  const shop = await open();
  const forget = () =>
    shop.inShop(async (scope) => {
      await eraseCustomer(scope, 'old', null);
      await deleteMembers(scope, ['old']);
    });
  for (let round = 0; round < 5; round += 1) {
    await shop.inShop((scope) => saveCustomer(made, scope, 'old', on(-400)));
    await Promise.all([giveThem(shop, 10 + round), forget()]);
    expect(await shop.inShop((scope) => findMember(scope, 'old'))).toBeNull();
  }
});

it('the same sent twice gives once', async () => {
  const shop = await open();
  const json = { intent: 'adjust', id: randomUUID(), points: 40, reason: 'once' };
  const send = () => action(asMerchant(made, shop.shopId, '/loyalty/members/old', { params: { id: 'old' }, json }));
  await Promise.all([send(), send()]);
  await send();
  expect(await shop.inShop((scope) => readBalances(scope, pointsOf('old')))).toMatchObject({ available: 40 });
});
