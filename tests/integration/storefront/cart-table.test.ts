import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatDecimal } from '#app/shared/money.ts';
import type { DiscountFunctionFiles } from '#sandbox/shopify/storefront/deps.ts';
import { openStore } from '#sandbox/shopify/store.ts';
import { priceCart } from '#sandbox/shopify/storefront/cart/priced-cart.ts';
import { createOfferSource } from '#sandbox/shopify/storefront/checkout/offers.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { orderDraft } from '#sandbox/shopify/storefront/checkout/totals.ts';
import { publishedConfigs, unitsOf } from '#tests/conformance/carts/surfaces.ts';
import { type CartCase, cartCases } from '#tests/conformance/carts/table.ts';
import { extensionsFolder, product } from './fixture.ts';

const at = '2026-01-01T00:00:00.000Z';
const startStock = 1000;
/** The sandbox sells in the shop's currency and has no selling plans yet; a variant has one price. */
const sellable = cartCases.filter(
  (each) => each.currency === each.shopCurrency && each.lines.every((line) => !line.sellingPlan),
);

/** A store that sells exactly what the case holds, with the case's offers published. */
function storeOf(cartCase: CartCase) {
  const flags = (combines: { product: boolean; order: boolean; shipping: boolean }) => ({
    productDiscounts: combines.product,
    orderDiscounts: combines.order,
    shippingDiscounts: combines.shipping,
  });
  const ids = [...new Set(cartCase.lines.map((line) => line.productId))];
  const store = openStore({
    base: {
      shop: {
        id: '60123456',
        domain: 'table.myshopify.com',
        name: 'T',
        email: 'o@example.com',
        currency: cartCase.currency,
        timeZone: 'UTC',
        planName: 'basic',
      },
      products: ids.map((id) => {
        const lines = cartCase.lines.filter((line) => line.productId === id);
        const variants = [...new Map(lines.map((line) => [line.variantId, line])).values()];
        return product(Number(id), '0', {
          isGiftCard: lines.some((line) => line.giftCard),
          variants: variants.map((line) => ({
            id: line.variantId,
            price: formatDecimal(line.unitPriceMinor, cartCase.currency),
            inventoryQuantity: startStock,
          })),
        });
      }),
      collections: [],
      customers: [],
      orders: [],
      refunds: [],
    },
    folder: null,
    clock: () => new Date(cartCase.now),
  });
  store.setInstallation({ id: '501', apiKey: 'key', scopes: [], installedAt: at });
  const configs = publishedConfigs(cartCase);
  const common = { startsAt: at, endsAt: null, createdAt: at, updatedAt: at };
  for (const name of configs.length > 0 ? (['product', 'order', 'shipping'] as const) : []) {
    const node = `gid://shopify/DiscountAutomaticNode/${name}`;
    store.put('discounts', {
      id: node,
      kind: 'automatic-app',
      title: `Bundles: ${name}`,
      functionHandle: 'bundle-discount',
      code: null,
      value: null,
      discountClasses: [name.toUpperCase() as 'PRODUCT' | 'ORDER' | 'SHIPPING'],
      combinesWith: flags(cartCase.rules.combinesWith[name]),
      ...common,
    });
    configs.forEach((value, index) => {
      store.put('metafields', {
        id: store.nextId(),
        ownerId: node,
        namespace: store.appNamespace(),
        key: index === 0 ? 'config' : `config-${String(index + 1)}`,
        type: 'json',
        value,
        updatedAt: at,
      });
    });
  }
  for (const [index, code] of cartCase.codes.entries()) {
    store.put('discounts', {
      id: `gid://shopify/DiscountCodeNode/${String(index)}`,
      kind: 'code-basic',
      title: code.code,
      functionHandle: null,
      code: code.code,
      value:
        code.value.type === 'percentage'
          ? { percentage: code.value.basisPoints / 10_000 }
          : { amount: formatDecimal(code.value.minor, cartCase.currency) },
      discountClasses: [code.class.toUpperCase() as 'PRODUCT' | 'ORDER' | 'SHIPPING'],
      combinesWith: flags(code.combinesWith),
      ...common,
    });
  }
  return store;
}

describe('the sandbox checkout prices the same cart as every other surface, and takes the same from the stock', () => {
  let files: DiscountFunctionFiles = { source: new Uint8Array(), inputQuery: '', deliveryQuery: '' };
  beforeAll(async () => {
    const query = (name: string) => readFile(join(extensionsFolder, `bundle-discount/src/${name}.graphql`), 'utf8');
    files = {
      source: await bundleDiscountFunction(),
      inputQuery: await query('cart-lines-discounts-generate-run'),
      deliveryQuery: await query('cart-delivery-options-discounts-generate-run'),
    };
  });

  it.each(sellable.map((each) => [each.label, each] as const))('%s', async (_label, cartCase) => {
    const store = storeOf(cartCase);
    const offersFor = createOfferSource({
      store,
      appUrl: '',
      apiKey: '',
      apiSecret: '',
      extensionsFolder,
      loadDiscountFunction: () => Promise.resolve(files),
    });
    const cart = {
      token: 't',
      attributes: {},
      events: [],
      codes: cartCase.codes.map((code) => code.code),
      lines: cartCase.lines.map((line) => ({
        key: line.id,
        variantId: line.variantId,
        quantity: line.quantity,
        properties: {},
      })),
    };
    const priced = await priceCart(store, cart, offersFor);
    const byLine = priced.lines.map((line) =>
      [...line.allocations, ...line.orderAllocations].reduce((sum, each) => sum + each.amount, 0),
    );
    const { expected } = cartCase;
    expect(priced.problems).toEqual([]);
    expect(byLine).toEqual(
      expected.codeByLine.map(
        (code, index) =>
          code +
          (expected.goalByLine[index] ?? 0) +
          (expected.bundlesDropped ? 0 : (expected.bundleByLine[index] ?? 0)),
      ),
    );
    expect(priced.subtotal + cartCase.shippingMinor * (1 - (priced.shippingDiscount?.percentage ?? 0) / 100)).toBe(
      expected.totalMinor,
    );

    store.placeOrder(orderDraft(priced, { customerId: null, email: 'a@example.com' }, () => store.nextId()));
    const taken = [...store.products.values()].flatMap(({ variants }) =>
      variants.map(({ id, inventoryQuantity }) => [id, startStock - inventoryQuantity]),
    );
    expect(Object.fromEntries(taken)).toEqual(unitsOf(cartCase));
  });
});
