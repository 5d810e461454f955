import { splitByWeights } from '#app/shared/money.ts';
import { floorOf, guardDiscount, percentageOf } from './margin.ts';
import type { Cart, CartLine, CodeOffer, IncentiveRules, Reason } from './model.ts';
import type { Conversion } from './rate.ts';

/** What a set of codes takes off, given what bundles have taken off already. */
export interface CodeEffect {
  /** by line, in the order of the cart's lines */
  readonly byLine: readonly number[];
  readonly shippingMinor: number;
  readonly reasons: readonly Reason[];
}

/** A discounted line on its way through the stack. */
interface Standing {
  readonly line: CartLine;
  readonly bundled: boolean;
  readonly floor: number;
  total: number;
}

function compatible(a: CodeOffer, b: CodeOffer): boolean {
  // Of two product codes a line takes one only, so they are alternatives of each other.
  return !(a.class === 'product' && b.class === 'product') && a.combinesWith[b.class] && b.combinesWith[a.class];
}

/** True when codes may stand together, and beside bundles where there are some. */
export function mayCombine(codes: readonly CodeOffer[], withBundles: boolean, rules: IncentiveRules): boolean {
  return codes.every(
    (code, index) =>
      (!withBundles || (rules.combinesWith[code.class] && code.combinesWith.product)) &&
      codes.slice(index + 1).every((other) => compatible(code, other)),
  );
}

function wantedOf(code: CodeOffer, base: number, conversion: Conversion | null): number {
  if (code.value.type === 'percentage') return percentageOf(base, code.value.basisPoints);
  return Math.min(base, conversion ? conversion.nearest(code.value.minor) : 0);
}

/**
 * Applies codes after bundles: product codes to lines that are in no bundle, order codes to what all lines
 * then cost, shipping codes to shipping. Gift cards are never discounted. A code of ours is reduced to what
 * the margin of its lines leaves; a code of the platform cannot be reduced and is only reported.
 */
export function applyCodes(
  cart: Cart,
  codes: readonly CodeOffer[],
  bundleMinor: readonly number[],
  rules: IncentiveRules,
  conversion: Conversion | null,
): CodeEffect {
  const reasons: Reason[] = [];
  const standing = cart.lines.map((line, index): Standing => {
    const cost = line.unitCostMinor === null || !conversion ? null : conversion.up(line.unitCostMinor);
    return {
      line,
      bundled: (bundleMinor[index] ?? 0) > 0,
      floor: floorOf(line.unitPriceMinor, cost, rules) * line.quantity,
      total: line.unitPriceMinor * line.quantity - (bundleMinor[index] ?? 0),
    };
  });
  const before = standing.map((entry) => entry.total);
  let shipping = cart.shippingMinor;
  const rank = { product: 0, order: 1, shipping: 2 } as const;
  const order = [...codes].sort((a, b) => rank[a.class] - rank[b.class] || (a.code < b.code ? -1 : 1));
  const orderBase = new Map<CodeOffer, number>();

  for (const code of order) {
    if (code.class === 'shipping') {
      const minor = Math.min(shipping, wantedOf(code, shipping, conversion));
      shipping -= minor;
      reasons.push({ code: 'code-applied', subject: code.code, minor });
      continue;
    }
    // A line that an earlier discount brought to nothing stays in: its floor still binds the others.
    const lines = standing.filter(
      ({ line, bundled }) => !line.giftCard && line.unitPriceMinor > 0 && !(code.class === 'product' && bundled),
    );
    const base = lines.reduce((sum, entry) => sum + entry.total, 0);
    const floor = lines.reduce((sum, entry) => sum + entry.floor, 0);
    // Order codes are all measured on the subtotal before the first of them.
    if (code.class === 'order' && orderBase.size === 0) for (const other of order) orderBase.set(other, base);
    const wanted = Math.min(base, wantedOf(code, orderBase.get(code) ?? base, conversion));
    const guarded = guardDiscount(wanted, base, floor);
    const minor = code.runBy === 'trellis' ? guarded.minor : wanted;
    splitByWeights(
      minor,
      lines.map((entry) => entry.total),
    ).forEach((share, index) => {
      const entry = lines[index];
      if (entry) entry.total -= share;
    });
    reasons.push({ code: 'code-applied', subject: code.code, minor });
    if (guarded.outcome !== 'untouched') {
      const outcome = guarded.outcome === 'refused' ? 'margin-refused' : 'margin-reduced';
      reasons.push({
        code: code.runBy === 'platform' ? 'code-below-margin' : outcome,
        subject: code.code,
        minor: wanted - guarded.minor,
      });
    }
  }
  return {
    byLine: standing.map((entry, index) => (before[index] ?? 0) - entry.total),
    shippingMinor: cart.shippingMinor - shipping,
    reasons,
  };
}
