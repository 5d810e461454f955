import { splitByWeights } from '#app/shared/money.ts';
import { floorOf, guardDiscount, percentageOf } from './margin.ts';
import type { Cart, CartLine, CodeOffer, DiscountClass, IncentiveRules } from './model.ts';
import type { Reason } from './outcome.ts';
import { takesPart } from './pools.ts';
import type { Conversion } from './rate.ts';
import { raiseFloor } from './reserve.ts';

/** What a set of codes takes off, given what bundles have taken off already. */
export interface CodeEffect {
  /** by line, in the order of the cart's lines */
  readonly byLine: readonly number[];
  /** what the order's goal takes off, by line */
  readonly goalByLine: readonly number[];
  /** all that comes off shipping */
  readonly shippingMinor: number;
  readonly reasons: readonly Reason[];
}

/** What stands in a cart before its codes. */
export interface BeforeCodes {
  readonly bundleMinor: readonly number[];
  readonly goalMinor: number;
  /** shipping up to this amount, minor units, is free by a goal; -1 = none is */
  readonly freeUpTo: number;
  /** what codes of ours leave to those of the store, basis points */
  readonly reserveBps: number;
}

/** A discounted line on its way through the stack. */
interface Standing {
  readonly line: CartLine;
  readonly bundled: boolean;
  readonly floor: number;
  /** the same where a code of the store has yet to take its share */
  readonly raised: number;
  total: number;
  /** taken off by the order's goal */
  goal: number;
}

function compatible(a: CodeOffer, b: CodeOffer): boolean {
  // Of two product codes a line takes one only, so they are alternatives of each other.
  return !(a.class === 'product' && b.class === 'product') && a.combinesWith[b.class] && b.combinesWith[a.class];
}

/** True when codes may stand together, and beside those of our own discounts that apply. */
export function mayCombine(codes: readonly CodeOffer[], own: readonly DiscountClass[], rules: IncentiveRules): boolean {
  return codes.every(
    (code, index) =>
      own.every((ownClass) => rules.combinesWith[ownClass][code.class] && code.combinesWith[ownClass]) &&
      codes.slice(index + 1).every((other) => compatible(code, other)),
  );
}

function wantedOf(code: CodeOffer, base: number, conversion: Conversion | null): number {
  if (code.value.type === 'percentage') return percentageOf(base, code.value.basisPoints);
  return Math.min(base, conversion ? conversion.nearest(code.value.minor) : 0);
}

/**
 * Applies codes after bundles: product codes to lines that are in no bundle, then the order's goal, order codes to
 * what all lines then cost, shipping codes to shipping. Gift cards are never discounted. A code of ours is reduced
 * to what the margin of its lines leaves; a code of the platform cannot be reduced and is only reported.
 */
export function applyCodes(
  cart: Cart,
  codes: readonly CodeOffer[],
  before: BeforeCodes,
  rules: IncentiveRules,
  conversion: Conversion | null,
): CodeEffect {
  const reasons: Reason[] = [];
  const standing = cart.lines.map((line, index): Standing => {
    const cost = line.unitCostMinor === null || !conversion ? null : conversion.up(line.unitCostMinor);
    const bundleMinor = before.bundleMinor[index] ?? 0;
    const floor = floorOf(line.unitPriceMinor, cost, rules);
    return {
      line,
      bundled: bundleMinor > 0,
      floor: floor * line.quantity,
      raised: raiseFloor(floor, before.reserveBps) * line.quantity,
      total: line.unitPriceMinor * line.quantity - bundleMinor,
      goal: 0,
    };
  });
  const start = standing.map((entry) => entry.total);
  const order = [...codes].sort((a, b) => (a.code < b.code ? -1 : 1));
  // A line that an earlier discount brought to nothing stays in: its floor still binds the others.
  const eligible = standing.filter(({ line }) => !line.giftCard && line.unitPriceMinor > 0);

  for (const code of order.filter((each) => each.class === 'product')) {
    const lines = eligible.filter((entry) => !entry.bundled);
    takeOff(code, lines, totalOf(lines), conversion, reasons);
  }
  // Order discounts are all measured on the subtotal before the first of them.
  const orderBase = totalOf(eligible);
  takeGoal(
    before.goalMinor,
    eligible.filter(({ line }) => takesPart(line, rules)),
  );
  for (const code of order.filter((each) => each.class === 'order'))
    takeOff(code, eligible, orderBase, conversion, reasons);
  let shipping = cart.shippingMinor <= before.freeUpTo ? 0 : cart.shippingMinor;
  for (const code of order.filter((each) => each.class === 'shipping')) {
    const minor = Math.min(shipping, wantedOf(code, shipping, conversion));
    shipping -= minor;
    reasons.push({ code: 'code-applied', subject: code.code, minor });
  }
  return {
    byLine: standing.map((entry, index) => (start[index] ?? 0) - entry.total - entry.goal),
    goalByLine: standing.map((entry) => entry.goal),
    shippingMinor: cart.shippingMinor - shipping,
    reasons,
  };
}

function totalOf(lines: readonly Standing[]): number {
  return lines.reduce((sum, entry) => sum + entry.total, 0);
}

function takeGoal(goalMinor: number, lines: readonly Standing[]): void {
  const shares = splitByWeights(
    lines.length === 0 ? 0 : Math.min(goalMinor, totalOf(lines)),
    lines.map((entry) => entry.total),
  );
  lines.forEach((entry, index) => {
    entry.goal = shares[index] ?? 0;
    entry.total -= entry.goal;
  });
}

/** Takes a code off lines. `measured` is the amount that a percentage counts from. */
function takeOff(
  code: CodeOffer,
  lines: readonly Standing[],
  measured: number,
  conversion: Conversion | null,
  reasons: Reason[],
): void {
  const base = totalOf(lines);
  const ours = code.runBy === 'trellis';
  const floor = lines.reduce((sum, entry) => sum + (ours ? entry.raised : entry.floor), 0);
  const wanted = Math.min(base, wantedOf(code, measured, conversion));
  const guarded = guardDiscount(wanted, base, floor);
  const minor = ours ? guarded.minor : wanted;
  splitByWeights(
    minor,
    lines.map((entry) => entry.total),
  ).forEach((share, index) => {
    const entry = lines[index];
    if (entry) entry.total -= share;
  });
  reasons.push({ code: 'code-applied', subject: code.code, minor });
  if (guarded.outcome === 'untouched') return;
  const outcome = guarded.outcome === 'refused' ? 'margin-refused' : 'margin-reduced';
  reasons.push({
    code: ours ? outcome : 'code-below-margin',
    subject: code.code,
    minor: wanted - guarded.minor,
  });
}
