import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeDueDeliveries } from '#app/domains/inbox/index.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import processInbox from '#app/flows/process-inbox.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { createTestServices, insertShop } from '#tests/setup/services.ts';
import { bigId, type Intake, startIntake } from '../faults/intake.ts';

// Deliveries that wait together are applied together, and what comes of it is what one after the other would give.

let intake: Intake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.close());

async function sendAll(bodies: readonly (readonly [body: string, topic?: string])[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [body, topic] of bodies) {
    const id = randomUUID();
    ids.push(id);
    expect(await intake.send(body, { id, ...(topic === undefined ? {} : { topic }) })).toBe(200);
  }
  return ids;
}

test('one that cannot be stored, one that cannot be read and one of no interest hold up none of thirty', async () => {
  const orders = Array.from({ length: 30 }, bigId);
  const bodies = orders.map((id) => [orderPayloadText({ id, lines: [{ id: '1', quantity: 2 }] })] as const);
  // Together they are more than PostgreSQL's bigint holds.
  const poison = orderPayloadText({
    id: bigId(),
    lines: [{ id: '1', quantity: 2_000_000_000, price: '90000000000.00' }],
  });
  const ids = await sendAll([
    ...bodies.slice(0, 10),
    [poison],
    ...bodies.slice(10, 20),
    ['{"id":'],
    ['{"id":1}', 'carts/update'],
    ...bodies.slice(20),
  ]);
  await intake.work();
  const notes = await Promise.all(ids.map((id) => intake.delivery(id)));
  expect(notes.map((note) => note?.attempts)).toEqual(ids.map(() => 1));
  const statusOf = (at: number) => notes[at]?.status;
  expect([statusOf(10), statusOf(21), statusOf(22)]).toEqual(['pending', 'failed', 'ignored']);
  expect(notes[10]?.lastError).toMatch(/bigint/);
  expect(notes.filter((note) => note?.status === 'done')).toHaveLength(30);
  for (const id of orders) expect(await intake.order(id)).toMatchObject({ lines: [{ quantity: 2 }] });
});

test('two versions of an order, each twice, the newest first: it stands as the newest, and each arrival counts as it came', async () => {
  const id = bigId();
  const version = (day: number) =>
    [orderPayloadText({ id, updatedAt: `2026-05-0${String(day)}T00:00:00Z`, total: `${String(day)}.00` })] as const;
  await sendAll([version(2), version(1), version(3), version(2), version(3)]);
  await intake.work();
  expect(await intake.order(id)).toMatchObject({ total: 300 });
  const arrivals = await intake.test.services.db.inShop(intake.shopId, ({ tx }) =>
    tx.arrival.findMany({ where: { shopId: intake.shopId, recordId: id }, orderBy: { changedAt: 'asc' } }),
  );
  // What was overtaken before it came is no news.
  expect(arrivals.map(({ changedAt }) => changedAt.getUTCDate())).toEqual([2, 3]);
});

test('a person who is forgotten in the middle is in none of the deliveries that were taken with that', async () => {
  const [customerId, before, after] = [bigId(), bigId(), bigId()];
  const ids = await sendAll([
    [orderPayloadText({ id: before, customerId })],
    [`{"customer":{"id":${customerId}}}`, 'customers/redact'],
    [orderPayloadText({ id: after, customerId })],
  ]);
  await intake.work();
  const bodies = await Promise.all(ids.map(async (id) => (await intake.delivery(id))?.body));
  expect(bodies.join(' ')).not.toContain(customerId);
  const named = await intake.test.services.db.inShop(intake.shopId, ({ tx }) =>
    tx.order.count({ where: { shopId: intake.shopId, customerId } }),
  );
  expect([named, (await intake.order(before))?.total]).toEqual([0, 1250]);
});

test('what is taken at once: orders before news of products, few of those, no more than memory holds, a third try alone', async () => {
  const { db } = intake.test.services;
  const shopId = await insertShop(intake.test.database);
  const now = new Date('2026-05-01T12:00:00Z');
  const insert = (topic: string, count: number, values: { body?: string; attempts?: number } = {}) =>
    db.inShop(shopId, ({ tx }) =>
      tx.webhookInbox.createMany({
        data: Array.from({ length: count }, () => ({
          ...{ platform: 'shopify', deliveryId: randomUUID(), shopDomain: 'x', shopId, topic, body: '{}' },
          receivedAt: new Date('2026-05-01T10:00:00Z'),
          ...values,
        })),
      }),
    );
  const take = () =>
    db.inShop(shopId, async (scope) => {
      const { deliveries, more } = await takeDueDeliveries(scope, now);
      await scope.tx.webhookInbox.updateMany({
        where: { id: { in: deliveries.map(({ id }) => BigInt(id)) } },
        data: { status: 'done' },
      });
      const topics = Map.groupBy(deliveries, ({ topic }) => topic);
      return [...[...topics].map(([topic, some]) => `${String(some.length)} ${topic}`).sort(), more ? 'more' : 'all'];
    });
  await insert('inventory_levels/update', 30);
  await insert('products/update', 1, { attempts: 2 });
  await insert('orders/updated', 110);
  await insert('orders/paid', 1, { attempts: 1 });
  await insert('orders/create', 1, { attempts: 2 });
  await insert('customers/update', 3, { body: 'x'.repeat(3 * 1024 * 1024) });
  expect(await take()).toEqual(['100 orders/updated', 'more']);
  // The rest, and as much of what follows as eight megabytes hold; what failed twice waits its turn.
  expect(await take()).toEqual(['1 orders/paid', '10 orders/updated', '2 customers/update', 'more']);
  expect(await take()).toEqual(['1 orders/create', 'more']);
  expect(await take()).toEqual(['1 customers/update', '19 inventory_levels/update', 'more']);
  expect(await take()).toEqual(['11 inventory_levels/update', 'more']);
  expect(await take()).toEqual(['1 products/update', 'all']);
  expect(await take()).toEqual(['all']);
});

test('the stock of six variants and their product changed: the product is read once for each kind of news', async () => {
  const asked: string[] = [];
  const test = await createTestServices({
    platforms(dependencies) {
      const { shopify, ...others } = createPlatforms(dependencies);
      if (!shopify) throw new Error('no Shopify');
      const findProductOfStock = async (_shop: unknown, item: string) => {
        asked.push(`stock ${item}`);
        return '77';
      };
      const readOne = async (_shop: unknown, resource: string, id: string) => {
        asked.push(`${resource} ${id}`);
        return null;
      };
      return { ...others, shopify: { ...shopify, findProductOfStock, readOne } };
    },
  });
  try {
    const domain = `stock-${randomUUID()}.myshopify.com`;
    const shopId = await insertShop(test.database, { domain });
    const { db } = test.services;
    const rows = [1, 2, 3, 1, 2, 3].map((item) => ['inventory_levels/update', `{"inventory_item_id":${String(item)}}`]);
    await db.inShop(shopId, ({ tx }) =>
      tx.webhookInbox.createMany({
        data: [...rows, ['products/update', '{"id":77}'], ['products/update', '{"id":77}']].map(([topic, body]) => ({
          ...{ platform: 'shopify', deliveryId: randomUUID(), shopDomain: domain, shopId },
          ...{ topic: topic ?? '', body: body ?? '' },
        })),
      }),
    );
    const context = { services: test.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
    await processInbox({ shopId }, context);
    expect(asked).toEqual(['products 77', 'stock 1', 'stock 2', 'stock 3', 'products 77']);
    expect(await db.inShop(shopId, ({ tx }) => tx.webhookInbox.count({ where: { shopId, status: 'done' } }))).toBe(8);
  } finally {
    await test.dispose();
  }
});
