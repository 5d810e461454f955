import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { couponOn, lineAmount, shippingFor, soldAs, type CartLine } from '../checkout.ts';
import type { WooProduct, WooVariation } from '../model.ts';
import { mayBuy } from '../plugin/access.ts';
import { freesParcel } from '../plugin/codes.ts';
import { offersOn } from '../plugin/price-offers.ts';
import { tierCodeFor } from '../plugin/tier-code.ts';
import type { WooStore } from '../store.ts';
import { splitTax } from '../tax.ts';
import { readCustomerId } from './login.ts';

const cookie = 'sandbox_woo_cart';
const options = { path: '/', sameSite: 'Lax', httpOnly: true } as const;
const stored = z.array(
  z.object({
    productId: z.number().int(),
    variationId: z.number().int(),
    quantity: z.number().int().min(1).max(999),
    /** what our storefront has marked the line with */
    metaData: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
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
  const text = JSON.stringify(lines);
  setCookie(c, cookie, text, options);
  // WooCommerce's own, which scripts read.
  const hash = createHash('md5').update(text).digest('hex');
  setCookie(c, 'woocommerce_items_in_cart', lines.length === 0 ? '0' : '1', { path: '/' });
  setCookie(c, 'woocommerce_cart_hash', lines.length === 0 ? '' : hash, { path: '/' });
}

const visitorCookie = 'sandbox_woo_visitor';
/** The visitor that the session was told of, or ''. */
export const readVisitor = (c: Context): string => getCookie(c, visitorCookie) ?? '';
export function writeVisitor(c: Context, visitor: string): void {
  setCookie(c, visitorCookie, visitor, options);
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

/** More of a thing in the cart, with the marks of the last time that it was added. */
export function addedTo(lines: readonly CartLine[], line: CartLine): CartLine[] {
  const known = lines.find(
    ({ productId, variationId }) => productId === line.productId && variationId === line.variationId,
  );
  return withQuantity(lines, { ...known, ...line, quantity: line.quantity + (known?.quantity ?? 0) });
}

export interface Shopper {
  readonly code: string;
  /** what the plugin puts in where nothing was entered */
  readonly tierCode?: string;
  readonly visitor: string;
  /** 0 = a guest */
  readonly customerId: number;
  readonly email?: string;
}

/** Who stands before the cart of this request. */
export const shopperOf = (store: WooStore, c: Context): Shopper => ({
  code: readCoupon(c),
  tierCode: tierCodeFor(store, c),
  visitor: readVisitor(c),
  customerId: readCustomerId(c),
});

/**
 * The cart as it costs now; what cannot be bought any more is left out. The tier's code gives way to what was entered and to
 * every offer, and says nothing where it cannot stand.
 */
export function priceCart(store: WooStore, lines: readonly CartLine[], shopper: Shopper) {
  const without = priceWith(store, lines, shopper);
  const { code, tierCode = '' } = shopper;
  const free = without.lines.length === 0 || without.ours.freeShipping !== null;
  if (code !== '' || tierCode === '' || free) return without;
  const cart = priceWith(store, lines, { ...shopper, code: tierCode });
  return cart.code !== '' && isDeepStrictEqual(cart.ours.offers, without.ours.offers) ? cart : without;
}

function priceWith(store: WooStore, lines: readonly CartLine[], { code, visitor, customerId, email = '' }: Shopper) {
  const turnedAway: string[] = [];
  const priced = lines.flatMap((line): PricedLine[] => {
    const found = soldAs(store, line);
    if (found !== null && !mayBuy(store, found.product, customerId)) {
      turnedAway.push(found.product.name);
      return [];
    }
    return found === null ? [] : [{ line, ...found, amount: lineAmount(store, found.sold, line.quantity) }];
  });
  const goods = priced.reduce((sum, { amount }) => sum + amount, 0);
  const result = couponOn(
    store,
    code,
    priced.map(({ line, amount }) => ({ ...line, amount })),
    email,
    customerId,
  );
  const applied = result !== null && 'coupon' in result ? result : null;
  const ours = offersOn(
    store,
    priced.map(({ line, amount }) => ({ ...line, amount })),
    { visitor, coupon: applied, shippingFor: (of) => shippingFor(store, of) },
  );
  const coupon = ours.coupon ?? [];
  const gaveWay = applied !== null && ours.coupon === null;
  const offAt = (at: number): number =>
    ours.offers.reduce((sum, { off }) => sum + (off[at] ?? 0), 0) + (coupon[at] ?? 0);
  const discount = priced.reduce((sum, _line, at) => sum + offAt(at), 0);
  const parcel = shippingFor(store, goods - discount);
  const freeByCode =
    ours.coupon !== null &&
    applied !== null &&
    freesParcel(
      store,
      applied.coupon,
      priced.map(({ line, amount }) => ({ ...line, amount })),
      { off: discount, parcel },
    );
  const shipping = priced.length === 0 || ours.freeShipping !== null || freeByCode ? 0 : parcel;
  const tax = [...priced.map(({ amount }, at) => amount - offAt(at)), shipping].reduce(
    (sum, amount) => sum + splitTax(amount, store.site).tax,
    0,
  );
  const onTop = store.site.tax === 'exclusive' ? tax : 0;
  return {
    lines: priced,
    /** names of products that are kept for others */
    turnedAway,
    goods,
    discount,
    /** smallest units that the line costs less by */
    offAt,
    ours,
    couponOff: coupon.reduce((sum, amount) => sum + amount, 0),
    code: gaveWay ? '' : (applied?.coupon.code ?? ''),
    refusal: gaveWay
      ? 'This coupon cannot be combined with the offers in your cart, which save you more.'
      : result !== null && 'refusal' in result
        ? result.refusal
        : null,
    shipping,
    tax,
    total: goods - discount + shipping + onTop,
  };
}
