import { describe, expect, it } from 'vitest';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { createTestStorefront, product, type TestStorefront } from './fixture.ts';

const set = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'A set',
  kind: 'fixed',
  pickCount: 0,
  discount: { type: 'amount', minor: 400 },
  currency: 'EUR',
  startsAt: null,
  endsAt: null,
  items: [
    { productId: '1', variantId: null, quantity: 2 },
    { productId: '2', variantId: null, quantity: 1 },
  ],
};
const components = [
  { variantId: '10', quantity: 2 },
  { variantId: '20', quantity: 1 },
];

/** The set is a product of the store, which costs 34 instead of 38 EUR. */
async function shopWith(
  more: Partial<Omit<SandboxProduct, 'variants'>> = {},
  currency = 'EUR',
): Promise<TestStorefront> {
  const sold = product(9, '34.00', { ...more, variants: [{ tracked: false, components }] });
  const shop = await createTestStorefront([product(1, '9.00'), product(2, '20.00'), sold], { currency });
  shop.publish('1', {
    bundles: [{ ...set, sold: { productId: '9', variantId: '90' } }],
    bundleProducts: ['9', '1', '2'],
  });
  return shop;
}

/** Names and values of the block's hidden fields. */
function fieldsOf(html: string): Record<string, string> {
  const form = /data-kind="fixed"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
}
const priceIn = (html: string): string | undefined => /data-price-after>([^<]*)</.exec(html)?.[1];

interface CartJson {
  readonly total_price: number;
  readonly items: readonly { readonly variant_id: number; readonly quantity: number }[];
}

describe('a set that the store sells as a product', () => {
  it('puts that product into the cart, at the price that the block says', async () => {
    const browser = (await shopWith()).browser();
    const html = await browser.html('/products/product-1');
    expect(priceIn(html)).toBe('€34,00');
    expect(html).toMatch(/data-price-before>€38,00</);
    const fields = fieldsOf(html);
    expect(fields).toMatchObject({ id: '90', 'properties[_trellis_bundle]': set.id });
    expect(Object.keys(fields).filter((name) => name.startsWith('items['))).toEqual([]);
    await browser.post('/cart/add', new URLSearchParams(fields));
    const cart = await browser.json<CartJson>('/cart.js');
    expect(cart).toMatchObject({ total_price: 3400, items: [{ variant_id: 90, quantity: 1 }] });
  });

  it('knows its price in a currency in which the saving alone could not be said', async () => {
    expect(priceIn(await (await shopWith({}, 'USD')).browser().html('/products/product-1'))).toBe('$34.00');
  });

  it.each([
    ['is not in the online store', { publishedAt: null }],
    ['was taken off sale', { status: 'DRAFT' as const }],
  ])('puts the parts into the cart where the product %s', async (_why, more) => {
    const browser = (await shopWith(more)).browser();
    const html = await browser.html('/products/product-1');
    expect(fieldsOf(html)).toMatchObject({ 'items[0][id]': '10', 'items[0][quantity]': '2', 'items[1][id]': '20' });
    expect(fieldsOf(html)).not.toHaveProperty('id');
    expect(priceIn(html)).toBe('€34,00');
  });
});

describe('offers with more products than a page shows', () => {
  const item = (productId: string, role: string) => ({ productId, variantId: null, quantity: 1, role });
  const terms = { buyUnits: 1, getUnits: 1, value: { type: 'percentage', basisPoints: 5000 }, timesPerOrder: 1 };

  it('say how many more there are', async () => {
    const shop = await createTestStorefront([1, 2, 3, 4, 5, 6, 7].map((number) => product(number, '9.00')));
    const items = [item('1', 'buy'), ...['2', '3', '4', '5', '6', '7'].map((id) => item(id, 'get'))];
    shop.publish('1', {
      bundles: [{ ...set, kind: 'buy-x-get-y', items, terms, more: 28 }],
      bundleProducts: ['1', '2', '3', '4', '5', '6', '7'],
    });
    const html = await shop.browser().html('/products/product-1');
    expect(html.match(/type="radio"/g)).toHaveLength(4);
    expect(html).toContain('30 more products count for this offer.');
  });
});
