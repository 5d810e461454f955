import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { identifyByOrders, mergeIdentity, readIdentity, splitIdentity } from '#app/domains/signals/index.ts';
import { connectedShop } from '#app/flows/connected-shop.ts';
import { followUntoldOrders } from '#app/flows/follow-untold-orders.ts';
import { forgetOrder } from '#app/flows/order-flows.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { orderOf } from '../loyalty/loyal-shop.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
let made: TestServices;
let shopId: ShopId;
let visitorId: string;
let version: number;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database, { currency: 'EUR' });
  [visitorId, version] = [randomUUID(), 0];
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);

/** The order as it is now, and what follows from the message of it. */
async function told(id: string, customerId: string, change: Partial<PlatformOrder> = {}): Promise<void> {
  version += 1;
  const updatedAt = new Date(now.getTime() + version);
  await inShop(async (scope) => {
    await upsertOrders(scope, [orderOf(id, 100, { customerId, visitorId, updatedAt, ...change })]);
    await identifyByOrders(scope, [id], now);
  });
}

const who = async () =>
  (await inShop((scope) => readIdentity(scope, visitorId)))
    .map(({ customerId, orders, logins, counts }) => [customerId, orders, logins, counts])
    .sort();

it('an order that was cancelled says no more whose browser it was, and does again when it is opened again', async () => {
  await told('1', 'anna');
  expect(await who()).toEqual([['anna', 1, 0, true]]);
  await told('1', 'anna', { cancelledAt: now });
  expect(await who()).toEqual([['anna', 0, 0, false]]);
  await told('1', 'anna', { cancelledAt: now });
  expect(await who()).toEqual([['anna', 0, 0, false]]);
  await told('1', 'anna');
  expect(await who()).toEqual([['anna', 1, 0, true]]);
});

it('one that was cancelled before it was heard of says nothing', async () => {
  await told('1', 'anna', { cancelledAt: now });
  expect(await who()).toEqual([]);
});

it('orders in another’s name that are taken back leave the browser to whom it was', async () => {
  await told('1', 'anna');
  await told('2', 'ben');
  await told('3', 'ben');
  expect(await who()).toEqual([
    ['anna', 1, 0, false],
    ['ben', 2, 0, true],
  ]);
  await told('2', 'ben', { cancelledAt: now });
  await told('3', 'ben', { cancelledAt: now });
  expect(await who()).toEqual([
    ['anna', 1, 0, true],
    ['ben', 0, 0, false],
  ]);
});

it('other orders and logins still say it, and what was taken apart stays apart', async () => {
  await told('1', 'anna');
  await told('2', 'anna');
  await inShop((scope) => mergeIdentity(scope, { visitorId, customerId: 'anna', by: 'login', at: now }));
  await told('1', 'anna', { cancelledAt: now });
  expect(await who()).toEqual([['anna', 1, 1, true]]);
  await inShop((scope) => splitIdentity(scope, { visitorId, customerId: 'anna' }, now));
  await told('2', 'anna', { cancelledAt: now });
  expect(await who()).toEqual([['anna', 0, 1, false]]);
});

it('an order that is given to another customer says whose browser it was of that one alone', async () => {
  await told('1', 'anna');
  await told('1', 'ben');
  expect(await who()).toEqual([
    ['anna', 0, 0, false],
    ['ben', 1, 0, true],
  ]);
  await told('2', 'anna');
  await told('1', 'ben');
  expect(await who()).toEqual([
    ['anna', 1, 0, false],
    ['ben', 1, 0, false],
  ]);
});

it('an order that is gone says no more than one that was cancelled', async () => {
  await told('1', 'anna');
  await told('2', 'ben');
  await told('3', 'ben');
  await inShop(async (scope) => {
    await forgetOrder(made.services, scope, '2');
    await forgetOrder(made.services, scope, '3');
  });
  expect(await who()).toEqual([
    ['anna', 1, 0, true],
    ['ben', 0, 0, false],
  ]);
});

it('what the reconciliation finds says the same as a message', async () => {
  const follow = async (change: Partial<PlatformOrder>, at: number) => {
    const connected = await inShop(async (scope) => {
      const shop = await readShop(scope);
      const platform = made.services.platforms[shop.platform];
      if (!platform) throw new Error('no adapter');
      return connectedShop(shop, platform);
    });
    await inShop(async (scope) => {
      const updatedAt = new Date(now.getTime() + at);
      await upsertOrders(scope, [orderOf('1', 100, { customerId: 'anna', visitorId, updatedAt, ...change })]);
      await followUntoldOrders(made.services, scope, connected, ['1']);
    });
  };
  await follow({}, 1);
  expect(await who()).toEqual([['anna', 1, 0, true]]);
  await follow({ cancelledAt: now }, 2);
  expect(await who()).toEqual([['anna', 0, 0, false]]);
});
