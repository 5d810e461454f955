import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle, deleteBundle, getAnyBundle, setBundleStatus, updateBundle } from '#app/domains/bundles/index.ts';
import { matrixOf, type StackPair } from '#app/domains/incentives/index.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { type CodeDesk, codeDesk, off, priceOf, sellableIn, visitorOf } from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
let desk: CodeDesk;
/** two products of which 25 % can come off */
let pair: SandboxProduct[];
/** a code that takes 20 % off */
let code: string;

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => store.test.services.db.inShop(shopId, work);
const sum = (): number => pair.reduce((total, one) => total + priceOf(one), 0);
const room = (): number => Math.floor(sum() * 0.25);
const shareOf = (bps: number): number => Math.floor((sum() * bps + 5_000) / 10_000);
const percent = (basisPoints: number) => ({ type: 'percentage', basisPoints });
const open = { startsAt: null, endsAt: null, status: 'active' };

/** A set of the two. */
const set = (basisPoints: number) => ({
  ...{ title: 'Set', kind: 'fixed', discount: percent(basisPoints), pickCount: 0, ...open },
  items: pair.map((product) => ({ productId: product.id, variantId: null, quantity: 1 })),
});
/** A goal of the order. */
const goal = (basisPoints: number) => ({
  ...{ title: 'Goal', kind: 'cart-goals', items: [], ...open },
  terms: { tiers: [{ thresholdMinor: 500, reward: { type: 'order-discount', value: percent(basisPoints) } }] },
});

beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  desk = codeDesk(store.test, shopId);
  pair = sellableIn(store).slice(0, 2);
  await seedProducts(
    store.test.database,
    shopId,
    [...store.sandbox.store.products.values()].map((one) => ({
      id: one.id,
      variants: one.variants.map((variant) => {
        const priceMinor = Math.round(Number(variant.price) * 100);
        return { id: variant.id, priceMinor, costMinor: Math.ceil(priceMinor * 0.75) };
      }),
    })),
  );
  const pairs: readonly StackPair[] = ['product-order', 'order-order', 'product-shipping', 'order-shipping'];
  const saved = await changeMerchantSettings(store.test.services, shopId, {
    ...{ minMarginBps: 0, enteredTaxBps: 0, holdoutBps: 0, codeReserveBps: 0 },
    combinesWith: matrixOf((one) => pairs.includes(one)),
  });
  expect(saved.ok).toBe(true);
  [code = ''] = await desk.issue({ type: 'percentage', basisPoints: 2_000, ...off }, { title: 'Reward', uses: null });
  await desk.publish();
});
afterAll(() => store.close());

async function publish(services: Services = store.test.services): Promise<void> {
  const now = services.clock.now();
  const run = await inShop((scope) => addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now }));
  await publishBundles(
    { shopId, runId: run.id },
    { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
  );
}

/** A store that refuses the discount, or takes it and whose answer is lost. */
function failing(takes: boolean): Services {
  const { services } = store.test;
  const { shopify } = services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const publishDiscount: typeof shopify.publishDiscount = async (ref, publication) => {
    if (takes) await shopify.publishDiscount(ref, publication);
    throw new PlatformUnavailable('the store is away', 1);
  };
  return { ...services, platforms: { ...services.platforms, shopify: { ...shopify, publishDiscount } } };
}

async function fails(takes = false): Promise<void> {
  await expect(publish(failing(takes))).rejects.toThrow('the store is away');
  // Whoever writes the guard meanwhile.
  await desk.sweepGuards();
}

async function made(form: object): Promise<string> {
  const result = await inShop((scope) => createBundle(scope, form, { now: new Date(), newId: randomUUID }));
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value.id;
}

async function changed(id: string, form: object): Promise<void> {
  const now = new Date();
  const result = await inShop(async (scope) => {
    const before = await getAnyBundle(scope, id, now);
    if (!before.ok) throw new Error('no such bundle');
    return updateBundle(scope, id, before.value.bundle.revision, form, { now });
  });
  expect(result).toMatchObject({ ok: true });
}

const deleted = (id: string) => inShop((scope) => deleteBundle(scope, id, { now: new Date() }));

/** What comes off the two. */
async function taken(...codes: readonly string[]): Promise<number> {
  const visitor = visitorOf(store.sandbox.url);
  for (const product of pair) await visitor.post('/cart/add.js', { id: product.variants[0]?.id, quantity: 1 });
  for (const one of codes) await visitor.form('/discount', { code: one });
  const cart = await visitor.json<{ original_total_price: number; total_price: number }>('/cart.js');
  return cart.original_total_price - cart.total_price;
}

const paused = (id: string) => inShop((scope) => setBundleStatus(scope, id, 'paused', { now: new Date() }));

describe.each<[string, (bps: number) => object]>([
  ['a set', set],
  ['a goal', goal],
])('%s that the checkout still gives while the store refuses the publication', (_what, form) => {
  it.each<[string, (id: string) => Promise<unknown>, leftBps: number]>([
    ['paused', paused, 0],
    ['deleted', deleted, 0],
    ['made smaller', (id) => changed(id, form(100)), 100],
  ])('%s: codes leave its part until the store has taken it', async (_change, change, leftBps) => {
    const id = await made(form(1_500));
    await publish();
    expect(await taken()).toBe(shareOf(1_500));
    expect(await taken(code)).toBeLessThanOrEqual(room());
    await change(id);
    await fails();
    expect(await taken()).toBe(shareOf(1_500));
    expect(await taken(code)).toBeLessThanOrEqual(room());

    await publish();
    expect(await taken()).toBe(shareOf(leftBps));
    // The whole code again.
    expect(await taken(code)).toBe(shareOf(leftBps) + shareOf(2_000));
    await deleted(id);
    await publish();
  });
});

it('what the store took although its answer was lost counts as well, whatever is edited since', async () => {
  const id = await made(set(500));
  await publish();
  await changed(id, set(2_000));
  await fails(true);
  expect(await taken()).toBe(shareOf(2_000));
  await changed(id, set(100));
  await fails();
  await desk.sweepGuards();
  expect(await taken()).toBe(shareOf(2_000));
  expect(await taken(code)).toBeLessThanOrEqual(room());
  await publish();
  expect(await taken(code)).toBe(shareOf(100) + shareOf(2_000));
  await deleted(id);
  await publish();
});
