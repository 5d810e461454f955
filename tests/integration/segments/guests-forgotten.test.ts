import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readDataFile } from '#app/domains/activity/index.ts';
import { fitScores, readGuests } from '#app/domains/segments/index.ts';
import { deleteTenant, readShop } from '#app/domains/shops/index.ts';
import collectCustomerData from '#app/flows/collect-customer-data.ts';
import type { ConnectedShop } from '#app/flows/connected-shop.ts';
import { customerDataRequested, forgetPerson } from '#app/flows/customer-flows.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { type BoxedOrder, insertBoxed, keyOf } from './guest-orders.ts';

const now = new Date('2026-03-02T00:00:00Z');
let made: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database);
  const order = (id: string, box: string): BoxedOrder => ({
    id,
    box,
    customerId: null,
    placedAt: now,
    totalMinor: 500,
  });
  await inShop(async (scope) => {
    await insertBoxed(made.services.secrets, scope, [order('1', 'ida'), order('2', 'ida'), order('3', 'ben')]);
    await fitScores(scope, 'EUR', now);
  });
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);
const key = (box: string) => keyOf(made.services.secrets, box);
const guests = () =>
  inShop(async (scope) => (await readGuests(scope, null, '', 10)).map(({ mailbox, orders }) => [mailbox, orders]));
const sorted = (rows: [string, number][]) => rows.sort(([a], [b]) => (a < b ? -1 : 1));

it('a buyer without an account who is to be forgotten is, and comes back with no night', async () => {
  expect(await guests()).toEqual(
    sorted([
      [key('ida'), 2],
      [key('ben'), 1],
    ]),
  );
  await inShop((scope) =>
    forgetPerson(made.services, scope, { customerId: null, email: ' IDA@example.com', orderIds: [] }),
  );
  expect(await guests()).toEqual([[key('ben'), 1]]);
  await inShop((scope) => fitScores(scope, 'EUR', now));
  expect(await guests()).toEqual([[key('ben'), 1]]);
});

it('where orders are named alone, what others say stays', async () => {
  const forget = (orderIds: string[]) =>
    inShop((scope) => forgetPerson(made.services, scope, { customerId: null, email: null, orderIds }));
  await forget(['1', '3']);
  expect(await guests()).toEqual([[key('ida'), 1]]);
  await forget(['2']);
  expect(await guests()).toEqual([]);
  await inShop((scope) => fitScores(scope, 'EUR', now));
  expect(await guests()).toEqual([]);
});

it.each([
  ['the address', { email: 'ida@example.com', orderIds: [] }],
  ['an order', { email: null, orderIds: ['2'] }],
])('by %s, what is kept of one is handed out, without the key', async (_by, { email, orderIds }) => {
  const shop = await inShop(readShop);
  const connected = { ref: { shopId }, shop } as unknown as ConnectedShop;
  const request = {
    type: 'customer-data-requested' as const,
    shopDomain: null,
    requestId: '1',
    customerId: null,
    email,
    orderIds,
  };
  for (const step of customerDataRequested(made.services, connected))
    if ('run' in step) await step.run('delivery', [request]);
  const [run] = await inShop(({ tx }) => tx.run.findMany({ where: { shopId, kind: 'data-request' } }));
  const runId = run?.id ?? '';
  const { signal } = new AbortController();
  await collectCustomerData({ shopId, runId }, { services: made.services, attempt: 1, lastAttempt: true, signal });
  const file = await inShop((scope) => readDataFile(scope, runId));
  expect(JSON.parse(file ?? '')).toMatchObject({ segments: { guests: [{ orders: 2, spentMinor: 1000 }] } });
  expect(file).not.toContain(key('ida'));
});

it('another shop sees none of them, and an erased one leaves none', async () => {
  const other = await insertShop(made.database);
  const seen = await made.services.db.inShop(other, async (scope) => [
    await readGuests(scope, null, '', 10),
    // Without a condition: the database itself keeps them apart.
    await scope.tx.guestScore.findMany(),
  ]);
  expect(seen).toEqual([[], []]);
  await inShop(deleteTenant);
  expect(await made.services.db.asSystem(({ tx }) => tx.guestScore.count({ where: { shopId } }))).toBe(0);
});
