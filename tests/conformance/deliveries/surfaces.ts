import { priceOfBundle } from '#app/domains/deliveries/index.ts';
import { decodeDiscountConfigs, type FormedBundle } from '#app/domains/incentives/index.ts';
import { encodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import type { TransformInput } from '#extensions/cart-transform/src/input.ts';
import { publishedConfigs } from '#tests/conformance/carts/surfaces.ts';
import type { CartCase } from '#tests/conformance/carts/table.ts';
import type { DeliveryCase, DeliveryLine } from './table.ts';

/** Money and units by product, as an order would show them. */
export type Sales = Readonly<Record<string, { readonly revenue: number; readonly units: number }>>;

/** A variant that stands for a bundle: no case sells a product of such a number. */
export const parentOf = (bundleId: string): string => `9${String(bundleId.codePointAt(0) ?? 0)}`;

/** The case without its marks, as the other table's surfaces take it. */
export function toCartCase(each: DeliveryCase): CartCase {
  return {
    label: each.label,
    why: each.why,
    currency: each.currency,
    shopCurrency: each.shopCurrency,
    rate: each.rate,
    shippingMinor: 0,
    lines: each.lines,
    bundles: each.bundles,
    codes: [],
    rules: each.rules,
    now: '2026-11-20T12:00:00Z',
    expected: {
      bundleByLine: [],
      goalByLine: [],
      freeShipping: false,
      bundlesDropped: false,
      codeByLine: [],
      shippingDiscountMinor: 0,
      totalMinor: 0,
      search: 'exact',
    },
  };
}

/** Adds up lines by product. */
export function salesOf(lines: readonly { productId: string; quantity: number; minor: number }[]): Sales {
  const sales: Record<string, { revenue: number; units: number }> = {};
  for (const { productId, quantity, minor } of lines) {
    const known = sales[productId] ?? { revenue: 0, units: 0 };
    sales[productId] = { revenue: known.revenue + minor, units: known.units + quantity };
  }
  return sales;
}

/** What the case must come to, on every surface. */
export function expectedSales(each: DeliveryCase, native = false): Sales {
  const units = salesOf(each.lines.map((line) => ({ ...line, minor: 0 })));
  const revenue = native ? each.expected.nativeRevenue : each.expected.revenue;
  return Object.fromEntries(
    Object.entries(units).map(([id, { units: sold }]) => [id, { revenue: revenue[id] ?? 0, units: sold }]),
  );
}

/** A price in the shop's currency that the rate turns into the case's. */
export function shopPrice(each: DeliveryCase, presentmentMinor: number): number {
  const scale = 10 ** (minorUnitDigits(each.shopCurrency) - minorUnitDigits(each.currency));
  return Math.round((presentmentMinor / Number(each.rate)) * scale);
}

const presented = (each: DeliveryCase, shopMinor: number): number =>
  Math.round(
    shopMinor * Number(each.rate) * 10 ** (minorUnitDigits(each.currency) - minorUnitDigits(each.shopCurrency)),
  );

type Component = { productId: string; variantId: string; quantity: number; priceMinor: number };

/** The parts of a formed set, as its product would list them. */
export function componentsOf(each: DeliveryCase, bundle: FormedBundle): Component[] {
  const parts = new Map<string, Component>();
  for (const unit of bundle.units) {
    const line = each.lines.find((candidate) => candidate.id === unit.lineId);
    if (!line) continue;
    parts.set(line.variantId, {
      productId: line.productId,
      variantId: line.variantId,
      quantity: (parts.get(line.variantId)?.quantity ?? 0) + unit.quantity / bundle.count,
      priceMinor: shopPrice(each, line.unitPriceMinor),
    });
  }
  return [...parts.values()];
}

function toInput(each: DeliveryCase, lines: readonly DeliveryLine[], delivery: string): TransformInput {
  const shards = publishedConfigs(toCartCase(each));
  const shard = (index: number) => {
    const text = shards[index];
    return text === undefined ? null : { value: text };
  };
  return {
    cart: {
      lines: lines.map((line) => ({
        id: `gid://shopify/CartLine/${line.id}`,
        quantity: line.quantity,
        mark: line.mark === null ? null : { value: line.mark },
        cost: {
          each: {
            amount: formatDecimal(line.unitPriceMinor, each.currency),
            currencyCode: each.currency,
          },
        },
        plan: line.sellingPlan ? { __typename: 'SellingPlanAllocation' } : null,
        item: {
          id: `gid://shopify/ProductVariant/${line.variantId}`,
          product: { id: `gid://shopify/Product/${line.productId}`, gift: line.giftCard },
        },
      })),
    },
    cartTransform: {
      delivery: { value: delivery },
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    presentmentCurrencyRate: each.rate,
  };
}

/** The configuration in which every set of the case is merged, but those that stay discounts. */
export function mergeDelivery(each: DeliveryCase): string {
  const merged = each.bundles
    .filter((bundle) => bundle.kind === 'fixed' && !each.byDiscount.includes(bundle.id))
    .map((bundle) => ({
      bundleId: bundle.id,
      variantId: parentOf(bundle.id),
      imageUrl: `https://cdn.test/${bundle.id}.png`,
    }));
  return encodeDelivery({ merged, native: [] });
}

/** The case as Shopify would hand it to the cart transform, its bundles merged. */
export const mergeInput = (each: DeliveryCase): TransformInput => toInput(each, each.lines, mergeDelivery(each));

/** Formed sets that can be sold as a product. */
export const soldAsProduct = (each: DeliveryCase, bundles: readonly FormedBundle[]): FormedBundle[] =>
  bundles.filter(
    (bundle) =>
      each.bundles.some(({ id, kind }) => id === bundle.offerId && kind === 'fixed') &&
      !each.byDiscount.includes(bundle.offerId),
  );

/** The same purchase with each formed set as its product: the cart's lines, and what is published of the products. */
export function asProducts(
  each: DeliveryCase,
  formed: readonly FormedBundle[],
): { lines: DeliveryLine[]; delivery: string } {
  const config = decodeDiscountConfigs(publishedConfigs(toCartCase(each)));
  const left = new Map(each.lines.map((line) => [line.id, line.quantity]));
  const lines: DeliveryLine[] = [];
  const native = soldAsProduct(each, formed).map((bundle) => {
    const components = componentsOf(each, bundle);
    const offer = each.bundles.find(({ id }) => id === bundle.offerId);
    if (!offer || !config) throw new Error('the case has lost a bundle');
    for (const unit of bundle.units) left.set(unit.lineId, (left.get(unit.lineId) ?? 0) - unit.quantity);
    const { priceMinor } = priceOfBundle(offer, components, config.rules, config.costOf, each.shopCurrency);
    const variantId = parentOf(bundle.offerId);
    lines.push({
      id: `P${variantId}`,
      productId: variantId,
      variantId,
      quantity: bundle.count,
      unitPriceMinor: presented(each, priceMinor),
      unitCostMinor: null,
      giftCard: false,
      sellingPlan: false,
      mark: null,
    });
    return { bundleId: bundle.offerId, variantId, title: bundle.title, components };
  });
  for (const line of each.lines) {
    const quantity = left.get(line.id) ?? 0;
    if (quantity > 0) lines.push({ ...line, quantity });
  }
  return { lines, delivery: encodeDelivery({ merged: [], native }) };
}

/** The case as Shopify would hand it to the cart transform when its sets were bought as products. */
export function nativeInput(each: DeliveryCase, formed: readonly FormedBundle[]): TransformInput {
  const { lines, delivery } = asProducts(each, formed);
  return toInput(each, lines, delivery);
}
