import { type FormedBundle, takesPart, utf8Length } from '#app/domains/incentives/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { readEarned } from './earned.ts';
import type { FunctionInput, FunctionOperation, FunctionResult, ProductDiscountCandidate } from './input.ts';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes = 19_500;
/** JSON around one candidate's id, amount and message, generously. */
const candidateBytes = 130;

const nothing: FunctionResult = { operations: [] };

/**
 * Prices the bundles and goals in a cart, the same way as `priceCart` does on the server. Says nothing when the
 * discount is not of class PRODUCT, has no readable configuration, or nothing is earned.
 */
export function run(input: FunctionInput): FunctionResult {
  const earned = readEarned(input);
  if (!earned) return nothing;
  const { cart, formation, config } = earned;
  const { order, withoutBundles } = formation.goals;
  const operations: FunctionOperation[] = [];
  if (order && order.minor > 0 && input.discount.discountClasses.includes('ORDER')) {
    const excluded = new Set(input.cart.lines.map((line) => line.id));
    for (const line of cart.lines) if (takesPart(line, config.rules)) excluded.delete(line.id);
    operations.push({
      orderDiscountsAdd: {
        selectionStrategy: 'FIRST',
        candidates: [
          {
            targets: [{ orderSubtotal: { excludedCartLineIds: [...excluded] } }],
            value: { fixedAmount: { amount: formatDecimal(order.minor, cart.currency) } },
            message: order.title,
          },
        ],
      },
    });
  }
  if (!withoutBundles) {
    const spent = utf8Length(JSON.stringify(operations));
    const candidates = toCandidates(formation.bundles, cart.currency, outputBytes - spent);
    if (candidates.length > 0) operations.unshift({ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } });
  }
  return { operations };
}

interface LineShare {
  quantity: number;
  minor: number;
  /** title by bundle id */
  readonly titles: Map<string, string>;
}

/** One candidate for each discounted line: what all its bundles take off it together. */
function toCandidates(
  bundles: readonly FormedBundle[],
  currency: string,
  bytesLeft: number,
): ProductDiscountCandidate[] {
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
  return bytes <= bytesLeft ? candidates : candidates.map(({ targets, value }) => ({ targets, value }));
}
