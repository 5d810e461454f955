import { afterAll, beforeAll, describe } from 'vitest';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { saveAccess } from '#app/platforms/woocommerce/auth/store.ts';
import { refundOrder } from '#sandbox/woocommerce/orders.ts';
import { readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { startWooSandbox, type WooSandbox } from '#sandbox/woocommerce/server.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { platformConformance, type PlatformUnderTest } from './suite.ts';

let woo: WooSandbox;
let test: TestServices;
let subject: PlatformUnderTest;

beforeAll(async () => {
  woo = await startWooSandbox({
    port: 0,
    dataFolder: null,
    seed: 7,
    size: { products: 30, customers: 130, orders: 230, days: 365 },
    oddNames: true,
  });
  test = await createTestServices({ platforms: createPlatforms, env: { WOOCOMMERCE_LOCAL_STORES: 'on' } });
  const domain = woo.url.slice('http://'.length);
  const shopId = await insertShop(test.database, { platform: 'woocommerce', domain });
  const key = woo.createKey();
  const access = {
    address: woo.url,
    permalinks: 'pretty',
    keysIn: 'header',
    consumerKey: key.consumer_key,
    consumerSecret: key.consumer_secret,
  } as const;
  await test.services.db.inShop(shopId, (scope) =>
    saveAccess(scope, test.services.secrets, access, 'secret', new Date()),
  );
  const platform = test.services.platforms.woocommerce;
  if (!platform) throw new Error('no adapter');
  const own = woo.store;
  const idsOf = (rows: Iterable<{ readonly id: number }>) => [...rows].map(({ id }) => String(id));
  subject = {
    platform,
    shop: { shopId, domain },
    ids: {
      products: idsOf(own.products.values()),
      // One of them is taken out; who works for the store is none.
      get customers() {
        return idsOf([...own.customers.values()].filter(({ role }) => role === 'customer'));
      },
      orders: idsOf(own.orders.values()),
    },
    orderTopic: 'order.created',
    renameProduct(id, title) {
      const product = own.product(Number(id));
      if (!product) throw new Error('no such product');
      own.put('products', { ...product, name: title, updatedAt: own.stamp() });
      return Promise.resolve();
    },
    publishedSettings: () => readPlugin(own)?.storefront ?? null,
    discountConfigs: () => readPlugin(own)?.discount?.configs ?? [],
    sellWith(tax) {
      own.site.tax = tax;
    },
    refund(orderId, { unit, shipping, beyond }) {
      const order = own.orders.get(Number(orderId));
      const line = order?.lines[0];
      if (!order || !line) throw new Error('no such order');
      const back = {
        orderLineId: line.id,
        quantity: 1,
        total: Math.floor(line.total / line.quantity),
        totalTax: Math.floor(line.totalTax / line.quantity),
      };
      const { shippingLine } = order;
      const parts = [...(unit ? [back] : []), ...(shipping && shippingLine ? [shippingLine] : [])];
      refundOrder(own, order, {
        amount: parts.reduce((sum, part) => sum + part.total + part.totalTax, beyond ? 100 : 0),
        reason: '',
        lines: unit ? [back] : [],
        ...(shipping && shippingLine ? { shipping: shippingLine } : {}),
        restock: false,
      });
    },
    taxBps: 2000,
    ownCode(code) {
      const at = own.stamp();
      own.put('coupons', {
        ...{ id: own.nextId(), code: code.toLowerCase(), status: 'publish', amount: '10', discountType: 'percent' },
        ...{ description: '', expiresAt: null, usageCount: 0, individualUse: false, productIds: [] },
        ...{ excludedProductIds: [], usageLimit: null, usageLimitPerUser: null, limitUsageToXItems: null },
        ...{ freeShipping: false, productCategories: [], excludedProductCategories: [], excludeSaleItems: false },
        ...{ minimumAmount: '', maximumAmount: '', emailRestrictions: [], usedBy: [], metaData: [] },
        ...{ createdAt: at, updatedAt: at },
      });
    },
    codesInStore: () => [...own.coupons.values()].map(({ code }) => code.toUpperCase()),
    installCompanion(state) {
      woo.setPlugin(state);
      return true;
    },
    removeCustomer: (id) => own.remove('customers', Number(id)),
    tagsOn(id) {
      const field = own.customers.get(Number(id))?.metaData.find(({ key }) => key === 'trellis_segments');
      return field === undefined ? [] : String(field.value).split(', ');
    },
    publishedOn: (id) =>
      own
        .product(Number(id))
        ?.metaData.flatMap(({ key, value }) => (key.startsWith('_trellis') ? [{ key, value }] : [])),
  };
});
afterAll(async () => {
  await woo.close();
  await test.dispose();
});

describe('WooCommerce as a platform', () => {
  platformConformance(() => subject);
});
