import type { CodeTerms } from './model.ts';

/** A line of a cart as a code sees it, in what the shopper pays in. */
export interface CodeLine {
  readonly productId: string;
  readonly variantId: string | null;
  readonly quantity: number;
  /** minor units, before any discount */
  readonly unitPriceMinor: number;
  readonly giftCard: boolean;
  /** bought on a subscription */
  readonly sellingPlan: boolean;
}

/** What may come off each product at most, basis points of its price, so that the merchant's margin is left. */
export interface CodeGuard {
  /** of products that are not named */
  readonly rest: number;
  readonly products: ReadonlyMap<string, number>;
}

/** What stands in the store for all codes of an offer, and what stands there for the whole shop. */
export interface CodeConfig {
  readonly terms: CodeTerms;
  /** codes say themselves whose they are */
  readonly bound: boolean;
  /** ISO 4217, what amounts are written in */
  readonly currency: string;
}

/** What a metafield of a Function may hold. Source: shopify.dev, Functions, limitations. */
const configBytes = 10_000;

const letters = { amount: 'a', percentage: 'p', 'free-shipping': 's', 'free-product': 'g' } as const;

/**
 * The offer as the checkout reads it: version; letter of the type; minor units or basis points; least subtotal; 0 for
 * everybody, 1 where bound, 2 for first orders; variant; products; currency. Null where there are more products than the checkout can read.
 */
export function encodeCodeConfig({ terms, bound, currency }: CodeConfig): string | null {
  const value = terms.type === 'amount' ? terms.minor : terms.type === 'percentage' ? terms.basisPoints : 0;
  const gift = terms.type === 'free-product' ? terms : null;
  const products = gift ? [gift.productId] : (terms.productIds ?? []);
  const text = [
    1,
    letters[terms.type],
    value,
    terms.minSubtotalMinor ?? 0,
    bound ? 1 : terms.firstOrder ? 2 : 0,
    gift?.variantId ?? '',
    [...products].sort().join(','),
    currency,
  ].join(';');
  return text.length > configBytes ? null : text;
}

/**
 * The guard as the checkout reads it: version; basis points of products that are not named; `product:points` of as many
 * as there is room for. The others get what the first without room has.
 * @param weakest products that can bear least, the weakest first; the last of them stands for all that follow
 */
export function encodeCodeGuard(weakest: readonly { readonly productId: string; readonly roomBps: number }[]): string {
  const named: string[] = [];
  let bytes = 'v;10000;'.length;
  let rest = weakest.at(-1)?.roomBps ?? 0;
  for (const { productId, roomBps } of weakest) {
    const entry = `${productId}:${roomBps}`;
    bytes += entry.length + 1;
    if (bytes > configBytes) {
      rest = roomBps;
      break;
    }
    named.push(entry);
  }
  return `1;${rest};${named.join(',')}`;
}

/** How many products a guard can name at most: the shortest ids have one digit. */
export const mostGuarded = 2_000;

/** Reads a guard; null for what is none, and then no code takes anything off. */
export function decodeCodeGuard(text: string): CodeGuard | null {
  const match = /^1;(\d{1,5});((?:\d+:\d{1,5}(?:,|$))*)$/.exec(text);
  if (!match) return null;
  const products = (match[2] ?? '').split(',').flatMap((entry) => {
    const [id, points] = entry.split(':');
    return id && points ? [[id, Number(points)] as const] : [];
  });
  return { rest: Number(match[1]), products: new Map(products) };
}

/** What a code takes off goods, off which lines, and whether shipping is free. */
export interface CodePrice {
  readonly minor: number;
  /** indices of the lines that it is taken off */
  readonly lines: readonly number[];
  /** units of the one line of a free product, else null: all */
  readonly units: number | null;
  readonly freeShipping: boolean;
  /** less than it promises, so that the margin is left */
  readonly reduced: boolean;
}

const nothing: CodePrice = { minor: 0, lines: [], units: null, freeShipping: false, reduced: false };

/**
 * Prices a code in a cart: what it promises, but never more than its lines can bear together; a free product is borne by
 * the whole cart. Gift cards and subscriptions take no part. The checkout's own programs repeat this.
 * @param convert shop-currency minor units to those that the shopper pays in
 */
export function priceCode(
  lines: readonly CodeLine[],
  terms: CodeTerms,
  guard: CodeGuard,
  convert: (minor: number) => number,
): CodePrice {
  const all = lines.map((line, index) => {
    const total = line.unitPriceMinor * line.quantity;
    const room = Math.floor((total * (guard.products.get(line.productId) ?? guard.rest)) / 10_000);
    return { ...line, index, total, room };
  });
  const goods = all.filter((line) => !line.giftCard);
  const sum = (of: readonly { readonly total: number; readonly room: number }[], what: 'total' | 'room') =>
    of.reduce((before, line) => before + line[what], 0);
  if (goods.length === 0 || sum(goods, 'total') < convert(terms.minSubtotalMinor ?? 0)) return nothing;
  if (terms.type === 'free-shipping') return { ...nothing, freeShipping: true };
  const eligible = goods.filter((line) => !line.sellingPlan && line.unitPriceMinor > 0);
  const isMeant = ({ productId, variantId }: CodeLine) =>
    terms.type === 'free-product'
      ? productId === terms.productId && (terms.variantId === null || variantId === terms.variantId)
      : (terms.productIds?.includes(productId) ?? true);
  const meant = eligible.filter(isMeant);
  const targets = terms.type === 'free-product' ? meant.slice(0, 1) : meant;
  const base = sum(targets, 'total');
  const wanted =
    terms.type === 'free-product'
      ? (targets[0]?.unitPriceMinor ?? 0)
      : terms.type === 'percentage'
        ? Math.floor((base * terms.basisPoints + 5000) / 10_000)
        : Math.min(base, convert(terms.minor));
  const minor = Math.min(wanted, sum(terms.type === 'free-product' ? eligible : targets, 'room'));
  if (minor <= 0) return { ...nothing, reduced: wanted > 0 };
  return {
    minor,
    lines: targets.map(({ index }) => index),
    units: terms.type === 'free-product' ? 1 : null,
    freeShipping: false,
    reduced: minor < wanted,
  };
}
