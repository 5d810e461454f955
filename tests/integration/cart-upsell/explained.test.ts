import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applySplitTest, createSplitTest, startSplitTest } from '#app/domains/experiments/index.ts';
import {
  createRule,
  deleteRule,
  explainCart,
  listRules,
  type MerchandisingSettings,
  type RuleFormInput,
  saveMerchandising,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { noteSignals } from '#app/domains/signals/index.ts';
import { standingOf } from '#app/flows/asker-standing.ts';
import { type CartVisitor, interestOfPerson } from '#app/flows/cart-affinity.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { insertOrders } from '#tests/integration/recommendations/insert-orders.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T00:00:00Z');
const usual: MerchandisingSettings = { objective: 'clicks', objectivePercent: 50, diversityPercent: 0, owned: 'hide' };
const carts = [['1'], ['30', '3', '31']];
/** Who looked at something, and who agreed to be measured and did nothing yet. */
const [curious, idle] = [randomUUID(), randomUUID()];
const askers: Record<string, CartVisitor> = {
  'a guest': { visitorId: null, customerId: null },
  'a visitor of whom nothing is known': { visitorId: idle, customerId: null },
  'a visitor who looked at something': { visitorId: curious, customerId: null },
  'a customer with a past': { visitorId: null, customerId: 'c1' },
  'a customer without one': { visitorId: null, customerId: 'c404' },
  'a customer on a known browser': { visitorId: curious, customerId: 'c2' },
};
const guest: CartVisitor = { visitorId: null, customerId: null };

let made: TestServices;
let shop: ShopId;
const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shop, work);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  shop = await insertShop(made.database);
  await insertOrders(made.database, shop, { products: 60, customers: 40, orders: 600, seed: 7 });
  await inShop(async ({ tx }) => {
    // Rules name products by numbers.
    await tx.$executeRaw`UPDATE product SET id = substr(id, 2), product_type = 'Shelf ' || substr(id, 2)::int % 5 WHERE shop_id = ${shop}::uuid`;
    await tx.$executeRaw`UPDATE variant SET product_id = substr(id, 2), price_minor = 500 + 90 * substr(id, 2)::int, cost_minor = 300, stock = CASE WHEN substr(id, 2)::int % 7 = 0 THEN 0 END WHERE shop_id = ${shop}::uuid`;
    await tx.$executeRaw`UPDATE order_line SET product_id = substr(product_id, 2) WHERE shop_id = ${shop}::uuid`;
  });
  await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
  await noteSignals(
    made.services,
    ['11', '11', '44'].map((productId) => ({
      ...{ shopId: shop, id: randomUUID(), visitorId: curious as VisitorId, kind: 'view' as const, productId },
      ...{ query: null, quantity: null, surface: null, dwellMs: null, occurredAt: now, receivedAt: now },
    })),
  );
});
afterAll(() => made.dispose());

afterEach(() =>
  inShop(async (scope) => {
    for (const { id } of await listRules(scope, now)) await deleteRule(scope, id, { now });
    await saveMerchandising(scope, usual, { now });
  }),
);

const wish = (form: Partial<RuleFormInput>) =>
  inShop(async (scope) => {
    const rule: RuleFormInput = {
      ...{ title: 'A wish', action: 'boost', status: 'on', surfaces: ['cart'], target: { kind: 'all' } },
      ...{ condition: null, strengthPercent: 0, bundleId: null, startsAt: null, endsAt: null },
      ...form,
    };
    const done = await createRule(scope, rule, { now, newId: randomUUID });
    if (!done.ok) throw new Error(JSON.stringify(done));
  });

/** The storefront, which begins to know the wishes with the first question. */
function storefront() {
  const answers = createCartAnswers(made.services);
  return async (products: readonly string[], asker: CartVisitor, limit: number): Promise<string[]> => {
    const { text } = await answers.answer(shop, { products, limit, ...asker });
    return (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions.map(({ productId }) => productId);
  };
}

async function explained(cart: readonly string[], asker: CartVisitor): Promise<string[]> {
  const { visitorId } = asker;
  const interest = visitorId === null ? null : await interestOfPerson(made.services, shop, visitorId);
  const { suggestions } = await inShop(async (scope) => {
    const merchant = { shop: await readShop(scope), capabilities: null, now };
    const found = await explainCart(scope, { cart, interest, ...(await standingOf(scope, merchant, asker)) });
    return found ?? { suggestions: [] };
  });
  return suggestions.filter(({ shownAt }) => shownAt !== null).map(({ productId }) => productId);
}

describe('what anybody is served is what is explained', () => {
  it.each<[string, readonly Partial<RuleFormInput>[], Partial<MerchandisingSettings>]>([
    ['as the model has it', [], {}],
    [
      'with a shelf boosted as far as it goes',
      [{ strengthPercent: 1000, target: { kind: 'types', names: ['Shelf 3'] } }],
      {},
    ],
    [
      'with a shelf buried',
      [{ action: 'bury', strengthPercent: 1000, target: { kind: 'types', names: ['Shelf 1'] } }],
      {},
    ],
    ['without a shelf', [{ action: 'exclude', target: { kind: 'types', names: ['Shelf 2', 'Shelf 4'] } }], {}],
    ['with a pin of what stands last', [{ action: 'pin', target: { kind: 'products', ids: ['59', '58'] } }], {}],
    [
      'with what a cart brings in',
      [
        {
          action: 'suggest',
          target: { kind: 'types', names: ['Shelf 0'] },
          condition: { kind: 'products', ids: ['1'] },
        },
      ],
      {},
    ],
    ['for revenue', [], { objective: 'revenue', objectivePercent: 100 }],
    ['for margin and variety, with what they have', [], { objective: 'margin', diversityPercent: 100, owned: 'show' }],
  ])('%s', async (_what, rules, settings) => {
    for (const form of rules) await wish(form);
    await inShop((scope) => saveMerchandising(scope, { ...usual, ...settings }, { now }));
    const served = storefront();
    for (const [name, asker] of Object.entries(askers))
      for (const cart of carts) {
        const told = await explained(cart, asker);
        for (const limit of [4, 10]) {
          const shown = await served(cart, asker, limit);
          expect([name, cart, shown]).toEqual([name, cart, told.slice(0, limit)]);
          expect(shown).toHaveLength(limit);
        }
      }
  });
});

it('a boost reaches as far for a guest as for a visitor of whom nothing is known', async () => {
  const cart = ['1'];
  const known = { visitorId: idle, customerId: null };
  const far = (await explained(cart, guest))[15] ?? '';
  const before = await Promise.all([guest, known].map((asker) => storefront()(cart, asker, 4)));
  await wish({ strengthPercent: 1000, target: { kind: 'products', ids: [far] } });
  const after = await Promise.all([guest, known].map((asker) => storefront()(cart, asker, 10)));
  expect(before[0]).not.toContain(far);
  expect(after[0]).toContain(far);
  expect([before[1], after[1]]).toEqual([before[0], after[0]]);
});

it('an experiment’s objective is heard, by who asks and by everybody once it has decided', async () => {
  const cart = ['1'];
  const visitors = Array.from({ length: 12 }, () => randomUUID());
  const id = randomUUID();
  const form = {
    ...{ title: 'Earn more in the cart', subject: { type: 'widget', id: 'cart' } },
    arms: [
      { key: 'a', share: 5000, change: {} },
      { key: 'b', share: 5000, change: { objective: 'margin' } },
    ],
    ...{ trafficBps: 10_000, layer: '', effectBps: 1000 },
  };
  await inShop(async (scope) => {
    expect(await createSplitTest(scope, form, { id, salt: 's', now })).toMatchObject({ ok: true });
    expect(await startSplitTest(scope, id, { now, productIds: [], marginBps: 4000 })).toMatchObject({ ok: true });
  });
  const said = async (served: ReturnType<typeof storefront>) => {
    const lists = new Set<string>();
    for (const visitorId of [null, ...visitors]) {
      const asker = { visitorId, customerId: null };
      const shown = await served(cart, asker, 10);
      expect((await explained(cart, asker)).slice(0, 10)).toEqual(shown);
      lists.add(shown.join());
    }
    return lists.size;
  };
  expect(await said(storefront())).toBe(2);
  await inShop((scope) => applySplitTest(scope, id, { arm: 'b', now, carryOut: () => Promise.resolve(null) }));
  expect(await said(storefront())).toBe(1);
});
