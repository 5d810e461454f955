import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  applySplitTest,
  assignmentsOf,
  createSplitTest,
  readShopExperiments,
  setHoldout,
  startSplitTest,
} from '#app/domains/experiments/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T00:00:00Z');
const id = '00000000-0000-4000-8000-0000000000e1';
let made: TestServices;
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  const { services } = made;
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  // What is bought least often earns by far the most.
  await services.db.inShop(shop, ({ tx }) =>
    tx.variant.updateMany({
      where: { shopId: shop, productId: '6' },
      data: { priceMinor: 9_000_000_000_000, costMinor: 100 },
    }),
  );
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());

const first = async (visitorId: string | null): Promise<string | undefined> => {
  const { text } = await createCartAnswers(made.services).answer(shop, {
    products: ['1'],
    limit: 4,
    visitorId,
    customerId: null,
  });
  return (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions[0]?.productId;
};

it('the cart answers each visitor by the objective of their version, held out ones and strangers as it stands', async () => {
  const { db } = made.services;
  const usual = await first(null);
  expect(usual).not.toBe('6');
  const experiments = await db.inShop(shop, async (scope) => {
    await setHoldout(scope, { holdoutBps: 1000, freshSalt: 'pepper', now });
    const form = {
      title: 'Earn more in the cart',
      subject: { type: 'widget', id: 'cart' },
      arms: [
        { key: 'a', share: 5000, change: {} },
        { key: 'b', share: 5000, change: { objective: 'margin' } },
      ],
      trafficBps: 10_000,
      layer: '',
      effectBps: 1000,
    };
    expect(await createSplitTest(scope, form, { id, salt: 's', now })).toMatchObject({ ok: true });
    expect(await startSplitTest(scope, id, { now, productIds: [], marginBps: 4000 })).toMatchObject({ ok: true });
    return readShopExperiments(scope);
  });
  const seen = new Set<string>();
  for (let asked = 0; asked < 40; asked += 1) {
    const visitor = randomUUID();
    const arm = assignmentsOf(experiments, visitor)[0]?.arm ?? 'held out';
    seen.add(arm);
    expect([arm, await first(visitor)]).toEqual([arm, arm === 'b' ? '6' : usual]);
  }
  expect(seen.size).toBeGreaterThan(1);
  expect(await first(null)).toBe(usual);

  await db.inShop(shop, (scope) => applySplitTest(scope, id, { arm: 'b', now, carryOut: () => Promise.resolve(null) }));
  expect(await first(null)).toBe('6');
  expect(await first(randomUUID())).toBe('6');
});
