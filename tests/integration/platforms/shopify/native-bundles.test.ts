import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import { type Bundle, createBundle, deleteBundle, isSet, updateBundle } from '#app/domains/bundles/index.ts';
import { type Delivery, readDeliveries } from '#app/domains/deliveries/index.ts';
import { changeSettings, readShop } from '#app/domains/shops/index.ts';
import { chooseDelivery } from '#app/flows/choose-delivery.ts';
import processInbox from '#app/flows/process-inbox.ts';
import { saveBundle } from '#app/flows/save-bundle.ts';
import { startPublishBundles } from '#app/flows/start-runs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore, waitFor } from '#tests/setup/shopify.ts';

let store: TestStore;
let shopId: ShopId;
let parts: SandboxProduct[];

beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  shopId = await visit(store);
  await store.startWorkers();
  parts = [...store.sandbox.store.products.values()]
    .filter((product) => product.status === 'ACTIVE' && product.publishedAt !== null && !product.isGiftCard)
    .filter((product) => product.variants.length === 1 && (product.variants[0]?.inventoryQuantity ?? 0) > 10)
    .slice(0, 8);
  const { db } = store.test.services;
  await waitFor(
    () => db.inShop(shopId, async ({ tx }) => (await tx.product.count({ where: { shopId } })) >= 30),
    'the catalog',
  );
  await changeSettings(store.test.services, shopId, {
    minMarginBps: 0,
    combinesWith: matrixOfRow({ order: true, product: true, shipping: true }),
  });
});
afterAll(() => store.close());

async function bundleOf(title: string, products: readonly SandboxProduct[]): Promise<Bundle> {
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
  if (!made.ok || !isSet(made.value)) throw new Error('the bundle was refused');
  return made.value;
}

async function deliveredAs(bundle: Bundle, delivery: Delivery): Promise<SandboxProduct> {
  const { services } = store.test;
  expect(await chooseDelivery(services, shopId, bundle.id, delivery)).toEqual({ ok: true, value: delivery });
  const ready = await waitFor(async () => {
    const all = await services.db.inShop(shopId, readDeliveries);
    const own = all.find((each) => each.bundleId === bundle.id);
    if (own?.problem) throw new Error(own.problem);
    return own?.operation === null && own.variantId !== null ? own : null;
  }, `the product of ${bundle.title}`);
  // The cart transform is told after the products.
  await waitFor(
    () => Promise.resolve(configOfTransform().includes(ready.variantId ?? '')),
    'the cart transform to know the product',
  );
  const product = store.sandbox.store.products.get(ready.productId ?? '');
  if (!product) throw new Error('the store has no such product');
  return product;
}

const configOfTransform = (): string => {
  const [transform] = store.sandbox.store.cartTransforms.keys();
  return store.sandbox.store.metafield(transform ?? '', store.sandbox.store.appNamespace(), 'delivery')?.value ?? '';
};

interface CartJson {
  total_price: number;
  items: { title: string; quantity: number; final_line_price: number; key: string }[];
}

/** A browser that keeps its cart. */
function shopper() {
  let cookie = '';
  const send = async (path: string, body?: unknown): Promise<Response> => {
    const form = body instanceof URLSearchParams;
    const response = await fetch(`${store.sandbox.url}${path}`, {
      redirect: 'manual',
      headers: { cookie, ...(body === undefined || form ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST', body: form ? body : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (set.length > 0) cookie = [cookie, ...set].filter((part) => part !== '').join('; ');
    return response;
  };
  return {
    add: async (items: readonly { id: string; properties?: Record<string, string> }[]) => {
      const response = await send('/cart/add.js', { items: items.map((item) => ({ quantity: 1, ...item })) });
      expect(response.status).toBe(200);
    },
    page: async (path: string) => (await send(path)).text(),
    cart: async () => (await (await send('/cart.js')).json()) as CartJson,
    change: (key: string, quantity: number) => send('/cart/change.js', { id: key, quantity }),
    pay: async () => {
      const contact = {
        email: 'ada@example.com',
        first_name: 'Ada',
        last_name: 'L',
        address: 'A 1',
        zip: '1',
        city: 'B',
      };
      const response = await send('/checkout', new URLSearchParams({ ...contact, card: '1' }));
      expect(response.status).toBe(303);
      const id = response.headers.get('location')?.split('/').at(-1) ?? '';
      const order = store.sandbox.store.orders.get(id);
      if (!order) throw new Error('no order was placed');
      return order;
    },
  };
}

/** What our mirror of an order says of its lines, once the webhook came. */
const mirrored = (orderId: string) =>
  waitFor(async () => {
    const { services } = store.test;
    await processInbox({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
    const lines = await services.db.inShop(shopId, ({ tx }) => tx.orderLine.findMany({ where: { shopId, orderId } }));
    return lines.length > 0 ? lines : null;
  }, 'the order to come by webhook');

const priceOf = (product: SandboxProduct): number =>
  parseDecimal(product.variants[0]?.price ?? '0', store.sandbox.store.shop.currency);
const stockOf = (product: SandboxProduct): number =>
  store.sandbox.store.products.get(product.id)?.variants[0]?.inventoryQuantity ?? 0;

test('a merged bundle is one line of the cart, and its order counts for each of its products', async () => {
  const [first, second] = parts as [SandboxProduct, SandboxProduct];
  const bundle = await bundleOf('Merged pair', [first, second]);
  const parent = await deliveredAs(bundle, 'merge');
  expect(parent).toMatchObject({ title: 'Merged pair', status: 'UNLISTED' });
  const stock = [stockOf(first), stockOf(second)];

  const buyer = shopper();
  const properties = { _trellis_bundle: bundle.id };
  await buyer.add([first, second].map((part) => ({ id: part.variants[0]?.id ?? '', properties })));
  const full = priceOf(first) + priceOf(second);
  const price = full - Math.round(full / 10);
  const [line] = (await buyer.cart()).items;
  expect((await buyer.cart()).items).toHaveLength(1);
  expect(line).toMatchObject({ title: 'Merged pair', quantity: 1, final_line_price: price });
  await buyer.change(line?.key ?? '', 2);
  expect((await buyer.cart()).items).toMatchObject([{ quantity: 2, final_line_price: price * 2 }]);

  const order = await buyer.pay();
  expect([stockOf(first), stockOf(second)]).toEqual(stock.map((units) => units - 2));
  const lines = await mirrored(order.id);
  expect(new Set(lines.map((each) => each.bundleId))).toEqual(new Set([bundle.id]));
  expect(new Set(lines.map((each) => each.productId))).toEqual(new Set([first.id, second.id]));
  const revenue = lines.reduce(
    (sum, each) => sum + Number(each.unitPriceMinor) * each.quantity - Number(each.discountMinor),
    0,
  );
  expect(revenue).toBe(price * 2);
});

test('a native bundle is a product with a price of its own, and its order counts for its components', async () => {
  const [, , third, fourth] = parts as [SandboxProduct, SandboxProduct, SandboxProduct, SandboxProduct];
  const bundle = await bundleOf('Native pair', [third, fourth]);
  const sold = await deliveredAs(bundle, 'native');
  const full = priceOf(third) + priceOf(fourth);
  const price = full - Math.round(full / 10);
  expect(sold).toMatchObject({ title: 'Native pair', status: 'ACTIVE' });
  expect(priceOf(sold)).toBe(price);
  // The merchant puts it on sale.
  store.sandbox.store.put('products', { ...sold, publishedAt: new Date().toISOString() });
  const stock = [stockOf(third), stockOf(fourth)];

  const buyer = shopper();
  // The pages of its parts put the product into the cart, and say what the cart will say.
  const page = await waitFor(async () => {
    const html = await buyer.page(`/products/${third.handle}`);
    const form = html.split(`data-bundle="${bundle.id}"`)[1]?.split('</form>')[0] ?? '';
    return form.includes(`name="id" value="${sold.variants[0]?.id ?? ''}"`) ? form : null;
  }, 'the page to sell the product');
  expect(page).toContain(`data-after="${String(price)}"`);
  await buyer.add([{ id: sold.variants[0]?.id ?? '' }]);
  expect((await buyer.cart()).items).toMatchObject([{ title: 'Native pair', final_line_price: price }]);
  const order = await buyer.pay();
  expect([stockOf(third), stockOf(fourth)]).toEqual(stock.map((units) => units - 1));
  const lines = await mirrored(order.id);
  expect(lines.map((each) => each.bundleId)).toEqual(lines.map(() => bundle.id));
  expect(new Set(lines.map((each) => each.productId))).toEqual(new Set([third.id, fourth.id]));
  expect(lines.reduce((sum, each) => sum + Number(each.unitPriceMinor) * each.quantity, 0)).toBe(price);
});

test('a bundle cannot hold itself, nor another bundle', async () => {
  const { db } = store.test.services;
  const set = parts.slice(6, 8);
  const bundle = await bundleOf('Set of itself', set);
  const product = await deliveredAs(bundle, 'native');
  await waitFor(
    () => db.inShop(shopId, async ({ tx }) => (await tx.product.count({ where: { shopId, id: product.id } })) > 0),
    'the product of the bundle in the mirror',
  );
  const items = [...set.map((one) => one.id), product.id].map((productId) => ({
    productId,
    variantId: null,
    quantity: 1,
  }));
  const { title, kind, discount, pickCount, status } = bundle;
  const form = { title, kind, discount, pickCount, status, startsAt: null, endsAt: null, items };
  const context = { now: new Date(), newId: randomUUID };
  for (const id of [bundle.id, null]) {
    const saved = await db.inShop(shopId, (scope) =>
      saveBundle(scope, { id, revision: bundle.revision, form }, context),
    );
    expect(saved).toMatchObject({
      code: 'invalid',
      fields: { 'items.2.productId': expect.stringContaining('itself') },
    });
  }
  await chooseDelivery(store.test.services, shopId, bundle.id, 'discount');
  await db.inShop(shopId, (scope) => deleteBundle(scope, bundle.id, { now: new Date() }));
});

test('a changed discount reaches the product of a bundle without anybody choosing again', async () => {
  const { services } = store.test;
  const [fifth, sixth] = parts.slice(4, 6) as [SandboxProduct, SandboxProduct];
  const bundle = await bundleOf('Cheaper pair', [fifth, sixth]);
  const { id } = await deliveredAs(bundle, 'native');
  const { title, kind, pickCount, items } = bundle;
  const form = { title, kind, pickCount, items, startsAt: null, endsAt: null, status: 'active' };
  const discount = { type: 'percentage', basisPoints: 2000 };
  await services.db.inShop(shopId, (scope) =>
    updateBundle(scope, bundle.id, bundle.revision, { ...form, discount }, { now: new Date() }),
  );
  await startPublishBundles(services, shopId);
  const full = priceOf(fifth) + priceOf(sixth);
  await waitFor(() => {
    const sold = store.sandbox.store.products.get(id);
    return Promise.resolve(sold !== undefined && priceOf(sold) < full - Math.round(full / 10));
  }, 'the product to cost less');
  expect((await services.db.inShop(shopId, readShop)).platformState.bundleSupport).toEqual({
    mergeLines: true,
    expandLines: true,
    bundleProducts: true,
  });
  await chooseDelivery(services, shopId, bundle.id, 'discount');
  await services.db.inShop(shopId, (scope) => deleteBundle(scope, bundle.id, { now: new Date() }));
});

test('back to the discount: the product goes, and with the last of them the cart transform', async () => {
  const { sandbox } = store;
  const { services } = store.test;
  const product = await deliveredAs(await bundleOf('Retired pair', parts.slice(4, 6)), 'native');
  const all = await services.db.inShop(shopId, readDeliveries);
  for (const each of all) await chooseDelivery(services, shopId, each.bundleId, 'discount');
  await waitFor(
    async () => (await services.db.inShop(shopId, readDeliveries)).length === 0,
    'everything to be delivered by discount',
  );
  expect(sandbox.store.cartTransforms.size).toBe(0);
  expect(sandbox.store.products.has(product.id)).toBe(false);
});

test('a store whose plan has no bundles keeps the discount', async () => {
  const { services } = store.test;
  const own = store.sandbox.shop().store;
  const { planName } = own.shop;
  own.setShop({ ...own.shop, planName: 'starter' });
  const bundle = await bundleOf('Plain pair', parts.slice(6, 8));
  await chooseDelivery(services, shopId, bundle.id, 'native');
  const problem = await waitFor(async () => {
    const all = await services.db.inShop(shopId, readDeliveries);
    return all.find((each) => each.bundleId === bundle.id)?.problem;
  }, 'the reason');
  expect(problem).toBe('plan');
  own.setShop({ ...own.shop, planName });
});

test('a bundle that is not there cannot be delivered', async () => {
  expect(await chooseDelivery(store.test.services, shopId, randomUUID(), 'native')).toMatchObject({
    ok: false,
    code: 'not-found',
  });
});
