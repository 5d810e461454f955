import { describe, expect, it } from 'vitest';
import { defaultIncentiveRules, encodeDiscountConfigs, type BundleOffer } from '#app/domains/incentives/index.ts';
import type { SandboxDiscount } from '#sandbox/shopify/model.ts';
import { createTestStorefront, product, type TestStorefront } from './fixture.ts';

const at = '2026-01-01T00:00:00.000Z';
const bundle: BundleOffer = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'Tea time',
  kind: 'fixed',
  pickCount: 0,
  discount: { type: 'percentage', basisPoints: 1000 },
  items: [
    { productId: '1', variantId: null, quantity: 1 },
    { productId: '2', variantId: null, quantity: 1 },
  ],
  startsAt: null,
  endsAt: null,
};
const combining = { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true };

function discount(id: string, more: Partial<SandboxDiscount>): SandboxDiscount {
  return {
    id,
    kind: 'automatic-app',
    title: 'Bundles',
    functionHandle: 'bundle-discount',
    code: null,
    value: null,
    discountClasses: ['PRODUCT'],
    combinesWith: combining,
    startsAt: at,
    endsAt: null,
    createdAt: at,
    updatedAt: at,
    ...more,
  };
}

async function shopWithBundle(): Promise<TestStorefront> {
  const shop = await createTestStorefront([
    product(1, '10.00', { variants: [{ unitCost: '2.00' }] }),
    product(2, '20.00', { variants: [{ unitCost: '4.00' }] }),
    product(3, '5.00'),
  ]);
  const costs = ['1', '2'].map((productId) => ({ productId, variants: [{ id: `${productId}0`, costMinor: 200 }] }));
  const configs = encodeDiscountConfigs([bundle], costs, defaultIncentiveRules, 'EUR');
  if (!configs.ok) throw new Error(configs.message);
  const node = 'gid://shopify/DiscountAutomaticNode/900';
  shop.store.put('discounts', discount(node, {}));
  configs.value.forEach((text, index) =>
    shop.metafield(node, index === 0 ? 'config' : `config-${String(index + 1)}`, 'json', text),
  );
  return shop;
}

const buyer = {
  email: 'anna@example.com',
  first_name: 'Anna',
  last_name: 'Adams',
  address: 'Road 1',
  zip: '10115',
  city: 'Berlin',
  card: '1',
};

describe('line properties that a shopper wrote', () => {
  it.each([
    ['name a bundle that the line is not part of', { _trellis_bundle: bundle.id }],
    ['name a bundle that does not exist', { _trellis_bundle: '99999999-9999-4999-8999-999999999999' }],
    [
      'claim a price, a discount and a gift',
      { _price: '0.01', _discount: '100', _trellis_gift: 'yes', _trellis_source: 'gift' },
    ],
    ['are not what they should be', { _trellis_bundle: "'; DROP TABLE bundles; --", _trellis_source: '<script>' }],
  ])('change no amount where they %s', async (_what, properties) => {
    const total = async (items: readonly object[]): Promise<unknown> => {
      const browser = (await shopWithBundle()).browser();
      await browser.post('/cart/add.js', { items });
      const cart = await browser.json<{ total_price: number; total_discount: number }>('/cart.js');
      expect(await browser.html('/checkout')).not.toContain('<script>"');
      return [cart.total_price, cart.total_discount];
    };
    const whole = [{ id: 10 }, { id: 20 }, { id: 30 }];
    const alone = [{ id: 10 }, { id: 30 }];
    for (const items of [whole, alone])
      expect(await total(items.map((line) => ({ ...line, properties })))).toEqual(await total(items));
  });
});

describe('checkout', () => {
  it('charges the bundle price of the Function and writes the order with its allocations', async () => {
    const shop = await shopWithBundle();
    const browser = shop.browser();
    await browser.post('/cart/add.js', {
      items: [{ id: 10, properties: { _trellis_bundle: bundle.id } }, { id: 20 }, { id: 30 }],
      attributes: { _trellis_visitor: 'v1' },
    });
    expect(await browser.html('/checkout')).toContain('Tea time (−€2,00)');
    const paid = await browser.post('/checkout', new URLSearchParams(buyer));
    expect(paid.status).toBe(303);
    const order = [...shop.store.orders.values()][0];
    expect(order).toMatchObject({
      customerId: '71',
      subtotal: '32.00',
      totalDiscounts: '3.00',
      totalShipping: '4.90',
      total: '36.90',
      customAttributes: [{ key: '_trellis_visitor', value: 'v1' }],
      discountApplications: [{ title: 'Tea time', kind: 'AUTOMATIC', targetClass: 'PRODUCT' }],
    });
    const line = order?.lines.find((each) => each.productId === '1');
    expect(line).toMatchObject({
      price: '10.00',
      customAttributes: [{ key: '_trellis_bundle', value: bundle.id }],
      discountAllocations: [{ amount: '1.00', applicationIndex: 0 }],
    });
    expect(shop.store.variant('10')?.variant.inventoryQuantity).toBe(19);
    expect(await browser.html(paid.headers.get('location') ?? '')).toContain('Thank you, Anna!');
    expect((await browser.json<{ item_count: number }>('/cart.js')).item_count).toBe(0);
  });

  it('makes one order of a form that is sent twice', async () => {
    const shop = await shopWithBundle();
    const browser = shop.browser();
    await browser.post('/cart/add.js', { id: 30 });
    await Promise.all([
      browser.post('/checkout', new URLSearchParams(buyer)),
      browser.post('/checkout', new URLSearchParams(buyer)),
    ]);
    expect(shop.store.orders.size).toBe(1);
  });

  it('gives no discount for a property that a buyer wrote', async () => {
    const browser = (await shopWithBundle()).browser();
    await browser.post('/cart/add.js', { id: 10, properties: { _trellis_bundle: bundle.id, price: '0.01' } });
    expect((await browser.json<{ total_price: number }>('/cart.js')).total_price).toBe(1000);
  });

  it.each([
    ['combines', combining, { ...combining, productDiscounts: true }, 2430, ['TEN']],
    ['keeps the better where the code may not combine', { ...combining, orderDiscounts: false }, combining, 2700, []],
  ])('with a code: %s', async (_what, app, code, total, applied) => {
    const shop = await shopWithBundle();
    shop.store.put('discounts', discount('gid://shopify/DiscountAutomaticNode/900', { combinesWith: app }));
    shop.store.put(
      'discounts',
      discount('gid://shopify/DiscountCodeNode/901', {
        kind: 'code-basic',
        title: 'TEN',
        functionHandle: null,
        code: 'TEN',
        value: { percentage: 0.1 },
        discountClasses: ['ORDER'],
        combinesWith: code,
      }),
    );
    const browser = shop.browser();
    await browser.post('/cart/add.js', { items: [{ id: 10 }, { id: 20 }] });
    await browser.post('/discount', new URLSearchParams({ code: 'ten' }));
    const cart = await browser.json<{ total_price: number; discount_codes: { code: string; applicable: boolean }[] }>(
      '/cart.js',
    );
    expect(cart.total_price).toBe(total);
    expect(cart.discount_codes).toEqual([{ code: 'ten', applicable: applied.length > 0 }]);
  });

  it.each([
    ['a declined card', { card: '2' }],
    ['a missing name', { first_name: ' ' }],
    ['a bad e-mail', { email: 'nobody' }],
  ])('takes no order with %s', async (_what, wrong) => {
    const shop = await shopWithBundle();
    const browser = shop.browser();
    await browser.post('/cart/add.js', { id: 30 });
    expect((await browser.post('/checkout', new URLSearchParams({ ...buyer, ...wrong }))).status).toBe(422);
    expect(shop.store.orders.size).toBe(0);
  });

  it('takes no order for what was sold meanwhile', async () => {
    const shop = await shopWithBundle();
    const browser = shop.browser();
    await browser.post('/cart/add.js', { id: 30, quantity: 3 });
    const known = shop.store.products.get('3');
    if (!known) throw new Error('no product 3');
    shop.store.put('products', {
      ...known,
      variants: known.variants.map((variant) => ({ ...variant, inventoryQuantity: 2 })),
    });
    expect((await browser.post('/checkout', new URLSearchParams(buyer))).status).toBe(422);
    expect(shop.store.orders.size).toBe(0);
  });

  it('shows an old order to its owner only', async () => {
    const shop = await shopWithBundle();
    const old = shop.store.placeOrder({
      customerId: '71',
      email: 'anna@example.com',
      customAttributes: [],
      discountApplications: [],
      lines: [],
      subtotal: '0.00',
      totalDiscounts: '0.00',
      totalShipping: '0.00',
      totalTax: '0.00',
      total: '0.00',
    });
    shop.store.put('orders', { ...old, createdAt: at });
    const stranger = shop.browser();
    expect((await stranger.get(`/orders/${old.id}`)).status).toBe(404);
    await stranger.post('/account/login', new URLSearchParams({ email: 'anna@example.com' }));
    expect((await stranger.get(`/orders/${old.id}`)).status).toBe(200);
  });
});
