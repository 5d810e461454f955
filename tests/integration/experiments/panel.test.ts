import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  applySplitTest,
  assignmentsOf,
  createSplitTest,
  forPages,
  readShopExperiments,
  setHoldout,
  startSplitTest,
} from '#app/domains/experiments/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { cartUpsellHandler } from '#app/http/cart-upsell.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T00:00:00Z');
const visitors = Array.from({ length: 40 }, () => randomUUID());
let made: TestServices;
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());
beforeEach(() =>
  made.services.db.inShop(shop, async (scope) => {
    await scope.tx.splitTest.deleteMany({});
    await setHoldout(scope, { holdoutBps: 0, freshSalt: 'pepper', now });
  }),
);

/** Compares the panel with its absence, or with other words. */
async function startTest(change: object): Promise<string> {
  const id = randomUUID();
  await made.services.db.inShop(shop, async (scope) => {
    const form = {
      ...{ title: 'The panel', subject: { type: 'widget', id: 'after' } },
      arms: [
        { key: 'a', share: 5000, change: {} },
        { key: 'b', share: 5000, change },
      ],
      ...{ trafficBps: 10_000, layer: '', effectBps: 1000 },
    };
    expect(await createSplitTest(scope, form, { id, salt: 's', now })).toMatchObject({ ok: true });
    expect(await startSplitTest(scope, id, { now, productIds: [], marginBps: 4000 })).toMatchObject({ ok: true });
  });
  return id;
}

const experiments = () => made.services.db.inShop(shop, readShopExperiments);

/** As a store asks for a widget: by the same route as both platforms. */
function asker() {
  const app = new Hono();
  const answers = createCartAnswers(made.services);
  app.get(
    '/cart',
    cartUpsellHandler(answers, () => ({ shopId: shop, customerId: null })),
  );
  return async (widget: string, visitor: string | null): Promise<number> => {
    const of = visitor === null ? '' : `&visitor=${visitor}`;
    const response = await app.request(`/cart?products=1&limit=4&widget=${widget}${of}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { suggestions: CartSuggestion[] }).suggestions.length;
  };
}

describe('the panel after adding', () => {
  it('gets nothing to open for exactly the visitors of the version without it, who see the rest', async () => {
    await startTest({ hide: true });
    const found = await experiments();
    const ask = asker();
    const seen = new Set<string>();
    for (const visitor of visitors) {
      const arm = assignmentsOf(found, visitor)[0]?.arm ?? '';
      seen.add(arm);
      expect([arm, (await ask('after', visitor)) > 0]).toEqual([arm, arm === 'a']);
      for (const other of ['cart', 'drawer', 'of-tomorrow', '']) expect(await ask(other, visitor)).toBeGreaterThan(0);
    }
    expect([...seen].sort()).toEqual(['a', 'b']);
    expect(await ask('after', null)).toBeGreaterThan(0);
  });

  it('gets nothing to open for visitors who are held out of everything', async () => {
    await made.services.db.inShop(shop, (scope) => setHoldout(scope, { holdoutBps: 5000, freshSalt: 'pepper', now }));
    const { salt, holdoutBps } = await experiments();
    const ask = asker();
    for (const visitor of visitors)
      expect([visitor, (await ask('after', visitor)) > 0]).toEqual([visitor, !isHeldOut(visitor, salt, holdoutBps)]);
    expect(await ask('after', null)).toBeGreaterThan(0);
  });

  it('is gone for everybody once its absence is applied, also where the cart is known already', async () => {
    const id = await startTest({ hide: true });
    const before = asker();
    for (const widget of ['cart', 'after']) expect(await before(widget, null)).toBeGreaterThan(0);
    await made.services.db.inShop(shop, (scope) =>
      applySplitTest(scope, id, { arm: 'b', now, carryOut: () => Promise.resolve(null) }),
    );
    const ask = asker();
    expect(await ask('cart', null)).toBeGreaterThan(0);
    expect([await ask('after', null), await ask('after', visitors[0]!)]).toEqual([0, 0]);
  });

  it('is never told to pages as hidden: they would be inert behind it', async () => {
    const id = await startTest({ hide: true });
    const told = async () => JSON.stringify(forPages(await experiments()));
    expect(await told()).toContain('widget:after');
    expect(await told()).not.toContain('hide');
    await made.services.db.inShop(shop, (scope) =>
      applySplitTest(scope, id, { arm: 'b', now, carryOut: () => Promise.resolve(null) }),
    );
    expect(await told()).not.toContain('hide');
  });

  it('is told to pages in other words, and opens for everybody then', async () => {
    await startTest({ title: 'One more thing?' });
    expect(forPages(await experiments()).tests[0]?.arms[1]?.change).toEqual({ title: 'One more thing?' });
    const ask = asker();
    for (const visitor of visitors.slice(0, 8)) expect(await ask('after', visitor)).toBeGreaterThan(0);
  });
});

it.each(['A', 'after,cart', 'x'.repeat(21), '%00'])('a widget called %s is refused', async (name) => {
  const app = new Hono();
  const answers = createCartAnswers(made.services);
  app.get(
    '/cart',
    cartUpsellHandler(answers, () => ({ shopId: shop, customerId: null })),
  );
  expect((await app.request(`/cart?products=1&widget=${name}`)).status).toBe(400);
});
