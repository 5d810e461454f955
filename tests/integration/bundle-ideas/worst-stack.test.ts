import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Beside } from '#app/domains/bundle-ideas/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import { insertOffer, offerTemplates } from '#app/domains/personal-offers/index.ts';
import { saveProgramme, usualTerms } from '#app/domains/referrals/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { readBeside } from '#app/flows/idea-stack.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00Z');
let test: TestServices;
let shop: ShopId;

beforeAll(async () => {
  test = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => test.dispose());
beforeEach(async () => {
  shop = await insertShop(test.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => test.services.db.inShop(shop, work);
/** In a shop whose bundles stand beside codes off orders and shipping. */
const read = (): Promise<Beside> =>
  inShop(async (scope) => {
    const { settings, platformState } = await readShop(scope);
    const combinesWith = matrixOfRow({ product: false, order: true, shipping: true });
    return readBeside(scope, { settings: { ...settings, combinesWith }, platformState }, now);
  });

it('knows nothing in a new shop', async () => {
  expect(await read()).toEqual({ codesKnown: false, gifts: [] });
});

it('knows the codes of the store that may stand beside a bundle, and that there are none', async () => {
  await inShop((scope) => mergePlatformState(scope, { storeCodes: { named: [], rest: 0 } }));
  expect(await read()).toEqual({ codesKnown: true, gifts: [] });
  // A share off orders, an amount off orders that stands beside no bundle, a share off products.
  const named: [number, number, number][] = [
    [1, 2500, 2],
    [2, -500, 8],
    [3, 3000, 1],
  ];
  await inShop((scope) => mergePlatformState(scope, { storeCodes: { named, rest: 0 } }));
  const { gifts } = await read();
  expect(gifts).toEqual([
    { source: 'store-code', title: '', class: 'order', gives: { type: 'percentage', basisPoints: 2500 }, fromMinor: 0 },
  ]);
});

it('takes an amount of many codes for unknown, not for all of a cart', async () => {
  await inShop((scope) => mergePlatformState(scope, { storeCodes: { named: [], rest: 9999 } }));
  expect(await read()).toEqual({ codesKnown: false, gifts: [] });
});

it('takes what codes usually took off where the store does not tell', async () => {
  await inShop((scope) => mergePlatformState(scope, { usualCodeBps: 1500 }));
  expect(await read()).toMatchObject({
    codesKnown: true,
    gifts: [{ source: 'store-code', class: 'order', gives: { basisPoints: 1500 } }],
  });
});

it('knows rewards and tiers of a live programme and the largest size of offers that are on', async () => {
  const variants = [
    { id: '91', priceMinor: 2000, costMinor: 300 },
    { id: '92', priceMinor: 3000, costMinor: 900 },
  ];
  await seedProducts(test.database, shop, [{ id: '9', variants }]);
  const base = { on: true, cost: 100, validDays: null };
  const settings = {
    ...usualProgramme('USD'),
    rewards: [
      { ...base, id: 'r1', kind: 'amount' as const, title: 'Five off', minor: 500, minSubtotalMinor: null },
      { ...base, id: 'r2', kind: 'amount' as const, title: 'Off', on: false, minor: 900, minSubtotalMinor: null },
      {
        ...base,
        id: 'r3',
        kind: 'free-product' as const,
        title: 'Mug',
        productId: '9',
        variantId: null,
        minSubtotalMinor: 4000,
      },
      { ...base, id: 'r4', kind: 'gift-card' as const, title: 'Card', minor: 1000 },
    ],
  };
  const levels = [
    { id: 'gold', name: 'Gold', at: 0, multiplierBps: 10_000, entryPoints: 0, freeShipping: true, perks: [] },
  ];
  await inShop(async (scope) => {
    await scope.tx.loyaltyProgramme.create({
      data: {
        shopId: shop,
        status: 'live',
        settings: { ...settings, tiers: { ...settings.tiers, levels } },
        salt: 's',
        updatedAt: now,
      },
    });
    for (const [status, sizes] of [
      ['live', [500, 1200]],
      ['paused', [9000]],
    ] as const) {
      const id = randomUUID();
      const { terms: usual } = offerTemplates['second-order'];
      const gift = { type: 'percentage' as const, sizes: [...sizes], on: 'everything' as const, productIds: [] };
      const terms = { ...usual, gift };
      await insertOffer(scope, { id, title: status, terms, salt: 's' }, now);
      await scope.tx.personalOffer.update({ where: { shopId_id: { shopId: shop, id } }, data: { status } });
    }
  });
  const shipping = { type: 'percentage', basisPoints: 10_000 };
  expect((await read()).gifts).toEqual([
    { source: 'reward', title: 'Five off', class: 'order', gives: { type: 'amount', minor: 500 }, fromMinor: 500 },
    {
      source: 'reward',
      title: 'Mug',
      class: 'product',
      gives: { type: 'free-product', priceMinor: 3000, costMinor: 900 },
      fromMinor: 4000,
    },
    { source: 'tier', title: 'Gold', class: 'shipping', gives: shipping, fromMinor: 0 },
    { source: 'offer', title: 'live', class: 'order', gives: { type: 'percentage', basisPoints: 1200 }, fromMinor: 0 },
  ]);
});

it('knows what friends and those who recommend get as codes, while the programme is on', async () => {
  const terms = {
    ...usualTerms,
    offer: { type: 'amount' as const, minor: 700 },
    tiers: [
      { from: 1, reward: { type: 'points' as const, points: 100 } },
      { from: 5, reward: { type: 'credit' as const, minor: 900 } },
      { from: 10, reward: { type: 'percentage' as const, basisPoints: 2000 } },
    ],
    creditReward: { type: 'store-credit' as const, minor: 300 },
    minOrderMinor: 2500,
  };
  await inShop((scope) => saveProgramme(scope, { active: false, terms }, now));
  expect((await read()).gifts).toEqual([]);
  await inShop((scope) => saveProgramme(scope, { active: true, terms }, now));
  const code = { source: 'referral', title: '', class: 'order' };
  expect((await read()).gifts).toEqual([
    { ...code, gives: { type: 'amount', minor: 700 }, fromMinor: 2500 },
    { ...code, gives: { type: 'amount', minor: 900 }, fromMinor: 900 },
    { ...code, gives: { type: 'percentage', basisPoints: 2000 }, fromMinor: 0 },
  ]);
});

it('knows what carts earn by their subtotal, now or later, in the dearest of its variants', async () => {
  const variants = [
    { id: '91', priceMinor: 2000, costMinor: 300 },
    { id: '92', priceMinor: 3000, costMinor: 900 },
  ];
  await seedProducts(test.database, shop, [
    { id: '9', variants },
    { id: '8', variants: [{ id: '81', priceMinor: 500 }] },
  ]);
  const offer = { status: 'active', startsAt: null, endsAt: null, items: [] };
  const gift = { productId: '8', variantId: null, quantity: 1, role: 'gift' };
  const tier = (thresholdMinor: number, reward: object) => ({ thresholdMinor, reward });
  const discount = { type: 'order-discount', value: { type: 'percentage', basisPoints: 500 } };
  const goals = {
    ...{ ...offer, kind: 'cart-goals', title: 'Goals' },
    terms: {
      tiers: [
        tier(3000, { type: 'free-shipping' }),
        tier(5000, discount),
        tier(8000, { type: 'gift', productId: '9', variantId: null }),
      ],
    },
  };
  const free = (trigger: object) => ({
    ...{ ...offer, kind: 'gift', title: 'Mug', items: [gift] },
    terms: { trigger, timesPerOrder: 1 },
  });
  const fromSubtotal = free({ type: 'subtotal', minor: 4000 });
  await inShop(async (scope) => {
    for (const form of [
      goals,
      fromSubtotal,
      { ...fromSubtotal, title: 'Soon', startsAt: '2026-12-01T00:00:00Z' },
      { ...fromSubtotal, title: 'Over', startsAt: '2026-11-01T00:00:00Z', endsAt: '2026-11-02T00:00:00Z' },
      { ...fromSubtotal, title: 'Draft', status: 'draft' },
      // Only with products that an idea may not have.
      { ...free({ type: 'buy', units: 1 }), title: 'With 9', items: [gift, { ...gift, productId: '9', role: 'buy' }] },
    ]) {
      const made = await createBundle(scope, form, { now: new Date('2026-10-30T00:00:00Z'), newId: randomUUID });
      if (!made.ok) throw new Error(JSON.stringify(made));
    }
  });
  const goal = (title: string, offerClass: string, fromMinor: number, gives: object) => ({
    ...{ source: 'goal', title, class: offerClass, gives, fromMinor },
  });
  const mug = { type: 'free-product', priceMinor: 500, costMinor: null };
  const found = (await read()).gifts.toSorted((a, b) => a.fromMinor - b.fromMinor || (a.title < b.title ? -1 : 1));
  expect(found).toEqual([
    goal('Goals', 'shipping', 3000, { type: 'percentage', basisPoints: 10_000 }),
    goal('Mug', 'product', 4000, mug),
    goal('Soon', 'product', 4000, mug),
    goal('Goals', 'order', 5000, { type: 'percentage', basisPoints: 500 }),
    goal('Goals', 'product', 8000, { type: 'free-product', priceMinor: 3000, costMinor: 900 }),
  ]);
});
