import type { CodeOffer, CombinesWith, IncentiveRules, StackMatrix } from './model.ts';
import type { Conversion } from './rate.ts';

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
export function leavesReserve({ codeReserve, combinesWith }: IncentiveRules): boolean {
  return codeReserve !== 0 && meetsCodes(combinesWith);
}

/** The rules with a minimum margin that is kept after a code has taken the reserve off as well. */
export function withReserve(rules: IncentiveRules): IncentiveRules {
  const reserve = reserveBeside(true, rules);
  const left = Math.floor(((10_000 - rules.minMarginBps) * (10_000 - reserve)) / 10_000);
  return { ...rules, minMarginBps: 10_000 - left };
}

/** Something of the price has to be left, or no price keeps the margin. */
const mostReserveBps = 9999;

/**
 * The share of the price that discounts of ours leave to a code of the store, where the checkout knows only that one
 * was entered: what it takes off may not be known, and it cannot be reduced.
 * @returns basis points; 0 where no such code may stand beside ours
 */
export function reserveBeside(hasCode: boolean, { codeReserve, combinesWith }: IncentiveRules): number {
  if (!hasCode || !meetsCodes(combinesWith)) return 0;
  return codeReserve === 'exact' ? mostReserveBps : Math.min(codeReserve, mostReserveBps);
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
