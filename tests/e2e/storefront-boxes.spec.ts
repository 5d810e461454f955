import { serve } from '@hono/node-server';
import { createTestStorefront, product } from '#tests/integration/storefront/fixture.ts';
import { expect, test } from './setup/test.ts';

const anyThree = {
  id: '22222222-2222-4222-8222-222222222222',
  title: 'Any three',
  kind: 'mix-and-match',
  pickCount: 3,
  discount: { type: 'percentage', basisPoints: 1000 },
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  items: ['1', '2'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
};

test('a mix is picked with its buttons alone, and they stop where it is full', async ({ page }) => {
  const shop = await createTestStorefront([product(1, '10.00'), product(2, '20.00')], { currency: 'EUR' });
  for (const id of ['1', '2']) shop.publish(id, { bundles: [anyThree], bundleProducts: ['1', '2'] });
  await page.route('**/apps/trellis/**', (route) => route.fulfill({ json: { suggestions: [] } }));
  const { origin, close } = await new Promise<{ origin: string; close: () => void }>((resolve) => {
    const server = serve({ fetch: (request) => shop.fetch(request), hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ origin: `http://127.0.0.1:${String(port)}`, close: () => server.close() }),
    );
  });
  await page.goto(`${origin}/products/product-1`);
  const set = page.locator('.trellis-set');
  const more = (name: string) => set.getByRole('button', { name: `One more: ${name}` });
  const add = set.locator('[data-submit]');
  await set.scrollIntoViewIfNeeded();
  await more('Product 1').click();
  await more('Product 2').click();
  await expect(add).toBeDisabled();
  await more('Product 2').click();
  await expect(set.locator('[data-price-after]')).toHaveText('€45,00');
  for (const name of ['Product 1', 'Product 2']) await expect(more(name)).toBeDisabled();
  await set.getByRole('button', { name: 'One less: Product 1' }).click();
  await expect(add).toBeDisabled();
  await more('Product 2').click();
  await add.click();
  await expect
    .poll(async () => (await (await page.request.get(`${origin}/cart.js`)).json()) as unknown)
    .toMatchObject({ items: [{ quantity: 3, variant_id: 20 }] });
  close();
});
