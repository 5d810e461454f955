import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createCartServing,
  finishCart,
  recommendationStatus,
  tasteOf,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { insertOrders } from './insert-orders.ts';

const now = new Date('2026-03-01T00:00:00Z');
let made: TestServices;
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shop = await insertShop(made.database);
  await insertOrders(made.database, shop, { products: 30, customers: 20, orders: 120, seed: 4 });
});
afterAll(() => made.dispose());

const train = () => trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);

/** Forty visitors who look at `p3` and then at `p25`; how long they stayed is told by a signal of its own. */
const look = () =>
  made.services.db.inShop(
    shop,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, dwell_ms, occurred_at, received_at)
      SELECT ${shop}::uuid, gen_random_uuid(), 'v' || v, 'view', product, dwell, ${now}::timestamptz - interval '2 days' + place * interval '1 minute', ${now}
      FROM generate_series(1, 40) AS v, (VALUES ('p3', 1, NULL), ('p3', 2, 9000), ('p25', 3, NULL)) AS l(product, place, dwell)`,
  );

it('what visitors look at in one visit moves the answer of those who look at the same, and is not personal', async () => {
  await train();
  const interest = { products: [['p3', 1]], words: [] } as const;
  const serving = createCartServing(made.services);
  expect(await serving.besideViewed(shop, interest, serving.candidates(shop, ['p10'], 40))).toEqual(new Map());
  expect(await made.services.db.inShop(shop, recommendationStatus)).toMatchObject({ views: null });

  await look();
  const trained = await train();
  expect(trained.report.views).toMatchObject({ visits: 40, cases: 40 });
  const fresh = createCartServing(made.services);
  const candidates = await fresh.candidates(shop, ['p10'], 40);
  const beside = await fresh.besideViewed(shop, interest, Promise.resolve(candidates));
  expect([...beside.keys()]).toEqual(['p25']);
  // Voices of before what is viewed was kept apart.
  await made.services.db.inShop(shop, ({ tx }) => tx.recommendationVoice.updateMany({ data: { viewed: null } }));
  const former = createCartServing(made.services).besideViewed(shop, interest, Promise.resolve(candidates));
  expect(await former).toEqual(beside);

  const taste = tasteOf(interest, await fresh.cards(shop, ['p3']));
  const placeIn = (list: readonly { productId: string }[]) => list.findIndex((one) => one.productId === 'p25');
  const near = finishCart(candidates, { taste, beside, owned: new Set() }, 30).find((one) => one.productId === 'p25');
  expect(near?.adjustments[0]).toEqual({
    kind: 'wanted',
    by: { kind: 'looked-at', productId: 'p3', title: 'Product p3' },
  });
  const before = placeIn(finishCart(candidates, { taste, owned: new Set() }, 30));
  expect(before).toBeGreaterThan(0);
  expect(placeIn(finishCart(candidates, { taste, beside, owned: new Set() }, 30))).toBeLessThan(before);

  const voices = await made.services.db.inShop(shop, ({ tx }) =>
    tx.recommendationVoice.findMany({ where: { shopId: shop, version: trained.version } }),
  );
  for (const { data } of voices) expect(Buffer.from(data).toString('latin1')).not.toMatch(/\bv\d+\b/);
  expect(await made.services.db.inShop(shop, recommendationStatus)).toMatchObject({ views: { visits: 40 } });
});
