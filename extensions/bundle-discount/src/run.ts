import {
  type Cart,
  type CartLine,
  decodeDiscountConfigs,
  type DiscountConfig,
  type FormedBundle,
  formBundles,
  utf8Length,
} from '#app/domains/incentives/index.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';
import type { FunctionInput, FunctionLine, FunctionResult, ProductDiscountCandidate } from './input.ts';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes = 19_500;
/** JSON around one candidate's id, amount and message, generously. */
const candidateBytes = 130;

const nothing: FunctionResult = { operations: [] };

/**
 * Prices the bundles in a cart, the same way as `priceCart` does on the server. Says nothing when the
 * discount is not of class PRODUCT, has no readable configuration, or no bundle is complete.
 */
export function run(input: FunctionInput): FunctionResult {
  const { discount } = input;
  if (!discount.discountClasses.includes('PRODUCT')) return nothing;
  const config = decodeDiscountConfigs(
    [discount.config1, discount.config2, discount.config3, discount.config4, discount.config5, discount.config6].map(
      (metafield) => metafield?.jsonValue,
    ),
  );
  if (!config) return nothing;
  const cart = toCart(input, config);
  const candidates = toCandidates(formBundles(cart, config.bundles, config.rules).bundles, cart.currency);
  return candidates.length === 0
    ? nothing
    : { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } }] };
}

/** gid://shopify/Product/123 → 123 */
function toId(gid: string): string {
  return gid.slice(gid.lastIndexOf('/') + 1);
}

function toCart(input: FunctionInput, config: DiscountConfig): Cart {
  const currency = input.cart.cost.subtotalAmount.currencyCode;
  return {
    currency,
    shopCurrency: config.shopCurrency,
    rate: String(input.presentmentCurrencyRate),
    shippingMinor: 0,
    lines: input.cart.lines.flatMap((line) => toLine(line, currency, config) ?? []),
  };
}

/** Null for what is part of no bundle: custom products and products that no bundle names. */
function toLine(line: FunctionLine, currency: string, config: DiscountConfig): CartLine | null {
  if (line.merchandise.__typename !== 'ProductVariant') return null;
  const productId = toId(line.merchandise.product.id);
  if (!config.names(productId)) return null;
  const variantId = toId(line.merchandise.id);
  return {
    id: line.id,
    productId,
    variantId,
    quantity: line.quantity,
    unitPriceMinor: parseDecimal(String(line.cost.amountPerQuantity.amount), currency),
    unitCostMinor: config.costOf(productId, variantId),
    giftCard: line.merchandise.product.isGiftCard,
    sellingPlan: line.sellingPlanAllocation !== null,
  };
}

interface LineShare {
  quantity: number;
  minor: number;
  /** title by bundle id */
  readonly titles: Map<string, string>;
}

/** One candidate for each discounted line: what all its bundles take off it together. */
function toCandidates(bundles: readonly FormedBundle[], currency: string): ProductDiscountCandidate[] {
  const shares = new Map<string, LineShare>();
  for (const bundle of bundles) {
    for (const unit of bundle.units) {
      const share = shares.get(unit.lineId) ?? { quantity: 0, minor: 0, titles: new Map<string, string>() };
      share.quantity += unit.quantity;
      share.minor += unit.discountMinor;
      share.titles.set(bundle.offerId, bundle.title);
      shares.set(unit.lineId, share);
    }
  }
  let bytes = 0;
  const messageBytes = new Map<string, number>();
  const candidates: ProductDiscountCandidate[] = [];
  for (const [id, share] of shares) {
    if (share.minor === 0) continue;
    const message = [...share.titles]
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([, title]) => title)
      .join(' + ');
    const length = messageBytes.get(message) ?? utf8Length(JSON.stringify(message));
    messageBytes.set(message, length);
    bytes += candidateBytes + id.length + length;
    candidates.push({
      targets: [{ cartLine: { id, quantity: share.quantity } }],
      value: { fixedAmount: { amount: formatDecimal(share.minor, currency) } },
      message,
    });
  }
  // A refused output would cost the shopper every discount; the titles alone can be spared.
  return bytes <= outputBytes ? candidates : candidates.map(({ targets, value }) => ({ targets, value }));
}
