import { describe, expect, it } from 'vitest';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import { buy } from '#sandbox/woocommerce/checkout.ts';
import type { WooOrder, WooProduct, WooVariation } from '#sandbox/woocommerce/model.ts';
import { changePlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { openWooStore } from '#sandbox/woocommerce/store.ts';
import { publishedConfigs, unitsOf } from '#tests/conformance/carts/surfaces.ts';
import { type CartCase, cartCases } from '#tests/conformance/carts/table.ts';

const at = '2026-01-01T00:00:00Z';
const startStock = 1000;
/** This site sells in its own currency, without subscriptions and gift cards; its coupons are its own affair. */
const sellable = cartCases.filter(
  (each) =>
    each.currency === each.shopCurrency &&
    each.codes.length === 0 &&
    each.lines.length > 0 &&
    each.lines.every((line) => !line.sellingPlan && !line.giftCard),
);

const post = (id: number) => ({
  ...{ id, createdAt: at, updatedAt: at, metaData: [], sku: '', salePrice: '', description: '', menuOrder: 0 },
  ...{ manageStock: true, stockQuantity: startStock, backorders: 'no' as const, status: 'publish' as const },
});

/** A site that sells exactly what the case holds, with the case's offers published. */
function siteOf(cartCase: CartCase) {
  const sold = [...new Map(cartCase.lines.map((line) => [line.variantId, line])).values()];
  const variations = sold.map((line): WooVariation => ({
    ...post(Number(line.variantId)),
    parentId: Number(line.productId),
    regularPrice: formatDecimal(line.unitPriceMinor, cartCase.currency),
    attributes: [{ id: 0, name: 'Size', option: line.variantId }],
  }));
  const products = [...new Set(sold.map((line) => Number(line.productId)))].map((id): WooProduct => ({
    ...post(id),
    ...{ type: 'variable', name: `Product ${String(id)}`, slug: `product-${String(id)}`, shortDescription: '' },
    ...{ featured: false, categoryIds: [], tagIds: [], brandIds: [], upsellIds: [], crossSellIds: [], totalSales: 0 },
    ...{ regularPrice: '', manageStock: false, stockQuantity: null, picture: null },
    attributes: [],
    variationIds: variations.flatMap((each) => (each.parentId === id ? [each.id] : [])),
  }));
  const none = { categories: [], tags: [], brands: [], attributes: [], customers: [], orders: [], refunds: [] };
  const store = openWooStore({
    base: {
      site: {
        ...{ title: 'T', adminEmail: 'o@example.com', currency: cartCase.currency, timeZone: 'UTC', country: 'DE' },
        ...{ decimals: minorUnitDigits(cartCase.currency), tax: 'none', taxRate: 0 },
      },
      ...none,
      ...{ products, variations, coupons: [], nextId: 1_000_000 },
    },
    folder: null,
    clock: () => new Date(cartCase.now),
    extraProducts: 0,
  });
  changePlugin(store, {
    discount: { title: 'Bundles', configs: publishedConfigs(cartCase), combinesWith: { product: true } },
  });
  return store;
}

describe('the WooCommerce sandbox sells the same cart for the same money, and takes the same from the stock', () => {
  it.each(sellable.map((each) => [each.label, each] as const))('%s', (_label, cartCase) => {
    const store = siteOf(cartCase);
    const order = buy(store, {
      email: 'a@example.com',
      lines: cartCase.lines.map((line) => ({
        productId: Number(line.productId),
        variationId: Number(line.variantId),
        quantity: line.quantity,
      })),
    });
    const { bundleByLine, goalByLine } = cartCase.expected;
    expect(order.lines.map(({ total, totalTax }) => total + totalTax)).toEqual(
      cartCase.lines.map(
        ({ unitPriceMinor, quantity }, line) =>
          unitPriceMinor * quantity - (bundleByLine[line] ?? 0) - (goalByLine[line] ?? 0),
      ),
    );
    const taken = [...store.variations.values()].map(({ id, stockQuantity }) => [
      id,
      startStock - (stockQuantity ?? 0),
    ]);
    expect(Object.fromEntries(taken)).toEqual(unitsOf(cartCase));
    // The site's own price of a parcel: 4.90 for goods below 60.00, whatever currency that is.
    const goods = order.lines.reduce((sum, line) => sum + line.total + line.totalTax, 0);
    if (cartCase.shippingMinor !== 490 || goods >= 6000 || cartCase.currency !== 'EUR') return;
    expect(marksOf(order)).toHaveLength(cartCase.expected.freeShipping ? 1 : 0);
    expect(order.shippingLine?.total).toBe(cartCase.expected.freeShipping ? 0 : 490);
  });
});

const marksOf = (order: WooOrder) => order.metaData.filter(({ key }) => key === '_trellis_free_shipping');

describe('a coupon that may not stand beside free shipping', () => {
  const cartCase = cartCases.find(({ label }) => label === 'goals: free shipping');
  if (!cartCase) throw new Error('the table has no free shipping');
  const apart = { ...cartCase.rules, combinesWith: matrixOfRow({ product: false, order: false, shipping: false }) };
  const site = () => {
    const store = siteOf({ ...cartCase, rules: apart });
    const none = { productIds: [], excludedProductIds: [], productCategories: [], excludedProductCategories: [] };
    for (const [id, amount] of [
      [1, '4.00'],
      [2, '6.00'],
    ] as const)
      store.put('coupons', {
        ...{ id, code: `off${amount}`, status: 'publish', amount, discountType: 'fixed_cart', description: '' },
        ...{ expiresAt: null, usageCount: 0, usageLimit: null, usageLimitPerUser: null, limitUsageToXItems: null },
        ...{ individualUse: false, freeShipping: false, excludeSaleItems: false, minimumAmount: '', maximumAmount: '' },
        ...{ emailRestrictions: [], usedBy: [], metaData: [], createdAt: at, updatedAt: at, ...none },
      });
    return store;
  };
  it.each([
    ['smaller than the parcel', 'off4.00', 1, 0, []],
    ['larger', 'off6.00', 0, 490, ['off6.00']],
  ])('%s: only what stands is on the order', (_name, couponCode, marks, shipping, codes) => {
    const store = site();
    const lines = [{ productId: 1, variationId: Number(cartCase.lines[0]?.variantId), quantity: 1 }];
    const order = buy(store, { email: 'a@example.com', lines, couponCode });
    expect(marksOf(order)).toHaveLength(marks);
    expect(order.shippingLine?.total).toBe(shipping);
    const ours = order.couponLines.filter(({ code }) => code.startsWith('trellis:'));
    expect(ours).toHaveLength(marks);
    expect(order.couponLines.filter((one) => !ours.includes(one)).map(({ code }) => code)).toEqual(codes);
  });
});
