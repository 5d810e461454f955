import { type FormedBundle, takesPart, utf8Length } from '#app/domains/incentives/index.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
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
    const spent = operations.length === 0 ? 2 : utf8Length(JSON.stringify(operations));
    const candidates = toCandidates(formation.bundles, cart.currency, outputBytes - spent);
    if (candidates.length > 0) operations.unshift({ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } });
  }
  return { operations };
}

interface LineShare {
  readonly id: string;
  quantity: number;
  minor: number;
  /** what it takes part in, each once */
  readonly bundles: FormedBundle[];
}

function sharesOf(bundles: readonly FormedBundle[]): LineShare[] {
  const shares: LineShare[] = [];
  const byLine = new Map<string, LineShare>();
  for (const bundle of bundles) {
    for (const { lineId, quantity, discountMinor } of bundle.units) {
      const share = byLine.get(lineId);
      if (!share) {
        const first = { id: lineId, quantity, minor: discountMinor, bundles: [bundle] };
        byLine.set(lineId, first);
        shares.push(first);
        continue;
      }
      share.quantity += quantity;
      share.minor += discountMinor;
      if (!share.bundles.some(({ offerId }) => offerId === bundle.offerId)) share.bundles.push(bundle);
    }
  }
  return shares;
}

/** The titles of bundles in the order of their ids. */
function messageOf(bundles: readonly FormedBundle[]): string {
  const [first] = bundles;
  if (first && bundles.length === 1) return first.title;
  return [...bundles]
    .sort((a, b) => (a.offerId < b.offerId ? -1 : 1))
    .map(({ title }) => title)
    .join(' + ');
}

/** One candidate for each discounted line: what all its bundles take off it together. */
function toCandidates(
  bundles: readonly FormedBundle[],
  currency: string,
  bytesLeft: number,
): ProductDiscountCandidate[] {
  const digits = minorUnitDigits(currency);
  const scale = 10 ** digits;
  let bytes = 0;
  const messageBytes = new Map<string, number>();
  const candidates: ProductDiscountCandidate[] = [];
  for (const { id, quantity, minor, bundles: titled } of sharesOf(bundles)) {
    if (minor === 0) continue;
    const message = messageOf(titled);
    let length = messageBytes.get(message);
    if (length === undefined) {
      length = utf8Length(JSON.stringify(message));
      messageBytes.set(message, length);
    }
    bytes += candidateBytes + id.length + length;
    candidates.push({
      targets: [{ cartLine: { id, quantity } }],
      value: {
        fixedAmount: { amount: minor < 1e12 ? (minor / scale).toFixed(digits) : formatDecimal(minor, currency) },
      },
      message,
    });
  }
  // A refused output would cost the shopper every discount; the titles alone can be spared.
  return bytes <= bytesLeft ? candidates : candidates.map(({ targets, value }) => ({ targets, value }));
}
