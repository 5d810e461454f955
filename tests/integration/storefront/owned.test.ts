import { expect, it } from 'vitest';
import type { SandboxOrder } from '#sandbox/shopify/model.ts';
import { createTestStorefront, product } from './fixture.ts';

const order = (id: string, productId: string, totalRefunded = '0.00'): SandboxOrder => ({
  id,
  name: `#${id}`,
  customerId: '71',
  email: 'anna@example.com',
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  cancelledAt: null,
  currency: 'EUR',
  test: false,
  customAttributes: [],
  discountApplications: [],
  lines: [
    {
      id: `${id}1`,
      productId,
      variantId: `${productId}0`,
      title: 'It',
      sku: '',
      quantity: 1,
      refundedQuantity: 0,
      price: '1.00',
      customAttributes: [],
      discountAllocations: [],
    },
  ],
  subtotal: '1.00',
  totalDiscounts: '0.00',
  totalShipping: '0.00',
  totalTax: '0.00',
  total: '1.00',
  totalRefunded,
});

it('a printed list leaves out what the customer has, who is logged in; guests and others see all of it', async () => {
  const shop = await createTestStorefront([1, 2, 3, 4, 5].map((number) => product(number, '9.00')));
  shop.publish('1', { together: ['2', '3', '4', '5'] });
  for (const [id, again] of [
    ['2', { days: 0, lasts: true }],
    ['3', { days: 0, lasts: false }],
  ] as const)
    shop.metafield(`gid://shopify/Product/${id}`, 'again', 'json', again);
  shop.metafield('gid://shopify/AppInstallation/501', 'popular', 'list.product_reference', [
    'gid://shopify/Product/2',
    'gid://shopify/Product/4',
  ]);
  shop.store.put('orders', order('901', '2'));
  shop.store.put('orders', order('902', '3'));
  const anna = shop.browser();
  await anna.post('/account/login', new URLSearchParams({ email: 'anna@example.com' }));
  const guest = shop.browser();
  const shown = async (who: typeof anna, path: string, block: string) => {
    const part = (await who.html(path)).split(`data-trellis="${block}"`)[1]?.split('</section>')[0] ?? '';
    return [...part.matchAll(/data-trellis-product="(\d+)"/g)].map(([, id]) => id);
  };
  // Three are shown: what makes way is followed by the next, and the list stays as long.
  expect(await shown(guest, '/products/product-1', 'together')).toEqual(['2', '3', '4']);
  expect(await shown(anna, '/products/product-1', 'together')).toEqual(['3', '4', '5']);
  for (const who of [anna, guest]) await who.post('/cart/add', { id: 10, quantity: 1 });
  expect(await shown(guest, '/cart', 'cart')).toEqual(['2', '4']);
  expect(await shown(anna, '/cart', 'cart')).toEqual(['4']);

  // A part of the money says nothing of the product; all of it means that it went back.
  shop.store.put('orders', order('901', '2', '0.40'));
  expect(await shown(anna, '/products/product-1', 'together')).toEqual(['3', '4', '5']);
  shop.store.put('orders', order('901', '2', '1.00'));
  expect(await shown(anna, '/products/product-1', 'together')).toEqual(['2', '3', '4']);
});
