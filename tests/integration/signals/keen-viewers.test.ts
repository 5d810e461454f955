import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readIdentity, readKeenViewers } from '#app/domains/signals/index.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00.000Z');
let made: TestServices;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

it('customers who looked are known by the same rule as in the code', async () => {
  const shopId = await insertShop(made.database);
  const evidence = [0, 1, 2].flatMap((orders) => [0, 1, 3].map((logins) => ({ orders, logins })));
  // Every two kinds of customers on a browser of their own, and each kind alone.
  const browsers = evidence.flatMap((one, k) => [[one], ...evidence.slice(k).map((other) => [one, other])]);
  const edges = browsers.flatMap((all) => {
    const known = { shopId, visitorId: randomUUID(), firstSeenAt: now, lastSeenAt: now };
    return all.map((own) => ({ ...known, ...own, customerId: randomUUID() }));
  });
  const visitorIds = [...new Set(edges.map((edge) => edge.visitorId))];
  const { counting, viewers } = await made.services.db.inShop(shopId, async (scope) => {
    await scope.tx.visitorIdentity.createMany({ data: edges });
    const seen = { shopId, kind: 'view', productId: 'p1', receivedAt: now, occurredAt: now };
    await scope.tx.signal.createMany({
      data: visitorIds.map((visitorId) => ({ ...seen, visitorId, id: randomUUID() })),
    });
    const links: Awaited<ReturnType<typeof readIdentity>> = [];
    for (const visitorId of visitorIds) links.push(...(await readIdentity(scope, visitorId)));
    return {
      counting: links.filter((link) => link.counts),
      viewers: await readKeenViewers(scope, { times: 1, since: now }),
    };
  });
  expect(viewers.map((viewer) => viewer.customerId).sort()).toEqual(counting.map((link) => link.customerId).sort());
  expect(counting.length).toBeGreaterThan(20);
  expect(new Set(counting.map((link) => link.visitorId)).size, 'one customer a browser').toBe(counting.length);
});
