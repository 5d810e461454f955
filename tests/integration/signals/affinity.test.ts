import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  type Signal,
  type SignalKind,
  deleteIdentities,
  findPersonsVisitors,
  forgetInterest,
  mergeIdentity,
  noteSignals,
  readBrowsersOf,
  readIdentity,
  rejoinIdentity,
  readInterest,
  readInterestOfPerson,
  splitIdentity,
} from '#app/domains/signals/index.ts';
import { writeSignals } from '#app/domains/signals/write-signals.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
let time = now;
let made: TestServices;
let services: TestServices['services'];
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => time } });
  services = made.services;
  shop = await insertShop(made.database);
});
afterEach(() => {
  time = now;
});
afterAll(() => made.dispose());

const signal = (visitorId: string, kind: SignalKind, values: Partial<Signal> = {}): Signal => ({
  shopId: shop,
  id: randomUUID(),
  visitorId: visitorId as VisitorId,
  kind,
  productId: '1',
  query: null,
  quantity: null,
  surface: null,
  dwellMs: null,
  occurredAt: now,
  receivedAt: now,
  ...values,
});
const interest = async (...visitors: string[]) =>
  Object.fromEntries((await readInterest(services, shop, visitors)).products);

it('follows at once what a visitor does, and fades by half a day', async () => {
  const visitor = randomUUID();
  await noteSignals(services, [signal(visitor, 'view'), signal(visitor, 'cart-add', { productId: '2' })]);
  expect(await interest(visitor)).toEqual({ 1: 1, 2: 4 });
  await noteSignals(services, [
    signal(visitor, 'view', { dwellMs: 60_000 }),
    signal(visitor, 'cart-remove', { productId: '2' }),
  ]);
  expect(await interest(visitor)).toEqual({ 1: 3, 2: -2 });
  const yesterday = new Date(now.getTime() - 24 * 3_600_000);
  await noteSignals(services, [signal(visitor, 'view', { productId: '3', occurredAt: yesterday })]);
  expect((await interest(visitor))[3]).toBe(0.5);
});

it('hears words of searches', async () => {
  const visitor = randomUUID();
  await noteSignals(services, [signal(visitor, 'search', { productId: null, query: 'Red  Shoes red' })]);
  expect((await readInterest(services, shop, [visitor])).words).toEqual([
    ['red', 2],
    ['shoes', 2],
  ]);
});

it('an event that is sent twice counts once', async () => {
  const visitor = randomUUID();
  const view = signal(visitor, 'view');
  await noteSignals(services, [view, view]);
  await noteSignals(services, [view]);
  expect(await interest(visitor)).toEqual({ 1: 1 });
});

it('one bot with very many views moves its own interest alone, and that by no more than some looks', async () => {
  const [bot, visitor] = [randomUUID(), randomUUID()];
  await noteSignals(services, [signal(visitor, 'view', { productId: '5' })]);
  for (let round = 0; round < 20; round += 1)
    await noteSignals(
      services,
      Array.from({ length: 100 }, () => signal(bot, 'view', { productId: '9' })),
    );
  expect(await interest(bot)).toEqual({ 9: 6 });
  expect(await interest(visitor)).toEqual({ 5: 1 });
  expect((await services.cache.get(`affinity:${shop}:${bot}`))?.length).toBeLessThan(5_000);
});

it('is made again from what is stored where the cache is emptied', async () => {
  const visitor = randomUUID();
  const [stored, waiting] = [signal(visitor, 'view'), signal(visitor, 'view', { productId: '2' })];
  await noteSignals(services, [stored, waiting]);
  await writeSignals(services.db, [stored]);
  await services.cache.delete(`affinity:${shop}:${visitor}`);
  await noteSignals(services, [waiting]);
  expect(await interest(visitor)).toEqual({ 1: 1, 2: 1 });
});

it('hears what was on its way to the database when the cache was emptied, and then asks no more', async () => {
  const visitor = randomUUID();
  const look = signal(visitor, 'view');
  const heardAfter = async (seconds: number) => {
    time = new Date(now.getTime() + seconds * 1000);
    return Object.keys(await interest(visitor));
  };
  await noteSignals(services, [look]);
  await services.cache.delete(`affinity:${shop}:${visitor}`);
  expect(await heardAfter(0)).toEqual([]);
  await writeSignals(services.db, [look]);
  expect(await heardAfter(1), 'the database is not asked each time').toEqual([]);
  expect(await heardAfter(2)).toEqual(['1']);
  await writeSignals(services.db, [signal(visitor, 'view', { productId: '2' })]);
  expect(await heardAfter(60), 'what was not noted here is told by no further question').toEqual(['1']);
});

it('holds whoever has done nothing yet for five minutes, others for a day', async () => {
  const [stranger, visitor] = [randomUUID(), randomUUID()];
  await noteSignals(services, [signal(visitor, 'view')]);
  expect([await interest(stranger), await interest(visitor)]).toEqual([{}, { 1: 1 }]);
  const heldAfter = async (seconds: number) => {
    time = new Date(now.getTime() + seconds * 1000);
    const held = await Promise.all([stranger, visitor].map((one) => services.cache.get(`affinity:${shop}:${one}`)));
    return held.map((text) => text !== null);
  };
  expect(await heldAfter(299)).toEqual([true, true]);
  expect(await heldAfter(301)).toEqual([false, true]);
  expect(await heldAfter(24 * 3600 + 1)).toEqual([false, false]);
});

it('takes what it cannot read in the cache for nothing', async () => {
  const visitor = randomUUID();
  await services.cache.set(`affinity:${shop}:${visitor}`, '{"happenings":[["of an older version"]]}', 60);
  await noteSignals(services, [signal(visitor, 'view')]);
  expect(await interest(visitor)).toEqual({ 1: 1 });
});

it('knows nothing of who was forgotten, nor in another shop, however often it was asked before', async () => {
  const visitor = randomUUID();
  await noteSignals(services, [signal(visitor, 'view'), signal(visitor, 'search', { productId: null, query: 'tea' })]);
  expect([await interest(visitor), await interest(visitor)]).toEqual([{ 1: 1 }, { 1: 1 }]);
  const other = await insertShop(made.database);
  expect((await readInterest(services, other, [visitor])).products).toEqual([]);
  await forgetInterest(services.cache, shop, [visitor]);
  expect(await readInterest(services, shop, [visitor])).toEqual({ products: [], words: [] });
});

it('a question under way beside the forgetting brings nothing back', async () => {
  const visitor = randomUUID();
  await writeSignals(services.db, [signal(visitor, 'view')]);
  // What was stored is still there while the forgetting goes on, and the question reads it.
  const { pool } = services.db;
  const connect = async () => {
    await forgetInterest(services.cache, shop, [visitor]);
    return pool.connect();
  };
  const asking = { ...services, db: { ...services.db, pool: { ...pool, connect } as typeof pool } };
  expect((await readInterest(asking, shop, [visitor])).products).toEqual([]);
  expect(await interest(visitor)).toEqual({});
  await noteSignals(services, [signal(visitor, 'view', { productId: '2' })]);
  expect(await interest(visitor), 'what is done afterwards counts').toEqual({ 2: 1 });
});

it('a person is read as their browsers are, of which it is asked once a minute', async () => {
  const [phone, laptop, customerId] = [randomUUID(), randomUUID(), '78'];
  const afterSeconds = async (seconds: number) => {
    time = new Date(now.getTime() + seconds * 1000);
    const { products } = await readInterestOfPerson(services, shop, phone);
    return products.map(([id]) => id).sort();
  };
  await writeSignals(services.db, [
    signal(phone, 'view', { occurredAt: new Date(now.getTime() - 1) }),
    signal(phone, 'view', { productId: '3', dwellMs: 30_000 }),
    signal(laptop, 'view', { productId: '2' }),
  ]);
  expect(await afterSeconds(0)).toEqual(['1', '3']);
  for (const visitorId of [phone, laptop])
    await services.db.inShop(shop, (scope) => mergeIdentity(scope, { visitorId, customerId, by: 'login', at: now }));
  expect(await afterSeconds(59)).toEqual(['1', '3']);
  expect(await afterSeconds(61)).toEqual(['1', '2', '3']);
  await noteSignals(services, [signal(laptop, 'view', { productId: '4', occurredAt: time })]);
  expect(await afterSeconds(62)).toEqual(['1', '2', '3', '4']);
});

it('keeps what happens at the same time', async () => {
  const visitor = randomUUID();
  await Promise.all(
    Array.from({ length: 20 }, (_, k) => noteSignals(services, [signal(visitor, 'view', { productId: String(k) })])),
  );
  expect(Object.keys(await interest(visitor))).toHaveLength(20);
});

it('browsers of one person are read together, until they are taken apart', async () => {
  const [phone, laptop, customerId] = [randomUUID(), randomUUID(), '77'];
  const join = (visitorId: string) =>
    services.db.inShop(shop, (scope) => mergeIdentity(scope, { visitorId, customerId, by: 'login', at: now }));
  const browsers = () => findPersonsVisitors(services.db, shop, phone);
  expect(await browsers()).toEqual([phone]);
  await join(phone);
  await join(laptop);
  expect((await browsers()).sort()).toEqual([phone, laptop].sort());
  await noteSignals(services, [signal(phone, 'view'), signal(laptop, 'view', { productId: '2' })]);
  expect(await interest(...(await browsers()))).toEqual({ 1: 1, 2: 1 });

  expect(await services.db.inShop(shop, (scope) => splitIdentity(scope, { visitorId: laptop, customerId }, now))).toBe(
    true,
  );
  expect(await browsers()).toEqual([phone]);
  await join(laptop);
  expect(await browsers(), 'a split stays').toEqual([phone]);
  const again = () => services.db.inShop(shop, (scope) => rejoinIdentity(scope, { visitorId: laptop, customerId }));
  expect([await again(), await again()], 'once').toEqual([true, false]);
  expect(await browsers()).toHaveLength(2);
  const links = await services.db.inShop(shop, (scope) => readBrowsersOf(scope, customerId));
  expect(links.map((link) => [link.visitorId, link.logins]).sort()).toEqual([[laptop, 2], [phone, 1]].sort()); // prettier-ignore
  const other = await insertShop(made.database);
  expect(await findPersonsVisitors(services.db, other, phone)).toEqual([phone]);
  expect(await services.db.inShop(shop, (scope) => deleteIdentities(scope, [], [customerId]))).toHaveLength(2);
});

it('of browsers that somebody only logged in with the newest are kept, of others all', async () => {
  const customerId = 'claims-many';
  const [bought, split, shared, guest] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const claimed = Array.from({ length: 225 }, () => randomUUID());
  const merge = (visitorId: string, by: 'order' | 'login', minutes: number, id = customerId) =>
    services.db.inShop(shop, (scope) =>
      mergeIdentity(scope, { visitorId, customerId: id, by, at: new Date(now.getTime() + minutes * 60_000) }),
    );
  await services.db.inShop(shop, ({ tx }) =>
    tx.order.create({
      data: {
        shopId: shop,
        id: randomUUID(),
        platformUpdatedAt: now,
        placedAt: now,
        currency: 'EUR',
        subtotalMinor: 100,
        discountMinor: 0,
        totalMinor: 100,
        visitorId: bought,
        customerId,
      },
    }),
  );
  await merge(bought, 'order', 0);
  await merge(split, 'login', 1);
  await services.db.inShop(shop, (scope) => splitIdentity(scope, { visitorId: split, customerId }, now));
  await merge(shared, 'login', 2);
  await merge(shared, 'login', 2, 'somebody else');
  await merge(guest, 'login', 2);
  const looked = [bought, split, shared, guest, ...claimed.slice(0, 1)];
  await writeSignals(services.db, [...looked.map((id) => signal(id, 'view')), signal(guest, 'purchase')]);
  await services.db.inShop(shop, ({ tx }) =>
    tx.visitorIdentity.createMany({
      data: claimed.slice(0, -1).map((visitorId, index) => {
        const at = new Date(now.getTime() + (3 + index) * 60_000);
        return { shopId: shop, visitorId, customerId, logins: 1, firstSeenAt: at, lastSeenAt: at };
      }),
    }),
  );
  await merge(claimed.at(-1) ?? '', 'login', 300);

  const rows = await services.db.inShop(shop, ({ tx }) => tx.visitorIdentity.findMany({ where: { customerId } }));
  expect(rows.map((row) => row.visitorId).toSorted()).toEqual([bought, split, ...claimed.slice(-200)].toSorted());
  const seen = await services.db.inShop(shop, ({ tx }) =>
    tx.signal.findMany({ where: { kind: 'view', visitorId: { in: looked } } }),
  );
  expect(seen.map((one) => one.visitorId).toSorted()).toEqual([bought, split, shared, guest].toSorted());
});

it('a browser of several people is nobody’s', async () => {
  const visitor = randomUUID();
  for (const customerId of ['1', '2', '3'])
    await services.db.inShop(shop, (scope) =>
      mergeIdentity(scope, { visitorId: visitor, customerId, by: 'login', at: now }),
    );
  const links = await services.db.inShop(shop, (scope) => readIdentity(scope, visitor));
  expect(links).toHaveLength(3);
  for (const link of links) expect(link.confidence).toBeLessThan(0.3);
});
