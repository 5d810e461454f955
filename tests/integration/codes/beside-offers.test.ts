import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { decodeCodeGuard } from '#app/domains/codes/index.ts';
import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import { changingRules, saveRule } from '#app/flows/rule-offers.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { type CodeDesk, codeDesk, fiveOff, off, priceOf, sellableIn, visitorOf } from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
let desk: CodeDesk;
/** two products that a bundle takes 10 % off; of the tight pair 25 % can come off, of the other nearly all */
let wide: SandboxProduct[];
let tight: SandboxProduct[];
/** two products without a bundle, as tight */
let free: SandboxProduct[];

const sumOf = (products: readonly SandboxProduct[]): number => products.reduce((sum, one) => sum + priceOf(one), 0);
const bundleOff = (products: readonly SandboxProduct[]): number =>
  Math.floor((sumOf(products) * 1_000 + 5_000) / 10_000);
const beside: readonly StackPair[] = ['product-order', 'product-shipping', 'order-shipping'];

beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  desk = codeDesk(store.test, shopId);
  const sellable = sellableIn(store);
  [wide, tight, free] = [sellable.slice(0, 2), sellable.slice(2, 4), sellable.slice(4, 6)];
  const isTight = new Set([...tight, ...free].map(({ id }) => id));
  await seedProducts(
    store.test.database,
    shopId,
    [...store.sandbox.store.products.values()].map((one) => ({
      id: one.id,
      variants: one.variants.map((variant) => {
        const priceMinor = Math.round(Number(variant.price) * 100);
        return { id: variant.id, priceMinor, costMinor: isTight.has(one.id) ? Math.ceil(priceMinor * 0.75) : 1 };
      }),
    })),
  );
  for (const [title, products] of [['Wide', wide] as const, ['Tight', tight] as const]) {
    const form = {
      title,
      kind: 'fixed',
      discount: { type: 'percentage', basisPoints: 1000 },
      pickCount: 0,
      startsAt: null,
      endsAt: null,
      status: 'active',
      items: products.map((product) => ({ productId: product.id, variantId: null, quantity: 1 })),
    };
    const made = await store.test.services.db.inShop(shopId, (scope) =>
      createBundle(scope, form, { now: new Date(), newId: randomUUID }),
    );
    if (!made.ok) throw new Error('the bundle was refused');
  }
});
afterAll(() => store.close());

/** The merchant's matrix, and what the jobs after it do. */
async function settle(pairs: readonly StackPair[]): Promise<void> {
  const { services } = store.test;
  const combinesWith = matrixOf((pair) => pairs.includes(pair));
  const saved = await changeMerchantSettings(services, shopId, {
    ...{ minMarginBps: 0, enteredTaxBps: 0, holdoutBps: 0 },
    combinesWith,
  });
  expect(saved.ok).toBe(true);
  await publish();
  await desk.publish();
}

async function publish(services: Services = store.test.services): Promise<void> {
  const now = services.clock.now();
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now }),
  );
  await publishBundles(
    { shopId, runId: run.id },
    { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
  );
}

async function cartOf(products: readonly SandboxProduct[], ...codes: readonly string[]) {
  const visitor = visitorOf(store.sandbox.url);
  for (const product of products) await visitor.post('/cart/add.js', { id: product.variants[0]?.id, quantity: 1 });
  for (const code of codes) await visitor.form('/discount', { code });
  const cart = await visitor.json<{
    original_total_price: number;
    total_price: number;
    discount_codes: { code: string; applicable: boolean }[];
  }>('/cart.js');
  return {
    off: cart.original_total_price - cart.total_price,
    /** the first code counts */
    free: cart.discount_codes.find(({ code }) => code === codes[0])?.applicable,
  };
}

const combinationOf = (title: string) =>
  [...store.sandbox.store.discounts.values()].find((one) => one.title === title)?.combinesWith;
const apart = { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true };

describe('codes of ours and the merchant’s matrix', { shuffle: false }, () => {
  it('stand alone where it says so: the shopper gets what saves more', async () => {
    await settle(['product-shipping', 'order-shipping']);
    const [code] = await desk.issue(fiveOff, { title: 'Reward', uses: null });
    const [large] = await desk.issue(
      { type: 'percentage', basisPoints: 2_000, ...off },
      { title: 'Large', uses: null },
    );
    await desk.publish();
    expect(combinationOf('Reward')).toEqual(apart);
    expect((await cartOf(wide, code!)).off).toBe(Math.max(500, bundleOff(wide)));
    expect((await cartOf(wide, large!)).off).toBe(Math.round(sumOf(wide) * 0.2));
  });

  it('stand beside bundles where it lets them, those that were made before as well', async () => {
    await settle(beside);
    expect(combinationOf('Reward')).toEqual({ ...apart, productDiscounts: true });
    expect(combinationOf('Large')).toEqual({ ...apart, productDiscounts: true });
    const code = (await desk.read('1'))!.code;
    expect((await cartOf(wide, code)).off).toBe(bundleOff(wide) + 500);
    const [late] = await desk.issue(fiveOff, { title: 'Late', uses: null });
    await desk.publish();
    expect(combinationOf('Late')).toEqual({ ...apart, productDiscounts: true });
    expect((await cartOf(wide, late!)).off).toBe(bundleOff(wide) + 500);
  });

  it('leave the merchant’s margin with the bundle, and shipping goes its own way', async () => {
    const large = (await desk.read('2'))!.code;
    const both = (await cartOf(tight, large)).off;
    const room = Math.floor(sumOf(tight) * 0.25);
    expect(both).toBeGreaterThan(Math.round(sumOf(tight) * 0.2));
    expect(both).toBeLessThanOrEqual(room);
    // Half of a set is no set: all that the code says.
    expect((await cartOf(tight.slice(0, 1), large)).off).toBe(Math.round(priceOf(tight[0]!) * 0.2));
    await desk.issue({ type: 'free-shipping', ...off }, { title: 'Parcel', uses: null });
    await desk.publish();
    expect(combinationOf('Parcel')).toEqual({ orderDiscounts: true, productDiscounts: true, shippingDiscounts: false });
  });

  it('for shipping make free what a set beside them leaves of the margin', async () => {
    const code = (await desk.read())!.code;
    const room = Math.floor(sumOf(tight) * 0.25);
    const isFree = async (products: readonly SandboxProduct[], ...more: readonly string[]) =>
      (await cartOf(products, code, ...more)).free;
    // The set is counted with a minor unit of each product.
    expect(await isFree(tight)).toBe(room - bundleOff(tight) - 2 >= 490);
    expect(await isFree(tight.slice(0, 1))).toBe(Math.floor(priceOf(tight[0]!) * 0.25) >= 490);
    expect(await isFree(wide)).toBe(true);
    const large = (await desk.read('2'))!.code;
    const { off: taken, free } = await cartOf(tight, code, large);
    expect(taken + (free ? 490 : 0)).toBeLessThanOrEqual(room);
  });

  it('share what is left where two of them are entered', async () => {
    await settle([...beside, 'order-order']);
    const [one, other] = [(await desk.read('2'))!.code, (await desk.read('1'))!.code];
    expect((await cartOf(tight, one, other)).off).toBeLessThanOrEqual(Math.floor(sumOf(tight) * 0.25));
  });

  it('leave a new bundle its part from its first cart on', async () => {
    const { services } = store.test;
    const form = {
      title: 'Larger',
      kind: 'fixed',
      discount: { type: 'percentage', basisPoints: 2000 },
      pickCount: 0,
      startsAt: null,
      endsAt: null,
      status: 'active',
      items: tight.map((product) => ({ productId: product.id, variantId: null, quantity: 1 })),
    };
    const made = await services.db.inShop(shopId, (scope) =>
      createBundle(scope, form, { now: new Date(), newId: randomUUID }),
    );
    expect(made.ok).toBe(true);
    await publish();
    const large = (await desk.read('2'))!.code;
    expect((await cartOf(tight, large)).off).toBeLessThanOrEqual(Math.floor(sumOf(tight) * 0.25));
  });

  it('leave a product the part of an offer that it is to leave until the checkout has taken that', async () => {
    const { services } = store.test;
    const [asked, reduced] = [free[0]!, free[1]!];
    const tag = (name: string) =>
      services.db.inShop(
        shopId,
        ({ tx }) =>
          tx.$executeRaw`UPDATE product SET tags = ARRAY[${name}] WHERE shop_id = ${shopId}::uuid AND id = ${reduced.id}`,
      );
    await tag('Sale');
    const form = {
      ...{ title: 'With it', action: 'suggest', status: 'on', surfaces: ['cart'], strengthPercent: 0 },
      ...{ savingBps: 2000, bundleId: null, startsAt: null, endsAt: null },
      ...{ condition: { kind: 'products', ids: [asked.id] }, target: { kind: 'tags', names: ['sale'] } },
    };
    const made = await changingRules(() =>
      services.db.inShop(shopId, (scope) =>
        saveRule(scope, { id: null, revision: 0, form }, { now: new Date(), newId: randomUUID }),
      ),
    );
    expect(made.ok).toBe(true);
    await publish();
    const code = (await desk.read('2'))!.code;
    const most = Math.floor(sumOf(free) * 0.25);
    const alone = (await cartOf(free)).off;
    expect(alone).toBe(Math.round(priceOf(reduced) * 0.2));
    const { off: both } = await cartOf(free, code);
    expect(both).toBeGreaterThan(alone);
    expect(both).toBeLessThanOrEqual(most);

    await tag('Other');
    const { shopify } = services.platforms;
    if (!shopify) throw new Error('there is no adapter');
    const publishDiscount = () => Promise.reject(new PlatformUnavailable('the store is away', 1));
    const away = { ...services, platforms: { ...services.platforms, shopify: { ...shopify, publishDiscount } } };
    await expect(publish(away)).rejects.toThrow('the store is away');
    // Whoever writes the guard meanwhile.
    await desk.sweepGuards();
    expect(await cartOf(free)).toMatchObject({ off: alone });
    expect((await cartOf(free, code)).off).toBeLessThanOrEqual(most);

    await publish();
    expect((await cartOf(free)).off).toBe(0);
    expect((await cartOf(free, code)).off).toBe(Math.round(sumOf(free) * 0.2));
  });

  it('know what may come off a product that a bundle is sold as', async () => {
    const { db } = store.test.services;
    const sold = '990001';
    await db.inShop(shopId, async ({ tx }) => {
      const bundle = await tx.bundle.findFirstOrThrow({ where: { shopId, title: 'Tight' } });
      await tx.bundleDelivery.create({
        data: { shopId, bundleId: bundle.id, delivery: 'native', productId: sold, variantId: '990002' },
      });
    });
    await desk.sweepGuards();
    const own = store.sandbox.store;
    const guard = own.metafield(`gid://shopify/Shop/${own.shop.id}`, own.appNamespace(), 'code-guard');
    // Of parts that can bear 25 %, reduced by 10 %.
    const room = decodeCodeGuard(guard?.value ?? '')?.products.get(sold) ?? 0;
    expect(room).toBeLessThanOrEqual(1_666);
    expect(room).toBeGreaterThan(1_600);
    await db.inShop(shopId, ({ tx }) => tx.bundleDelivery.deleteMany({ where: { shopId } }));
  });

  it('follow it back, and are found again by the ten-minute look where the job was lost', async () => {
    const { services } = store.test;
    await changeMerchantSettings(services, shopId, {
      minMarginBps: 0,
      enteredTaxBps: 0,
      holdoutBps: 0,
      combinesWith: matrixOf((pair) => pair === 'product-shipping' || pair === 'order-shipping'),
    });
    await desk.sweepGuards();
    expect(combinationOf('Reward')).toMatchObject({ productDiscounts: true });
    await desk.publish();
    expect(combinationOf('Reward')).toEqual(apart);
    await publish();
    const code = (await desk.read('1'))!.code;
    expect((await cartOf(wide, code)).off).toBe(Math.max(500, bundleOff(wide)));
  });
});
