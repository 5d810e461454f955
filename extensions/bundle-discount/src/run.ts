import { type FormedBundle, type OrderGoal, takesPart, utf8Length } from '#app/domains/incentives/index.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import { type Earned, readEarned } from './earned.ts';
import type { FunctionInput, FunctionOperation, FunctionResult, ProductDiscountCandidate } from './input.ts';

/** Shopify refuses an output above 20,000 bytes for carts of up to 200 lines; some room is kept. */
const outputBytes = 19_500;
/** JSON around one candidate's id, amount and message, generously. */
const candidateBytes = 130;
/** The same without a message. */
const plainCandidateBytes = 110;

const nothing: FunctionResult = { operations: [] };

/**
 * Prices the bundles and goals in a cart, the same way as `priceCart` does on the server. Says nothing when the
 * discount is of neither class, has no readable configuration, or nothing is earned.
 */
export function run(input: FunctionInput): FunctionResult {
  const { discountClasses } = input.discount;
  const ofProducts = discountClasses.includes('PRODUCT');
  const earned = ofProducts || discountClasses.includes('ORDER') ? readEarned(input) : null;
  if (!earned) return nothing;
  const { cart, formation } = earned;
  const { order, withoutBundles } = formation.goals;
  const shares = !ofProducts || withoutBundles ? [] : sharesOf(formation.bundles).filter(({ minor }) => minor > 0);
  let orderOperation = order && order.minor > 0 ? toOrderOperation(input, earned, order) : null;
  const orderBytes = orderOperation ? utf8Length(JSON.stringify([orderOperation])) : 2;
  // A refused output would cost the shopper every discount: where both do not fit, what saves more stays.
  if (order && orderOperation && (orderBytes > outputBytes || plainBytes(shares) > outputBytes - orderBytes)) {
    const bundled = shares.reduce((sum, share) => sum + share.minor, 0);
    if (orderBytes <= outputBytes && order.minor > bundled) return { operations: [orderOperation] };
    orderOperation = null;
  }
  const operations: FunctionOperation[] = [];
  const candidates = toCandidates(shares, cart.currency, outputBytes - (orderOperation ? orderBytes : 2));
  if (candidates.length > 0) operations.push({ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } });
  if (orderOperation) operations.push(orderOperation);
  return { operations };
}

/** The order's discount, off all lines but those that take no part; null where the discount is of another class. */
function toOrderOperation(
  { cart: { lines }, discount }: FunctionInput,
  { cart, config }: Earned,
  order: OrderGoal,
): FunctionOperation | null {
  if (!discount.discountClasses.includes('ORDER')) return null;
  const excluded = new Set(lines.map((line) => line.id));
  for (const line of cart.lines) if (takesPart(line, config.rules)) excluded.delete(line.id);
  return {
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
  };
}

/** Bytes of the candidates without their messages, at most. */
function plainBytes(shares: readonly LineShare[]): number {
  return shares.reduce((sum, { id }) => sum + plainCandidateBytes + id.length, 0);
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

/** One candidate for each discounted line, as far as there is room: what all its bundles take off it together. */
function toCandidates(shares: readonly LineShare[], currency: string, bytesLeft: number): ProductDiscountCandidate[] {
  const digits = minorUnitDigits(currency);
  const scale = 10 ** digits;
  let bytes = 0;
  let plain = 0;
  const messageBytes = new Map<string, number>();
  const candidates: ProductDiscountCandidate[] = [];
  for (const { id, quantity, minor, bundles: titled } of shares) {
    plain += plainCandidateBytes + id.length;
    if (plain > bytesLeft) break;
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
  // The titles are what can be spared first.
  return bytes <= bytesLeft ? candidates : candidates.map(({ targets, value }) => ({ targets, value }));
}
