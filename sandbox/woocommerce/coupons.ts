import { split } from '../shopify/money.ts';
import type { WooCoupon } from './model.ts';
import { minorOf } from './rest/money.ts';
import { codeOff, isSomebodyElses, isTooLate, isVoid } from './plugin/codes.ts';
import type { WooStore } from './store.ts';

/** A line that a coupon may count for; `amount` is in smallest units as the shop shows its prices. */
export interface DiscountLine {
  readonly productId: number;
  readonly variationId: number;
  readonly quantity: number;
  readonly amount: number;
}

/** What a coupon takes off each line, or the sentence that the shopper is shown. */
export type CouponResult =
  { readonly coupon: WooCoupon; readonly off: readonly number[] } | { readonly refusal: string };

/** Looks a code up and works out what it takes off a cart. */
export function applyCoupon(
  store: WooStore,
  code: string,
  lines: readonly DiscountLine[],
  email: string,
  customerId = 0,
): CouponResult {
  const wanted = code.trim().toLowerCase();
  const coupon = [...store.coupons.values()].find((one) => one.code === wanted && one.status === 'publish');
  if (coupon === undefined) return { refusal: `Coupon "${wanted}" cannot be applied because it does not exist.` };
  const goods = lines.reduce((sum, line) => sum + line.amount, 0);
  const refusal = refusalOf(store, coupon, goods, email);
  if (refusal !== null) return { refusal };
  if (isVoid(store, coupon) || isSomebodyElses(coupon, customerId) || isTooLate(store, coupon, customerId, email))
    return { refusal: 'Coupon is not valid.' };
  const eligible = lines.map((line) => isFor(store, coupon, line));
  if (!eligible.includes(true)) return { refusal: 'Sorry, this coupon is not applicable to your cart contents.' };
  return { coupon, off: amounts(store, coupon, lines, eligible) };
}

function refusalOf(store: WooStore, coupon: WooCoupon, goods: number, email: string): string | null {
  const minimum = minorOf(coupon.minimumAmount, store.site) ?? 0;
  const maximum = minorOf(coupon.maximumAmount, store.site) ?? 0;
  if (coupon.expiresAt !== null && Date.parse(coupon.expiresAt) < store.now().getTime())
    return 'This coupon has expired.';
  if (coupon.usageLimit !== null && coupon.usageLimit > 0 && coupon.usageCount >= coupon.usageLimit)
    return 'Coupon usage limit has been reached.';
  const own = coupon.usedBy.filter((user) => user === email).length;
  if (coupon.usageLimitPerUser !== null && coupon.usageLimitPerUser > 0 && own >= coupon.usageLimitPerUser)
    return 'Coupon usage limit has been reached.';
  if (goods < minimum) return 'The minimum spend for this coupon has not been reached.';
  if (maximum > 0 && goods > maximum) return 'The maximum spend for this coupon has been passed.';
  if (coupon.emailRestrictions.length > 0 && email !== '' && !coupon.emailRestrictions.includes(email))
    return 'Please enter a valid email to use this coupon code.';
  return null;
}

function isFor(store: WooStore, coupon: WooCoupon, line: DiscountLine): boolean {
  const product = store.product(line.productId);
  const ids = [line.productId, line.variationId];
  const categories = product?.categoryIds ?? [];
  const within = coupon.productIds.length === 0 || coupon.productIds.some((id) => ids.includes(id));
  const inCategory =
    coupon.productCategories.length === 0 || coupon.productCategories.some((id) => categories.includes(id));
  const excluded =
    coupon.excludedProductIds.some((id) => ids.includes(id)) ||
    coupon.excludedProductCategories.some((id) => categories.includes(id));
  return within && inCategory && !excluded && !(coupon.excludeSaleItems && (product?.salePrice ?? '') !== '');
}

function amounts(
  store: WooStore,
  coupon: WooCoupon,
  lines: readonly DiscountLine[],
  eligible: readonly boolean[],
): number[] {
  if (coupon.discountType === 'trellis_code') return codeOff(store, coupon, lines);
  const prices = lines.map((line, at) => (eligible[at] === true ? line.amount : 0));
  const sum = prices.reduce((total, price) => total + price, 0);
  if (coupon.discountType === 'percent') return split(Math.round((sum * Number(coupon.amount)) / 100), prices);
  const each = minorOf(coupon.amount, store.site) ?? 0;
  if (coupon.discountType === 'fixed_cart') return split(Math.min(sum, each), prices);
  return lines.map((line, at) => (eligible[at] === true ? Math.min(line.amount, each * line.quantity) : 0));
}

/** Counts one use by an order; WooCommerce does that past its own actions. */
export function countUse(store: WooStore, coupon: WooCoupon, user: string): void {
  const record = { ...coupon, usageCount: coupon.usageCount + 1, usedBy: [...coupon.usedBy, user] };
  store.commit([{ table: 'coupons', id: coupon.id, record, quiet: true }]);
}
