import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteSignals, readInterest, type Signal } from '#app/domains/signals/index.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

// A browser's requests reach any of the processes, often two of them in the same instant.

const now = new Date('2026-11-21T12:00:00.000Z');
const looks = 40;
let redis: TestRedis;
let first: TestServices;
let second: TestServices;
let shop: ShopId;

beforeAll(async () => {
  redis = await startTestRedis();
  const options = { clock: { now: () => now }, env: { REDIS_URL: redis.url } };
  first = await createTestServices(options);
  second = await createTestServices({ ...options, database: first.database });
  shop = await insertShop(first.database);
});
afterAll(async () => {
  await second.dispose();
  await first.dispose();
  await redis.stop();
});

it('keeps what one visitor does at two processes at the same time', async () => {
  const visitorId = randomUUID() as VisitorId;
  const look = (at: number): Signal => ({
    shopId: shop,
    id: randomUUID(),
    visitorId,
    kind: 'view',
    productId: String(at),
    query: null,
    quantity: null,
    surface: null,
    dwellMs: null,
    // Of one minute no more than thirty are taken in.
    occurredAt: new Date(now.getTime() - (at % 2) * 60_000),
    receivedAt: now,
  });
  await Promise.all(
    Array.from({ length: looks }, (_, at) => noteSignals((at % 3 === 0 ? second : first).services, [look(at)])),
  );
  for (const { services } of [first, second])
    expect((await readInterest(services, shop, [visitorId])).products).toHaveLength(looks);
});
