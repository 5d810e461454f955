import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { withdrawCode } from '#app/domains/codes/index.ts';
import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import { claimOfferCode, deleteOfferCode } from '#app/domains/order-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { changeOrderOffers } from '#app/flows/order-offer-settings.ts';
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
import { buyer, cartAt, type CodeDesk, codeDesk, fiveOff, off, priceOf, sellableIn } from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
/** what the store was told, in turn: `discount` with what it leaves to codes of ours, `codes` with the name of their offer */
let told: (readonly ['discount', readonly number[] | null] | readonly ['codes', string])[] = [];
let isAway = false;
let services: Services;
let desk: CodeDesk;
/** its price is 8.00 above its cost, a parcel costs 4.90 */
let thin: SandboxProduct;

const context = () => ({ services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
const leftNow = async () => (await services.db.inShop(shopId, readShop)).platformState.leftToOwnCodes;
const beside: readonly StackPair[] = ['product-shipping', 'order-shipping'];

async function publish(): Promise<void> {
  const now = services.clock.now();
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now }),
  );
  await publishBundles({ shopId, runId: run.id }, context());
}

async function settle(pairs: readonly StackPair[]): Promise<void> {
  const combinesWith = matrixOf((pair) => pairs.includes(pair));
  const saved = await changeMerchantSettings(services, shopId, {
    ...{ minMarginBps: 0, enteredTaxBps: 0, holdoutBps: 0, codeReserveBps: 0 },
    combinesWith,
  });
  expect(saved.ok).toBe(true);
  await desk.publish();
  await publish();
}

beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  const { shopify } = store.test.services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const spied: typeof shopify = {
    ...shopify,
    publishDiscount: (ref, publication) => {
      if (isAway) return Promise.reject(new PlatformUnavailable('the store is away', 1));
      const [config] = publication.configs;
      told.push(['discount', (JSON.parse(config ?? '{}') as { o?: number[] }).o ?? null]);
      return shopify.publishDiscount(ref, publication);
    },
    publishCodes: (ref, publication) => {
      told.push(['codes', publication.title]);
      return shopify.publishCodes(ref, publication);
    },
  };
  services = { ...store.test.services, platforms: { ...store.test.services.platforms, shopify: spied } };
  desk = codeDesk({ services }, shopId);
  const found = sellableIn(store).find((one) => priceOf(one) < 5_000);
  if (!found) throw new Error('no such product');
  thin = found;
  await seedProducts(
    store.test.database,
    shopId,
    [...store.sandbox.store.products.values()].map((one) => ({
      id: one.id,
      variants: one.variants.map((variant) => {
        const priceMinor = Math.round(Number(variant.price) * 100);
        return { id: variant.id, priceMinor, costMinor: Math.max(0, priceMinor - 800) };
      }),
    })),
  );
  const form = {
    title: 'Delivered for free',
    kind: 'cart-goals',
    ...{ startsAt: null, endsAt: null, status: 'active', items: [] },
    terms: { tiers: [{ thresholdMinor: 500, reward: { type: 'free-shipping' } }] },
  };
  const made = await services.db.inShop(shopId, (scope) =>
    createBundle(scope, form, { now: new Date(), newId: randomUUID }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
  await settle(beside);
});
afterAll(() => store.close());

/** What the parcel of a cart with this code costs, and what the goods then cost less. */
async function bought(code: string) {
  const { visitor, off: taken } = await cartAt(store.sandbox.url, thin, { code });
  await visitor.form('/checkout', buyer);
  const order = [...store.sandbox.store.orders.values()].at(-1);
  return { taken, parcel: Math.round(Number(order?.totalShipping) * 100) };
}

describe('a goal’s free shipping and codes of ours', { shuffle: false }, () => {
  it('have nothing to share before there is a code', async () => {
    expect(told.at(-1)).toEqual(['discount', null]);
    expect(await leftNow()).toEqual([0, 0, 0, 0]);
    expect(await bought('NOBODY')).toEqual({ taken: 0, parcel: 0 });
  });

  it('share no margin: the checkout knows what a code may take before the first is made', async () => {
    told = [];
    const [code] = await desk.issue(fiveOff, { title: 'Five', uses: null });
    await desk.publish();
    expect(told).toEqual([
      ['discount', [0, 500, 0, 0]],
      ['codes', 'Five'],
    ]);
    expect(await leftNow()).toEqual([0, 500, 0, 0]);
    // Of 8.00 the code takes 5.00, which leaves no parcel of 4.90.
    expect(await bought(code!)).toEqual({ taken: 500, parcel: 490 });
    // Nobody knows whose a code is that the store does not have.
    expect(await bought('NOBODY')).toEqual({ taken: 0, parcel: 490 });
  });

  it('are not published anew for a code that takes no more', async () => {
    told = [];
    await desk.issue({ type: 'amount', minor: 300, ...off }, { title: 'Three' });
    await desk.issue({ type: 'free-shipping', ...off }, { title: 'Parcel' });
    await desk.publish();
    expect(told.map(([what]) => what)).toEqual(['codes', 'codes']);
  });

  it('are published before each larger code, of whatever kind', async () => {
    told = [];
    await desk.issue({ type: 'percentage', basisPoints: 1_500, ...off }, { title: 'Share' });
    await desk.publish();
    await desk.issue({ type: 'percentage', basisPoints: 5_000, mostMinor: 900, ...off }, { title: 'Bounded' });
    await desk.publish();
    await desk.issue({ type: 'free-product', productId: thin.id, variantId: null, ...off }, { title: 'Gift' });
    await desk.publish();
    expect(told).toEqual([
      ['discount', [1_500, 500, 0, 0]],
      ['codes', 'Share'],
      ['discount', [1_500, 500, 5_000, 900]],
      ['codes', 'Bounded'],
      ['discount', [1_500, priceOf(thin), 5_000, 900]],
      ['codes', 'Gift'],
    ]);
  });

  it('keep a larger code waiting while the store does not take the discount', async () => {
    isAway = true;
    await desk.issue({ type: 'amount', minor: 9_000, ...off }, { title: 'Ninety' });
    await expect(desk.publish()).rejects.toThrow('the store is away');
    expect((await desk.read())?.state).toBe('wanted');
    // What may stand in the store leaves no more than before.
    expect(await leftNow()).toEqual([1_500, priceOf(thin), 5_000, 900]);
    isAway = false;
    told = [];
    await desk.publish();
    expect(told).toEqual([
      ['discount', [1_500, 9_000, 5_000, 900]],
      ['codes', 'Ninety'],
    ]);
    expect((await desk.read())?.state).toBe('open');
  });

  it('leave less again when the large codes are gone, at the next look', async () => {
    for (const id of ['4', '5', '6', '7'])
      await services.db.inShop(shopId, (scope) => withdrawCode(scope, { kind: 'test', id, purpose: '' }));
    told = [];
    // As long as the store has them they count.
    await desk.sweepGuards();
    expect(told).toEqual([]);
    await desk.publish();
    await desk.sweepGuards();
    expect(told).toEqual([['discount', [0, 500, 0, 0]]]);
    await desk.sweepGuards();
    expect(told).toHaveLength(1);
  });

  it('count what an offer after a purchase takes, which stands beside free shipping alone', async () => {
    told = [];
    const settings = { active: true, discountBps: 1_000, hours: 24 };
    expect((await changeOrderOffers(services, shopId, settings)).ok).toBe(true);
    await publish();
    const order = { orderId: '1', code: 'THANKS', variantIds: ['1'], endsAt: new Date(Date.now() + 3_600_000) };
    await services.db.inShop(shopId, (scope) => claimOfferCode(scope, { ...order, discountBps: 1_000 }));
    // One that was promised works to its end.
    await changeOrderOffers(services, shopId, { ...settings, discountBps: 500 });
    await publish();
    expect(told).toEqual([['discount', [1_000, 500, 0, 0]]]);
    await changeOrderOffers(services, shopId, { ...settings, active: false });
    await services.db.inShop(shopId, (scope) => deleteOfferCode(scope, order.orderId));
    await publish();
    expect(told.at(-1)).toEqual(['discount', [0, 500, 0, 0]]);
  });

  it('leave nothing to codes that may not stand beside free shipping, once those have followed the matrix', async () => {
    told = [];
    await settle(['product-shipping']);
    await desk.sweepGuards();
    expect(told.at(-1)).toEqual(['discount', null]);
    expect(await leftNow()).toEqual([0, 0, 0, 0]);
    // Before the first of them may stand beside it.
    told = [];
    await settle(beside);
    const first = told.findIndex(([what]) => what === 'codes');
    expect(told.slice(0, first)).toContainEqual(['discount', [0, 500, 0, 0]]);
  });
});
