import { createTestStorefront, product, type TestStorefront } from './fixture.ts';

export const base = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'An <offer>',
  currency: 'EUR',
  startsAt: null as string | null,
  endsAt: null as string | null,
};
export const item = (productId: string, role = 'part', variantId: string | null = null) => ({
  productId,
  variantId,
  quantity: 1,
  role,
});
export const percent = (basisPoints: number) => ({ type: 'percentage', basisPoints });

export const products = [
  product(1, '9.00', { variants: [{ title: 'White' }, { title: 'Blue', price: '11.00' }] }),
  product(2, '20.00'),
  product(3, '30.00'),
  product(4, '4.00', { variants: [{ inventoryQuantity: 0 }] }),
];

/** A storefront whose first product has this offer. */
export async function shopWith(offer: object, currency = 'EUR'): Promise<TestStorefront> {
  const shop = await createTestStorefront(products, { currency });
  shop.publish('1', { bundles: [{ ...base, ...offer }], bundleProducts: ['1', '2', '3', '4'] });
  return shop;
}
/** That product’s page. */
export async function pageWith(offer: object, currency = 'EUR'): Promise<string> {
  return (await shopWith(offer, currency)).browser().html('/products/product-1');
}
