import {
  type BundleFormation,
  type Cart,
  type CartLine,
  countUnknown,
  decodeDiscountConfigs,
  type DiscountConfig,
  formBundles,
  offersFor,
  reserveBeside,
  reserveInCart,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { DeliveryInput, FunctionInput, NamelessLine } from './input.ts';

/** What a cart earns by the published configuration. */
export interface Earned {
  readonly cart: Cart;
  readonly config: DiscountConfig;
  readonly formation: BundleFormation;
}

/** Null where no configuration can be read. */
export function readEarned(input: FunctionInput | DeliveryInput): Earned | null {
  const { discount, cart, codes, presentmentCurrencyRate } = input;
  const shards: unknown[] = [];
  const { config1, config2, config3, config4, config5, config6 } = discount;
  for (const metafield of [config1, config2, config3, config4, config5, config6])
    if (metafield) shards.push(metafield.value);
  const config = decodeDiscountConfigs(shards);
  if (!config) return null;
  const { bundles, priceTests, rules, shopCurrency } = config;
  const currency = cart.cost.subtotalAmount.currencyCode;
  const entered = (codes ?? []).map(({ code }) => code);
  const { bps, minor } = reserveBeside(entered, rules);
  const known: Cart = {
    currency,
    shopCurrency,
    rate: String(presentmentCurrencyRate),
    shippingMinor: 0,
    lines: readLines(cart.lines, currency, config, bps > 0 || minor > 0),
  };
  const offers =
    priceTests.tests.length === 0 ? bundles : offersFor(bundles, priceTests, visitorOf(cart.visitor?.value));
  const reserveBps = reserveInCart(entered, known, rules);
  // Codes that take everything leave no room for anything of ours.
  const left = { bps: reserveBps ?? 0, unknown: countUnknown(entered, rules) };
  const formation = formBundles(known, reserveBps === null ? [] : offers, rules, left);
  return { cart: known, config, formation };
}

/** Where the number starts in gid://shopify/Product/123 and gid://shopify/ProductVariant/123. */
const productPrefix = 'gid://shopify/Product/'.length;
export const variantPrefix = 'gid://shopify/ProductVariant/'.length;

/** What a price looks like. */
export const plainDecimal = /^-?\d{1,12}(?:\.\d*)?$/;
/** Units of a line, and minor units that it may cost, so that every sum is exact and no loop is endless. */
export const mostUnits = 1_000_000;
export const mostMinor = 1e13;

/**
 * Lines that an offer may be about: no custom products, no products that no offer looks at, and none whose price or
 * quantity cannot be that of a line.
 * @param whole lines that no offer is about as well
 */
export function readLines(
  lines: readonly NamelessLine[],
  currency: string,
  config: DiscountConfig,
  whole = false,
): CartLine[] {
  const known: CartLine[] = [];
  for (const [place, { id, quantity, cost, plan, item }] of lines.entries()) {
    if (!item.product || item.id === undefined) continue;
    const productId = item.product.id.slice(productPrefix);
    if (!(whole || config.concerns(productId)) || !plainDecimal.test(cost.each.amount)) continue;
    const unitPriceMinor = parseDecimal(cost.each.amount, currency);
    if (!Number.isInteger(quantity) || quantity > mostUnits || unitPriceMinor * quantity > mostMinor) continue;
    const variantId = item.id.slice(variantPrefix);
    known.push({
      // Where no ids were asked for, lines keep the order that they came in.
      id: id ?? String(place).padStart(6, '0'),
      productId,
      variantId,
      quantity,
      unitPriceMinor,
      unitCostMinor: config.costOf(productId, variantId),
      giftCard: item.product.gift,
      sellingPlan: plan !== null,
    });
  }
  return known;
}
