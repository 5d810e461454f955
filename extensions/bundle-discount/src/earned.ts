import {
  type BundleFormation,
  type Cart,
  type CartLine,
  decodeDiscountConfigs,
  type DiscountConfig,
  formBundles,
  offersFor,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { minorUnitDigits, parseDecimal } from '#app/shared/money.ts';
import type { FunctionInput, FunctionLine } from './input.ts';

/** What a cart earns by the published configuration. */
export interface Earned {
  readonly cart: Cart;
  readonly config: DiscountConfig;
  readonly formation: BundleFormation;
}

/** Null when the discount is not of class PRODUCT or has no readable configuration. */
export function readEarned({ discount, cart, presentmentCurrencyRate }: FunctionInput): Earned | null {
  if (!discount.discountClasses.includes('PRODUCT')) return null;
  const shards: unknown[] = [];
  const { config1, config2, config3, config4, config5, config6 } = discount;
  for (const metafield of [config1, config2, config3, config4, config5, config6])
    if (metafield) shards.push(metafield.jsonValue);
  const config = decodeDiscountConfigs(shards);
  if (!config) return null;
  const { bundles, priceTests, rules, shopCurrency } = config;
  const currency = cart.cost.subtotalAmount.currencyCode;
  const known: Cart = {
    currency,
    shopCurrency,
    rate: String(presentmentCurrencyRate),
    shippingMinor: 0,
    lines: readLines(cart.lines, currency, config),
  };
  const offers =
    priceTests.tests.length === 0 ? bundles : offersFor(bundles, priceTests, visitorOf(cart.visitor?.value));
  return { cart: known, config, formation: formBundles(known, offers, rules) };
}

/** Where the number starts in gid://shopify/Product/123 and gid://shopify/ProductVariant/123. */
const productPrefix = 'gid://shopify/Product/'.length;
const variantPrefix = 'gid://shopify/ProductVariant/'.length;

/** Lines that an offer may be about: no custom products, and no products that no offer looks at. */
function readLines(lines: readonly FunctionLine[], currency: string, config: DiscountConfig): CartLine[] {
  const scale = 10 ** minorUnitDigits(currency);
  const known: CartLine[] = [];
  for (const { id, quantity, cost, plan, item } of lines) {
    if (!item.product || item.id === undefined) continue;
    const productId = item.product.id.slice(productPrefix);
    if (!config.concerns(productId)) continue;
    const variantId = item.id.slice(variantPrefix);
    known.push({
      id,
      productId,
      variantId,
      quantity,
      unitPriceMinor: readAmount(cost.each.amount, currency, scale),
      unitCostMinor: config.costOf(productId, variantId),
      giftCard: item.product.gift,
      sellingPlan: plan !== null,
    });
  }
  return known;
}

/** What `parseDecimal` returns, with less work where the text has no more digits than the currency. */
function readAmount(text: string, currency: string, scale: number): number {
  const scaled = Number(text) * scale;
  const minor = Math.round(scaled);
  const off = scaled - minor;
  return off < 1e-6 && off > -1e-6 && minor < 1e9 ? minor : parseDecimal(text, currency);
}
