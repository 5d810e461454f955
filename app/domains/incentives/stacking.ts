import { codeHash } from './known-codes.ts';
import type { Cart, CodeOffer, CombinesWith, DiscountClass, IncentiveRules, KnownCode, StackMatrix } from './model.ts';
import { floorOfGoods } from './pools.ts';
import { type Conversion, readConversion } from './rate.ts';

/** Each pair of classes once. */
export type StackPair =
  'product-product' | 'product-order' | 'product-shipping' | 'order-order' | 'order-shipping' | 'shipping-shipping';

/** The matrix in which exactly these pairs stand together. */
export function matrixOf(stands: (pair: StackPair) => boolean): StackMatrix {
  const order = stands('product-order');
  const shipping = stands('product-shipping');
  const orderShipping = stands('order-shipping');
  return {
    product: { product: stands('product-product'), order, shipping },
    order: { product: order, order: stands('order-order'), shipping: orderShipping },
    shipping: { product: shipping, order: orderShipping, shipping: stands('shipping-shipping') },
  };
}

/** What stands together by either of the two. */
export function unionOf(a: StackMatrix, b: StackMatrix): StackMatrix {
  return matrixOf((pair) => {
    const [one, other] = pair.split('-') as [DiscountClass, DiscountClass];
    return a[one][other] || b[one][other];
  });
}

/**
 * What a merchant meant who said with which classes bundles may stand, and nothing of other discounts: of two classes
 * the later one decides, as it did for goals.
 */
export function matrixOfRow(row: CombinesWith): StackMatrix {
  return {
    product: row,
    order: { product: row.order, order: row.order, shipping: row.shipping },
    shipping: { product: row.shipping, order: row.shipping, shipping: row.shipping },
  };
}

/** Whether a code of the store that comes off goods may stand beside a discount of ours that does. */
function meetsCodes({ product, order }: StackMatrix): boolean {
  return product.product || product.order || order.order;
}

/** Whether anything is left to codes in any cart, so that every line of one matters. */
export function leavesReserve({ codeReserve, knownCodes = [], combinesWith }: IncentiveRules): boolean {
  return meetsCodes(combinesWith) && (codeReserve !== 0 || knownCodes.some(takesSomething));
}

function takesSomething({ value }: KnownCode): boolean {
  return value.type === 'percentage' ? value.basisPoints > 0 : value.minor > 0;
}

/**
 * The rules with a minimum margin that is kept after any code has taken its share off as well.
 * @param floorMinor what the goods in question must cost at least, shop currency, minor units
 */
export function withReserve(rules: IncentiveRules, floorMinor: number): IncentiveRules {
  const reserve = meetsCodes(rules.combinesWith) ? largestReserve(rules, floorMinor) : 0;
  const left = Math.floor(((10_000 - rules.minMarginBps) * (10_000 - reserve)) / 10_000);
  return { ...rules, minMarginBps: 10_000 - left };
}

/** Something of the price has to be left, or no price keeps the margin. */
export const mostReserveBps = 9999;

function unknownReserve({ codeReserve }: IncentiveRules): number {
  return codeReserve === 'exact' ? mostReserveBps : Math.min(codeReserve, mostReserveBps);
}

function largestReserve(rules: IncentiveRules, floorMinor: number): number {
  let largest = unknownReserve(rules);
  for (const { value } of rules.knownCodes ?? []) {
    const share = value.type === 'percentage' ? value.basisPoints : shareOfAmount(0, value.minor, floorMinor);
    largest = Math.max(largest, share);
  }
  return Math.min(largest, mostReserveBps);
}

/** What discounts of ours leave to codes: a share of the price, and shop-currency minor units of the whole order. */
export interface Reserve {
  readonly bps: number;
  readonly minor: number;
}

/**
 * What discounts of ours leave to the codes of the store that were entered: of known ones what they take off, and once
 * what the merchant says for all others. None of them can be reduced.
 * @returns nothing where no such code may stand beside ours
 */
export function reserveBeside(codes: readonly string[], rules: IncentiveRules): Reserve {
  if (codes.length === 0 || !meetsCodes(rules.combinesWith)) return { bps: 0, minor: 0 };
  let bps = 0;
  let minor = 0;
  let isOtherThere = false;
  for (const code of codes) {
    const hash = codeHash(code);
    const value = rules.knownCodes?.findLast((known) => known.hash === hash)?.value;
    if (!value) isOtherThere = true;
    else if (value.type === 'percentage') bps += value.basisPoints;
    else minor += value.minor;
  }
  return { bps: isOtherThere ? bps + unknownReserve(rules) : bps, minor };
}

/**
 * The share in which an amount is left, beside a share: an order above its floors, raised by it, is above its floors by
 * the amount when the other share is gone.
 */
function shareOfAmount(bps: number, minor: number, floor: number): number {
  if (minor === 0 || floor === 0) return bps;
  return 10_000 - Math.floor((floor * (10_000 - bps)) / (floor + minor));
}

/**
 * The same as one share of the price in this cart.
 * @returns basis points; null where the codes leave no room for anything of ours
 */
export function reserveInCart(codes: readonly string[], cart: Cart, rules: IncentiveRules): number | null {
  const { bps, minor } = reserveBeside(codes, rules);
  if (bps > mostReserveBps) return null;
  const conversion = minor === 0 ? null : readConversion(cart.rate, cart.shopCurrency, cart.currency);
  if (!conversion) return bps;
  const share = shareOfAmount(bps, conversion.up(minor), floorOfGoods(cart, rules, conversion));
  return share > mostReserveBps ? null : share;
}

/** What is left to the codes of a cart. */
export interface LeftToCodes {
  /** to codes of the store: a share of the price, basis points */
  readonly bps: number;
  /** entered codes that may be ours: each may take what `IncentiveRules.ownCodes` says */
  readonly unknown: number;
}

export const nothingLeft: LeftToCodes = { bps: 0, unknown: 0 };

/** How many of the entered codes may be ours, where anything is left to those: the store's own are known by name. */
export function countUnknown(codes: readonly string[], { knownCodes = [], ownCodes }: IncentiveRules): number {
  if (!ownCodes) return 0;
  return codes.filter((code) => {
    const hash = codeHash(code);
    return !knownCodes.some((known) => known.hash === hash);
  }).length;
}

/** Codes of the store that come off goods and may stand beside a discount of ours that does. */
export function codesBeside(codes: readonly CodeOffer[], { combinesWith }: IncentiveRules): CodeOffer[] {
  const goods = ['product', 'order'] as const;
  return codes.filter(
    (code) =>
      code.runBy === 'platform' &&
      code.class !== 'shipping' &&
      goods.some((own) => combinesWith[own][code.class] && code.combinesWith[own]),
  );
}

/**
 * The share that these codes take at most off goods that cost `goodsMinor` or more, rounded up to the basis point.
 * @param conversion from the shop's currency to the cart's; null = unknown, then an amount takes nothing off
 */
export function reserveOf(codes: readonly CodeOffer[], goodsMinor: number, conversion: Conversion | null): number {
  let share = 0;
  for (const { value } of codes) {
    if (value.type === 'percentage') share += value.basisPoints;
    else
      share +=
        goodsMinor > 0 ? Math.ceil(((conversion?.nearest(value.minor) ?? 0) * 10_000) / goodsMinor) : mostReserveBps;
  }
  return Math.min(share, mostReserveBps);
}
