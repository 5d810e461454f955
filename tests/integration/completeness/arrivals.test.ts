import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Coming,
  forgetArrivalsOf,
  forgetOldArrivals,
  readHoursOfArrivals,
  readRecordSums,
} from '#app/domains/completeness/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { completenessReport } from '#app/flows/completeness-report.ts';
import { saveRecords } from '#app/flows/save-records.ts';
import type { PlatformRecord } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { platformOrder as order } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let services: TestServices;
let shopId: ShopId;
const now = new Date('2026-11-21T12:30:00Z');

beforeAll(async () => {
  services = await createTestServices();
});
afterAll(() => services.dispose());
beforeEach(async () => {
  shopId = await insertShop(services.database);
});

const changed = (minutesAgo: number) => new Date(now.getTime() - minutesAgo * 60_000);
const orderOf = (id: string, minutesAgo: number): PlatformRecord => ({
  resource: 'orders',
  order: order({ id, updatedAt: changed(minutesAgo) }),
});
const customerOf = (id: string, minutesAgo: number): PlatformRecord => ({
  resource: 'customers',
  customer: { id, email: null, locale: null, tags: [], createdAt: changed(minutesAgo), updatedAt: changed(minutesAgo) },
});
const came = (way: Coming['way'], records: readonly PlatformRecord[], values: Partial<Coming> = {}) =>
  services.services.db.inShop(shopId, (scope) =>
    saveRecords({ ...services.services, clock: { now: () => now } }, scope, records, {
      way,
      skewMs: 0,
      since: null,
      readAt: now,
      ...values,
    }),
  );
const hours = () => services.services.db.inShop(shopId, (scope) => readHoursOfArrivals(scope, changed(600)));
const once = { at: new Date('2026-11-21T12:00:00Z'), resource: 'orders', arrived: 1 };

test('a version counts once, for whichever way it came first', async () => {
  await came('webhook', [orderOf('1', 2)]);
  await came('webhook', [orderOf('1', 2)]);
  await came('reconciliation', [orderOf('1', 2), orderOf('1', 2)]);
  expect(await hours()).toEqual([{ ...once, inTime: 1, refilled: 0, slowestSeconds: 120 }]);
});

test('a record that changes again is one record, as late as its latest change', async () => {
  await came('webhook', [orderOf('1', 20), orderOf('2', 1)]);
  await came('reconciliation', [orderOf('1', 3)]);
  await came('webhook', [customerOf('7', 1)]);
  const records = await services.services.db.inShop(shopId, (scope) => readRecordSums(scope, changed(600)));
  expect(records).toEqual([
    { resource: 'customers', arrived: 1, inTime: 1, refilled: 0, slowestSeconds: 60 },
    { resource: 'orders', arrived: 2, inTime: 1, refilled: 1, slowestSeconds: 1200 },
  ]);
  expect(await hours()).toMatchObject([{ resource: 'customers' }, { resource: 'orders', arrived: 3 }]);
  const only = await services.services.db.inShop(shopId, (scope) => readRecordSums(scope, changed(600), ['customers']));
  expect(only).toHaveLength(1);
});

test('orders of the window in another currency are told, because sums of money leave them out', async () => {
  const paid = (id: string, values: Parameters<typeof order>[0]): PlatformRecord => ({
    resource: 'orders',
    order: order({ id, placedAt: changed(60), updatedAt: changed(1), ...values }),
  });
  const { currency } = await services.services.db.inShop(shopId, readShop);
  await came('webhook', [
    paid('1', { currency }),
    paid('2', { currency: 'XTS' }),
    paid('3', { currency: 'XTS', test: true }),
    paid('4', { currency: 'XTS', cancelledAt: changed(1) }),
    paid('5', { currency: 'XTS', placedAt: changed(60 * 48) }),
  ]);
  const told = (window: '24h' | '7d') =>
    services.services.db.inShop(shopId, async (scope) =>
      completenessReport(scope, await readShop(scope), { webhookRetries: true }, { window, now }),
    );
  expect([(await told('24h')).ordersLeftOut, (await told('7d')).ordersLeftOut]).toEqual([1, 2]);
});

test('what reconciliation alone brought is refilled; where its webhook follows, it was only quicker', async () => {
  await came('reconciliation', [orderOf('1', 9)]);
  expect(await hours()).toEqual([{ ...once, inTime: 0, refilled: 1, slowestSeconds: 540 }]);
  await came('webhook', [orderOf('1', 9)]);
  expect(await hours()).toEqual([{ ...once, inTime: 0, refilled: 0, slowestSeconds: 540 }]);
});

test('an older version that comes after a newer one, and one that says nothing new, are no arrivals', async () => {
  await came('webhook', [orderOf('1', 2)]);
  await came('webhook', [orderOf('1', 60)]);
  await came('reconciliation', [orderOf('1', 60)]);
  expect(await hours()).toMatchObject([{ arrived: 1, slowestSeconds: 120 }]);
});

test('what was there before the import is no arrival, what changed while it ran is one', async () => {
  await came('import', [orderOf('1', 60), orderOf('2', 1)], { since: changed(5) });
  await came('reconciliation', [orderOf('1', 60), orderOf('2', 1)]);
  expect(await hours()).toMatchObject([{ arrived: 1, inTime: 1, refilled: 0 }]);
});

test.each([
  ['behind', -10, 612],
  ['ahead', 10, -588],
])('a platform’s clock ten minutes %s is taken off', async (_word, minutes, secondsAgo) => {
  await came('webhook', [orderOf('1', secondsAgo / 60)], { skewMs: minutes * 60_000 });
  expect(await hours()).toMatchObject([{ arrived: 1, inTime: 1, slowestSeconds: 12 }]);
});

test('two that note the same at the same time count it once', async () => {
  const records = Array.from({ length: 40 }, (_, index) => orderOf(String(index), 1));
  await Promise.all([
    came('reconciliation', records),
    came('webhook', [...records].reverse()),
    came('reconciliation', records.slice(10)),
  ]);
  expect((await hours()).reduce((sum, one) => sum + one.arrived, 0)).toBe(40);
});

test('shops, persons and old times are kept apart', async () => {
  const other = await insertShop(services.database);
  await came('webhook', [customerOf('7', 1), customerOf('8', 1)]);
  const { db } = services.services;
  expect(await db.inShop(other, (scope) => readHoursOfArrivals(scope, changed(600)))).toEqual([]);
  await db.inShop(other, (scope) => forgetArrivalsOf(scope, ['7']));
  await db.inShop(shopId, (scope) => forgetArrivalsOf(scope, ['8']));
  expect(await hours()).toMatchObject([{ resource: 'customers', arrived: 1 }]);
  await db.asSystem((scope) => forgetOldArrivals(scope, now));
  expect(await hours()).toMatchObject([{ arrived: 1 }]);
  await db.asSystem((scope) => forgetOldArrivals(scope, new Date(now.getTime() + 1)));
  expect(await hours()).toEqual([]);
});
