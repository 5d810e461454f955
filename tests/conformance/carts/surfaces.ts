import {
  type Cart,
  dormantReason,
  encodeDiscountConfigs,
  priceCart,
  type ProductCosts,
} from '#app/domains/incentives/index.ts';
import { formatDecimal, parseDecimal, splitByWeights } from '#app/shared/money.ts';
import type { DeliveryInput, FunctionInput, FunctionResult } from '#extensions/bundle-discount/src/input.ts';
import type { CartCase } from './table.ts';

export function toCart({ currency, shopCurrency, rate, shippingMinor, lines }: CartCase): Cart {
  return { currency, shopCurrency, rate, shippingMinor, lines };
}

/** What leaves the stock with the case's cart, by variant: gifts and free units are units like any other. */
export function unitsOf({ lines }: CartCase): Record<string, number> {
  const units: Record<string, number> = {};
  for (const { variantId, quantity } of lines) units[variantId] = (units[variantId] ?? 0) + quantity;
  return units;
}

/** The case as the server prices it. */
export function priceOnServer(cartCase: CartCase) {
  return priceCart(
    toCart(cartCase),
    { bundles: cartCase.bundles, codes: cartCase.codes },
    cartCase.rules,
    new Date(cartCase.now),
  );
}

/** Unit costs of the lines, as the catalog would hold them. */
export function costsOf(cartCase: CartCase): ProductCosts[] {
  const products = new Map<string, Map<string, number | null>>();
  for (const line of cartCase.lines) {
    const variants = products.get(line.productId) ?? new Map<string, number | null>();
    products.set(line.productId, variants.set(line.variantId, line.unitCostMinor));
  }
  return [...products].map(([productId, variants]) => ({
    productId,
    variants: [...variants].map(([id, costMinor]) => ({ id, costMinor })),
  }));
}

/** What is published for the case at its time: the shards of the bundles that are live then. */
export function publishedConfigs(cartCase: CartCase): string[] {
  const live = cartCase.bundles.filter((bundle) => dormantReason(bundle, new Date(cartCase.now)) === null);
  const encoded = encodeDiscountConfigs(live, costsOf(cartCase), cartCase.rules, cartCase.shopCurrency);
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
}

/** The case as Shopify would hand it to the Function. */
export function toFunctionInput(cartCase: CartCase): FunctionInput {
  const shards = publishedConfigs(cartCase);
  const shard = (index: number) => {
    const text = shards[index];
    return text === undefined ? null : { value: text };
  };
  return {
    cart: {
      cost: { subtotalAmount: { currencyCode: cartCase.currency } },
      lines: cartCase.lines.map((line) => ({
        id: `gid://shopify/CartLine/${line.id}`,
        quantity: line.quantity,
        cost: { each: { amount: formatDecimal(line.unitPriceMinor, cartCase.currency) } },
        plan: line.sellingPlan ? { __typename: 'SellingPlanAllocation' } : null,
        item: {
          id: `gid://shopify/ProductVariant/${line.variantId}`,
          product: { id: `gid://shopify/Product/${line.productId}`, gift: line.giftCard },
        },
      })),
    },
    discount: {
      discountClasses: ['PRODUCT', 'ORDER', 'SHIPPING'],
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    codes: cartCase.codes.map(({ code }) => ({ code })),
    presentmentCurrencyRate: cartCase.rate,
  };
}

/** What Shopify knows when it asks both targets. */
export type InputOfBoth = FunctionInput & DeliveryInput;

/** As the delivery target is asked: it asks for no ids of lines. */
export function asDeliveryInput(input: InputOfBoth): DeliveryInput {
  const lines = input.cart.lines.map(({ quantity, cost, plan, item }) => ({ quantity, cost, plan, item }));
  return { ...input, cart: { ...input.cart, lines } };
}

/** The case as Shopify would hand it to both targets; everything is delivered together, in one way. */
export function toInputOfBoth(cartCase: CartCase): InputOfBoth {
  const input = toFunctionInput(cartCase);
  const amount = formatDecimal(cartCase.shippingMinor, cartCase.currency);
  const deliveryGroups = [{ deliveryOptions: [{ handle: 'parcel', cost: { amount } }] }];
  return { ...input, cart: { ...input.cart, deliveryGroups } };
}

/** The Function's answer as a product discount for each line of the case, minor units. */
export function discountsByLine(cartCase: CartCase, result: FunctionResult): number[] {
  const byLine = new Map<string, number>();
  for (const operation of result.operations) {
    if (!('productDiscountsAdd' in operation)) continue;
    for (const { targets, value } of operation.productDiscountsAdd.candidates) {
      const { id } = targets[0].cartLine;
      byLine.set(id, (byLine.get(id) ?? 0) + parseDecimal(value.fixedAmount.amount, cartCase.currency));
    }
  }
  return cartCase.lines.map((line) => byLine.get(`gid://shopify/CartLine/${line.id}`) ?? 0);
}

/** The Function's order discount, split over the lines as the platform does: by what they cost after product discounts. */
export function goalsByLine(cartCase: CartCase, result: FunctionResult): number[] {
  const off = discountsByLine(cartCase, result);
  for (const operation of result.operations) {
    if (!('orderDiscountsAdd' in operation)) continue;
    const [{ targets, value }] = operation.orderDiscountsAdd.candidates;
    const { excludedCartLineIds } = targets[0].orderSubtotal;
    const left = cartCase.lines.map((line, index) =>
      excludedCartLineIds.includes(`gid://shopify/CartLine/${line.id}`)
        ? 0
        : line.unitPriceMinor * line.quantity - (off[index] ?? 0),
    );
    return splitByWeights(parseDecimal(value.fixedAmount.amount, cartCase.currency), left);
  }
  return cartCase.lines.map(() => 0);
}
