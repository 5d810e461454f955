import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { couponOn, lineAmount, shippingFor, soldAs, type CartLine } from '../checkout.ts';
import type { WooProduct, WooVariation } from '../model.ts';
import type { WooStore } from '../store.ts';
import { splitTax } from '../tax.ts';

const cookie = 'sandbox_woo_cart';
const options = { path: '/', sameSite: 'Lax', httpOnly: true } as const;
const stored = z.array(
  z.object({
    productId: z.number().int(),
    variationId: z.number().int(),
    quantity: z.number().int().min(1).max(999),
  }),
);

/** The visitor's cart; it lives in their browser alone. A cookie that somebody changed is an empty cart. */
export function readCart(c: Context): CartLine[] {
  const text = getCookie(c, cookie) ?? '[]';
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

export function writeCart(c: Context, lines: readonly CartLine[]): void {
  setCookie(c, cookie, JSON.stringify(lines), options);
}

/** The cart with another `quantity` of a thing; 0 takes it out. */
export function withQuantity(lines: readonly CartLine[], line: CartLine): CartLine[] {
  const rest = lines.filter(
    ({ productId, variationId }) => productId !== line.productId || variationId !== line.variationId,
  );
  return line.quantity <= 0 ? rest : [...rest, { ...line, quantity: Math.min(999, line.quantity) }];
}

const couponCookie = 'sandbox_woo_coupon';
export const readCoupon = (c: Context): string => getCookie(c, couponCookie) ?? '';
export function writeCoupon(c: Context, code: string): void {
  setCookie(c, couponCookie, code, options);
}

export interface PricedLine {
  readonly line: CartLine;
  readonly product: WooProduct;
  readonly sold: WooProduct | WooVariation;
  /** smallest units, as the shop shows its prices */
  readonly amount: number;
}

/** The cart as it costs now; what cannot be bought any more is left out. */
export function priceCart(store: WooStore, lines: readonly CartLine[], code: string, email = '') {
  const priced = lines.flatMap((line): PricedLine[] => {
    const found = soldAs(store, line);
    return found === null ? [] : [{ line, ...found, amount: lineAmount(store, found.sold, line.quantity) }];
  });
  const goods = priced.reduce((sum, { amount }) => sum + amount, 0);
  const result = couponOn(
    store,
    code,
    priced.map(({ line, amount }) => ({ ...line, amount })),
    email,
  );
  const off = result !== null && 'off' in result ? result.off : [];
  const discount = off.reduce((sum, amount) => sum + amount, 0);
  const shipping = priced.length === 0 ? 0 : shippingFor(store, goods - discount);
  const tax = [...priced.map(({ amount }, at) => amount - (off[at] ?? 0)), shipping].reduce(
    (sum, amount) => sum + splitTax(amount, store.site).tax,
    0,
  );
  const onTop = store.site.tax === 'exclusive' ? tax : 0;
  return {
    lines: priced,
    goods,
    discount,
    code: result !== null && 'coupon' in result ? result.coupon.code : '',
    refusal: result !== null && 'refusal' in result ? result.refusal : null,
    shipping,
    tax,
    total: goods - discount + shipping + onTop,
  };
}
