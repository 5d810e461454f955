import { afterAll, beforeAll, describe } from 'vitest';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';
import { platformConformance, type PlatformUnderTest } from './suite.ts';

let store: TestStore;
let subject: PlatformUnderTest;

beforeAll(async () => {
  store = await startTestStore();
  const shopId = await visit(store);
  const platform = store.test.services.platforms.shopify;
  if (!platform) throw new Error('not installed');
  const own = store.sandbox.store;
  subject = {
    platform,
    shop: { shopId, domain: testDomain },
    ids: {
      products: [...own.products.keys()],
      // One of them is taken out.
      get customers() {
        return [...own.customers.keys()];
      },
      orders: [...own.orders.keys()],
    },
    orderTopic: 'orders/create',
    removeCustomer: (id) => own.remove('customers', id),
    tagsOn: (id) => own.customers.get(id)?.tags ?? [],
    publishedOn: (id) => own.metafieldsOf(`gid://shopify/Product/${id}`).map(({ key, value }) => ({ key, value })),
    publishedSettings() {
      const owner = `gid://shopify/AppInstallation/${own.installation?.id ?? ''}`;
      const text = own.metafieldsOf(owner).find(({ key }) => key === 'storefront')?.value;
      return text === undefined ? null : (JSON.parse(text) as unknown);
    },
    discountConfigs: () =>
      [...own.discounts.values()]
        .filter(({ kind }) => kind === 'automatic-app')
        .flatMap(({ id }) => own.metafieldsOf(id).toSorted((a, b) => a.key.localeCompare(b.key)))
        .flatMap(({ key, value }) => (key.startsWith('config') ? [value] : [])),
    sellWith(tax) {
      own.shop.taxesIncluded = tax === 'inclusive';
    },
    refund(orderId, { unit, shipping, beyond }) {
      const order = own.orders.get(orderId);
      if (!order) throw new Error('no such order');
      own.refundOrder(orderId, unit ? [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }] : [], false, {
        ...(shipping ? { shipping: order.totalShipping } : {}),
        ...(beyond ? { beyond: '1.00' } : {}),
      });
    },
    taxBps: 2000,
    ownCode(code) {
      const at = new Date().toISOString();
      own.put('discounts', {
        ...{ id: `gid://shopify/DiscountCodeNode/${String(Date.now())}`, kind: 'code-basic', title: code, code },
        ...{ functionHandle: null, value: { percentage: 0.1 }, discountClasses: ['ORDER'] },
        combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
        ...{ startsAt: at, endsAt: null, createdAt: at, updatedAt: at },
      });
    },
    codesInStore: () =>
      [
        ...[...own.discounts.values()].flatMap(({ code }) => (code === null ? [] : [code])),
        ...[...own.redeemCodes.values()].map(({ code }) => code),
      ].map((code) => code.toUpperCase()),
    installCompanion: () => false,
    renameProduct(id, title) {
      const product = own.products.get(id);
      if (!product) throw new Error('no such product');
      own.put('products', { ...product, title, updatedAt: new Date().toISOString() });
      return Promise.resolve();
    },
  };
});
afterAll(() => store.close());

describe('Shopify as a platform', () => {
  platformConformance(() => subject);
});
