import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coerceInputValue, type GraphQLInputType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDecimal } from '#app/shared/money.ts';
import { type BareEngine, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { loadCartTransform, type TransformEngine } from '#extensions/cart-transform/bare-engine.ts';
import { cartTransformFunction } from '#extensions/cart-transform/build.ts';
import type { TransformInput } from '#extensions/cart-transform/src/input.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';
import type { AdminStore } from '#sandbox/shopify/admin-store.ts';
import type { DiscountFunctionFiles } from '#sandbox/shopify/storefront/deps.ts';
import { priceCart } from '#sandbox/shopify/storefront/cart/priced-cart.ts';
import { createOfferSource } from '#sandbox/shopify/storefront/checkout/offers.ts';
import { orderDraft } from '#sandbox/shopify/storefront/checkout/totals.ts';
import { applyOperations } from '#sandbox/shopify/storefront/transform/apply-operations.ts';
import { createTransformSource } from '#sandbox/shopify/storefront/transform/source.ts';
import { discountsByLine, priceOnServer, toFunctionInput } from './carts/surfaces.ts';
import { startStock, storeOf } from './deliveries/store.ts';
import {
  asProducts,
  expectedSales,
  mergeDelivery,
  mergeInput,
  nativeInput,
  type Sales,
  salesOf,
  soldAsProduct,
  toCartCase,
} from './deliveries/surfaces.ts';
import { type DeliveryCase, deliveryCases, type DeliveryLine } from './deliveries/table.ts';

const extensionsFolder = join(import.meta.dirname, '../../extensions');
const table = deliveryCases.map((each) => [each.label, each] as const);
/** The sandbox sells in the shop's currency and has no selling plans. */
const sellable = table.filter(
  ([, each]) => each.currency === each.shopCurrency && each.lines.every((line) => !line.sellingPlan),
);
const revenueOf = (sales: Sales): number => Object.values(sales).reduce((sum, { revenue }) => sum + revenue, 0);
const formedIn = (each: DeliveryCase) => priceOnServer(toCartCase(each)).bundles;

describe('a bundle comes to the same money and stock, however it reaches the checkout', () => {
  let transform: TransformEngine;
  let discount: BareEngine;
  let discountFiles: DiscountFunctionFiles = { source: new Uint8Array(), inputQuery: '', deliveryQuery: null };
  beforeAll(async () => {
    transform = loadCartTransform(await cartTransformFunction());
    const source = await bundleDiscountFunction();
    discount = loadDiscountFunction(source);
    const query = join(extensionsFolder, 'bundle-discount/src/cart-lines-discounts-generate-run.graphql');
    discountFiles = { source, inputQuery: await readFile(query, 'utf8'), deliveryQuery: null };
  });

  it('names each case once', () => {
    expect(new Set(table.map(([label]) => label)).size).toBe(table.length);
  });

  it.each(table)('rules on the server: %s', (_label, each) => {
    const pricing = priceOnServer(toCartCase(each));
    expect(pricing.search).toBe('exact');
    expect(pricing.totalMinor).toBe(each.expected.totalMinor);
    const lines = each.lines.map((line, index) => ({ ...line, minor: pricing.lines[index]?.totalMinor ?? 0 }));
    expect(salesOf(lines)).toEqual(expectedSales(each));
  });

  it.each(table)('discount Function: %s', (_label, each) => {
    const off = discountsByLine(toCartCase(each), discount.run(toFunctionInput(toCartCase(each))).result);
    const sales = salesOf(
      each.lines.map((line, index) => ({ ...line, minor: line.unitPriceMinor * line.quantity - (off[index] ?? 0) })),
    );
    expect(sales).toEqual(expectedSales(each));
  });

  /** What the cart comes to after both Functions, as Shopify runs them: the transform, then the discount. */
  function throughBoth(
    each: DeliveryCase,
    lines: readonly DeliveryLine[],
    input: TransformInput,
    store: AdminStore,
  ): Sales {
    const { result } = transform.run(input);
    const type = readSchema('functions_cart_transform').schema.getType('CartTransformRunResult') as GraphQLInputType;
    coerceInputValue(result, type, (_path, _value, error) => {
      throw error;
    });
    const own = lines.map((line) => {
      const found = store.variant(line.variantId);
      if (!found) throw new Error('the store has lost a variant');
      const { quantity, unitPriceMinor: unitPrice } = line;
      return { ...found, id: `gid://shopify/CartLine/${line.id}`, quantity, unitPrice, properties: {} };
    });
    const after = applyOperations(result, own, store);
    const left = after.map((line): DeliveryLine => {
      const before = lines.find((candidate) => `gid://shopify/CartLine/${candidate.id}` === line.id);
      return {
        id: line.id.slice('gid://shopify/CartLine/'.length),
        productId: line.product.id,
        variantId: line.variant.id,
        quantity: line.quantity,
        unitPriceMinor: line.unitPrice,
        unitCostMinor: before?.unitCostMinor ?? null,
        giftCard: line.product.isGiftCard,
        sellingPlan: before?.sellingPlan ?? false,
        mark: null,
      };
    });
    const rest = { ...toCartCase(each), lines: left };
    // The configuration is that of the whole case: costs of lines that were merged away are in it, too.
    const priced = toFunctionInput({ ...toCartCase(each), lines: each.lines });
    const off = discountsByLine(rest, discount.run({ ...toFunctionInput(rest), discount: priced.discount }).result);
    // A bundle's line is seen by the discount as a product that it does not know.
    after.forEach((line, index) => {
      if (line.parts !== null) expect(off[index]).toBe(0);
    });
    return salesOf(
      after.flatMap((line, index) =>
        line.parts === null
          ? [
              {
                productId: line.product.id,
                quantity: line.quantity,
                minor: line.unitPrice * line.quantity - (off[index] ?? 0),
              },
            ]
          : line.parts.map((part) => ({ productId: part.product.id, quantity: part.quantity, minor: part.amount })),
      ),
    );
  }

  it.each(table)('cart transform, merged: %s', (_label, each) => {
    const input = mergeInput(each);
    expect(transform.run(input).result.operations).toHaveLength(each.expected.merged);
    const store = storeOf(each, formedIn(each), mergeDelivery(each));
    expect(throughBoth(each, each.lines, input, store)).toEqual(expectedSales(each));
  });

  it.each(table)('cart transform, sold as a product: %s', (_label, each) => {
    const formed = formedIn(each);
    const { lines, delivery } = asProducts(each, formed);
    expect(transform.run(nativeInput(each, formed)).result.operations).toHaveLength(soldAsProduct(each, formed).length);
    const sales = throughBoth(each, lines, nativeInput(each, formed), storeOf(each, formed, delivery));
    expect(revenueOf(sales)).toBe(each.expected.totalMinor);
    expect(sales).toEqual(expectedSales(each, true));
  });

  /** Buys the lines at the sandbox's checkout: the order's money by product, and what left the stock. */
  async function atCheckout(lines: readonly DeliveryLine[], store: AdminStore) {
    const deps = { store, extensionsFolder };
    const offersFor = createOfferSource({
      ...deps,
      appUrl: '',
      apiKey: '',
      apiSecret: '',
      loadDiscountFunction: () => Promise.resolve(discountFiles),
    });
    const cart = {
      token: 't',
      attributes: {},
      events: [],
      codes: [],
      lines: lines.map((line) => ({
        key: line.id,
        variantId: line.variantId,
        quantity: line.quantity,
        properties: line.mark === null ? {} : { _trellis_bundle: line.mark },
      })),
    };
    const priced = await priceCart(store, cart, offersFor, createTransformSource(deps));
    expect(priced.problems).toEqual([]);
    const order = store.placeOrder(
      orderDraft(priced, { customerId: null, email: 'a@example.com' }, () => store.nextId()),
    );
    const { currency } = store.shop;
    const sales = salesOf(
      order.lines.map((line) => ({
        productId: line.productId ?? '',
        quantity: line.quantity,
        minor:
          parseDecimal(line.price, currency) * line.quantity -
          line.discountAllocations.reduce((sum, { amount }) => sum + parseDecimal(amount, currency), 0),
      })),
    );
    const stock = Object.fromEntries(
      Object.keys(sales).map((id) => [
        id,
        (store.products.get(id)?.variants ?? []).reduce((sum, each) => sum + startStock - each.inventoryQuantity, 0),
      ]),
    );
    return { sales, stock };
  }
  const unitsOf = (sales: Sales) => Object.fromEntries(Object.entries(sales).map(([id, { units }]) => [id, units]));

  it.each(sellable)('sandbox checkout, by discount: %s', async (_label, each) => {
    const { sales, stock } = await atCheckout(each.lines, storeOf(each, formedIn(each), null));
    expect(sales).toEqual(expectedSales(each));
    expect(stock).toEqual(unitsOf(expectedSales(each)));
  });

  it.each(sellable)('sandbox checkout, merged: %s', async (_label, each) => {
    const { sales, stock } = await atCheckout(each.lines, storeOf(each, formedIn(each), mergeDelivery(each)));
    expect(sales).toEqual(expectedSales(each));
    expect(stock).toEqual(unitsOf(expectedSales(each)));
  });

  it.each(sellable)('sandbox checkout, sold as a product: %s', async (_label, each) => {
    const formed = formedIn(each);
    const { lines, delivery } = asProducts(each, formed);
    const prices = new Map(lines.map((line) => [line.variantId, line.unitPriceMinor]));
    const { sales, stock } = await atCheckout(lines, storeOf(each, formed, delivery, prices));
    expect(sales).toEqual(expectedSales(each, true));
    expect(stock).toEqual(unitsOf(expectedSales(each)));
    // Without our transform Shopify takes the product apart: the same total, and the same units.
    if (soldAsProduct(each, formed).length > 0) {
      const alone = await atCheckout(lines, storeOf(each, formed, null, prices));
      expect(revenueOf(alone.sales)).toBe(each.expected.totalMinor);
      expect(alone.stock).toEqual(unitsOf(expectedSales(each)));
    }
  });
});
