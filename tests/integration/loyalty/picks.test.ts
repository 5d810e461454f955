import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  assignmentsOf,
  createSplitTest,
  readShopExperiments,
  setHoldout,
  startSplitTest,
} from '#app/domains/experiments/index.ts';
import {
  createCartServing,
  createRule,
  deletePersonalLists,
  type ProductCard,
  readPersonalLists,
  saveMerchandising,
  trainRecommendations,
} from '#app/domains/recommendations/index.ts';
import { mergeIdentity } from '#app/domains/signals/index.ts';
import { createPicksReader } from '#app/flows/rewards-page/picks.ts';
import { picksHtml } from '#app/flows/rewards-page/picks-html.ts';
import type { Pen } from '#app/flows/rewards-page/html.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-04-02T00:00:00Z');
let made: TestServices;
let shop: ShopId;
const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shop, work);
const picksOf = async (customerId: string): Promise<string[]> => {
  const reader = createPicksReader(made.services, createCartServing(made.services));
  return (await reader.of(shop, customerId)).map((card) => card.id);
};

const ownedProducts = (owned: 'show' | 'hide') =>
  inShop((scope) =>
    saveMerchandising(scope, { objective: 'clicks', objectivePercent: 50, diversityPercent: 0, owned }, { now }),
  );

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

describe('what a customer is shown of their own list', () => {
  beforeAll(async () => {
    shop = await insertShop(made.database);
    await insertHistory(made.database, shop);
    await trainRecommendations(made.services, shop, () => Promise.resolve(), new AbortController().signal);
  });
  beforeEach(() => ownedProducts('show'));
  afterEach(() =>
    inShop(async ({ tx }) => {
      await tx.recommendationRule.deleteMany({ where: { shopId: shop } });
      await tx.splitTest.deleteMany({ where: { shopId: shop } });
      await tx.experiment.deleteMany({ where: { shopId: shop } });
      await tx.visitorIdentity.deleteMany({ where: { shopId: shop } });
      await tx.variant.updateMany({
        where: { shopId: shop, productId: { notIn: ['sold-out'] } },
        data: { stock: null },
      });
    }),
  );

  it('is what is for sale of it, in its order, and nobody else’s', async () => {
    const [own] = await inShop((scope) => readPersonalLists(scope, ['c1']));
    const listed = own?.suggestions.map((one) => one.productId) ?? [];
    const sellable = listed.filter((id) => /^(\d|cold)$/.test(id));
    expect(sellable.length).toBeGreaterThan(2);
    const [first = ''] = sellable;
    expect(await picksOf('c1')).toEqual(sellable.slice(0, 8));
    expect(await picksOf('nobody')).toEqual([]);

    await inShop(({ tx }) => tx.variant.updateMany({ where: { shopId: shop, productId: first }, data: { stock: 0 } }));
    expect(await picksOf('c1')).toEqual(sellable.slice(1, 9));
    await inShop((scope) => deletePersonalLists(scope, ['c3']));
    expect(await picksOf('c3')).toEqual([]);
  });

  it('follows the merchant’s rules for personal lists', async () => {
    const [first = '', second = ''] = await picksOf('c1');
    const rule = (surfaces: string[], ids: string[]) =>
      inShop((scope) =>
        createRule(
          scope,
          { title: 'Not this', action: 'exclude', status: 'on', surfaces, target: { kind: 'products', ids }, condition: null, strengthPercent: 0, bundleId: null, startsAt: null, endsAt: null }, // prettier-ignore
          { now, newId: randomUUID },
        ),
      );
    expect((await rule(['for-you'], [first])).ok && (await rule(['cart'], [second])).ok).toBe(true);
    const after = await picksOf('c1');
    expect(after).not.toContain(first);
    expect(after).toContain(second);
  });

  it('leaves out what they have and need not buy again yet', async () => {
    const all = await picksOf('c0');
    await ownedProducts('hide');
    // Bought yesterday; all come back in this shop, but not within a day.
    await inShop(async ({ tx }) => {
      await tx.$executeRaw`
        INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
        VALUES (${shop}::uuid, 'late', 'c0', ${new Date(now.getTime() - 86_400_000)}, now(), 'USD', 0, 0, 0)`;
      await tx.$executeRaw`
        INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
        VALUES (${shop}::uuid, 'late', 'late', '1', 1, 1000)`;
    });
    expect(all).toContain('1');
    expect(await picksOf('c0')).not.toContain('1');
  });

  it('is nothing where a browser of theirs is in a version without it', async () => {
    const form = {
      ...{ title: 'Picks', subject: { type: 'widget', id: 'picks' } },
      arms: [
        { key: 'a', share: 5_000, change: {} },
        { key: 'b', share: 5_000, change: { hide: true } },
      ],
      ...{ trafficBps: 10_000, layer: '', effectBps: 500 },
    };
    await inShop(async (scope) => {
      const drafted = await createSplitTest(scope, form, { id: randomUUID(), salt: 'picks', now });
      const id = drafted.ok ? drafted.value.id : drafted.message;
      expect(await startSplitTest(scope, id, { now, productIds: [], marginBps: 4_000 })).toMatchObject({ ok: true });
    });
    const experiments = await inShop(readShopExperiments);
    const visitorIn = (arm: string) =>
      Array.from({ length: 100 }, () => randomUUID()).find((id) => assignmentsOf(experiments, id)[0]?.arm === arm) ??
      'no visitor';
    const sees = async (customerId: string, arm: string) => {
      const visitorId = visitorIn(arm);
      await inShop((scope) => mergeIdentity(scope, { visitorId, customerId, by: 'login', at: now }));
      return (await picksOf(customerId)).length > 0;
    };
    expect([await sees('c1', 'a'), await sees('c6', 'b')]).toEqual([true, false]);
  });

  it('is nothing where a browser of theirs is held out', async () => {
    const holdoutBps = 5_000;
    await inShop((scope) => setHoldout(scope, { holdoutBps, freshSalt: 'salt', now }));
    const held = Array.from({ length: 100 }, () => randomUUID()).find((id) => isHeldOut(id, 'salt', holdoutBps));
    const visitorId = held ?? 'nobody is held out';
    expect(await picksOf('c5')).not.toEqual([]);
    await inShop((scope) => mergeIdentity(scope, { visitorId, customerId: 'c5', by: 'login', at: now }));
    expect(await picksOf('c5')).toEqual([]);
    expect(await picksOf('c2')).not.toEqual([]);
  });
});

describe('how they are written', () => {
  const pen: Pen = {
    say: (print) => print({} as never, 'de'),
    points: String as never,
    times: String as never,
    title: String as never,
    money: (minor) => () => `${String(minor)} ct`,
    date: String as never,
    fields: { token: '' },
    form: () => '',
    urls: {
      page: '',
      logIn: '',
      signUp: '',
      apply: null,
      invitation: String,
      addToCart: '/cart/add',
      cart: '/cart',
      product: ({ handle }) => `/products/${encodeURIComponent(handle)}`,
    },
  };
  const card: ProductCard = {
    id: '7',
    handle: 'vase',
    title: 'Vase',
    productType: '',
    vendor: '',
    tags: [],
    collectionIds: [],
    priceMinor: 1000,
    marginBps: null,
    stock: null,
    imageUrl: null,
    sellable: true,
    variant: { id: '71', priceMinor: 1000, imageUrl: null },
  };

  it('each goes into the cart with the mark of where it came from', () => {
    const html = picksHtml([card], pen);
    expect(html).toContain('name="items[0][properties][_trellis_source]" value="for-you"');
    expect(html).toContain('1000 ct');
    expect(html).toContain('Für Sie ausgesucht');
    expect(picksHtml([], pen)).toBe('');
  });

  it.each(hostileTexts)('%s in a title stays text', (_why, text) => {
    const html = picksHtml([{ ...card, title: text }], {
      ...pen,
      say: (print) => `«${String(print({} as never, 'en').length)}»`,
    });
    expect(html).not.toMatch(/<script>|<img src=x|\{\{/);
  });
});
