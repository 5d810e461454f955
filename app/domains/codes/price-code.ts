import type { MostOff } from '#app/domains/incentives/index.ts';
import { type BesidePairs, type CodeGuard, configBytes } from './code-guard.ts';
import { classOf, type CodeTerms } from './model.ts';

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

/** What stands in the store for all codes of an offer, and what stands there for the whole shop. */
export interface CodeConfig {
  readonly terms: CodeTerms;
  /** codes say themselves whose they are */
  readonly bound: boolean;
  /** ISO 4217, what amounts are written in */
  readonly currency: string;
}

const letters = { amount: 'a', percentage: 'p', 'free-shipping': 's', 'free-product': 'g' } as const;

/**
 * The offer as the checkout reads it: version; letter of the type; minor units, or basis points with a colon and the minor
 * units that they may take off at most where there is such a bound; least subtotal; 0 for everybody, 1 where bound, 2 for
 * first orders; variant; products; currency. Null where there are more products than the checkout can read.
 */
export function encodeCodeConfig({ terms, bound, currency }: CodeConfig): string | null {
  const gift = terms.type === 'free-product' ? terms : null;
  const products = gift ? [gift.productId] : (terms.productIds ?? []);
  const text = [
    1,
    letters[terms.type],
    valueOf(terms),
    terms.minSubtotalMinor ?? 0,
    bound ? 1 : terms.firstOrder ? 2 : 0,
    gift?.variantId ?? '',
    [...products].sort().join(','),
    currency,
  ].join(';');
  return text.length > configBytes ? null : text;
}

function valueOf(terms: CodeTerms): number | string {
  if (terms.type === 'amount') return terms.minor;
  if (terms.type !== 'percentage') return 0;
  const { basisPoints, mostMinor } = terms;
  return mostMinor === undefined ? basisPoints : `${String(basisPoints)}:${String(mostMinor)}`;
}

/** What a code takes off goods, off which lines, and which shipping it makes free. */
export interface CodePrice {
  readonly minor: number;
  /** indices of the lines that it is taken off */
  readonly lines: readonly number[];
  /** units of the one line of a free product, else null: all */
  readonly units: number | null;
  /** shipping that costs no more is free; null = the code is not for shipping, or not for this cart */
  readonly freeUpToMinor: number | null;
  /** less than it promises, so that the margin is left */
  readonly reduced: boolean;
}

const nothing: CodePrice = { minor: 0, lines: [], units: null, freeUpToMinor: null, reduced: false };

interface GuardedLine extends CodeLine {
  readonly index: number;
  readonly total: number;
  readonly room: number;
}

/**
 * Prices a code in a cart: what it promises, but never more than its lines can bear together; a free product is borne by
 * the whole cart. Where other discounts of goods may stand beside it, never more than the whole cart can bear after what
 * they take at most, whether they stand there or not. Free shipping counts as if its price came off the goods: it is
 * taken to cost the merchant what it costs the shopper. Gift cards and subscriptions take no part. The checkout's own
 * programs repeat this.
 * @param convert shop-currency minor units to those that the shopper pays in
 * @param others other codes that were entered
 */
export function priceCode(
  lines: readonly CodeLine[],
  terms: CodeTerms,
  guard: CodeGuard,
  convert: (minor: number) => number,
  others = 0,
): CodePrice {
  const all = lines.map((line, index): GuardedLine => {
    const total = line.unitPriceMinor * line.quantity;
    const room = Math.floor((total * (guard.products.get(line.productId) ?? guard.rest)) / 10_000);
    return { ...line, index, total, room };
  });
  const goods = all.filter((line) => !line.giftCard);
  if (goods.length === 0 || sum(goods, 'total') < convert(terms.minSubtotalMinor ?? 0)) return nothing;
  const eligible = goods.filter((line) => !line.sellingPlan && line.unitPriceMinor > 0);
  const beside = roomBeside(goods, eligible, classOf(terms), guard, convert, others);
  if (terms.type === 'free-shipping') return { ...nothing, freeUpToMinor: Math.min(sum(eligible, 'room'), beside) };
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
        ? Math.min(
            Math.floor((base * terms.basisPoints + 5000) / 10_000),
            terms.mostMinor === undefined ? Infinity : convert(terms.mostMinor),
          )
        : Math.min(base, convert(terms.minor));
  const minor = Math.min(wanted, sum(terms.type === 'free-product' ? eligible : targets, 'room'), beside);
  if (minor <= 0) return { ...nothing, reduced: wanted > 0 };
  return {
    minor,
    lines: targets.map(({ index }) => index),
    units: terms.type === 'free-product' ? 1 : null,
    freeUpToMinor: null,
    reduced: minor < wanted,
  };
}

const sum = (of: readonly GuardedLine[], what: 'total' | 'room' | 'quantity'): number =>
  of.reduce((before, line) => before + line[what], 0);

/**
 * What the whole cart can bear beside everything else that may come off goods. Several codes of ours share it, because
 * each of them prices itself alone.
 */
function roomBeside(
  goods: readonly GuardedLine[],
  eligible: readonly GuardedLine[],
  ofClass: ReturnType<typeof classOf>,
  guard: CodeGuard,
  convert: (minor: number) => number,
  others: number,
): number {
  const { beside } = guard;
  if (!beside) return Infinity;
  const { bundles, goals, parcels } = standsBeside(ofClass, beside.pairs);
  // A code for shipping is one that was entered, too: it knows this one no better.
  if (!bundles && !goals && !(parcels && others > 0)) return Infinity;
  const units = sum(goods, 'quantity');
  let room = sum(eligible, 'room');
  if (bundles) for (const line of eligible) room -= offLine(line, units, guard, convert);
  const total = sum(eligible, 'total');
  const share = ({ basisPoints, minor }: Pick<MostOff, 'basisPoints' | 'minor'>): number =>
    Math.max(Math.ceil((total * basisPoints) / 10_000), convert(minor)) + 1;
  if (goals && beside.order && sum(goods, 'total') >= convert(beside.order.fromMinor)) room -= share(beside.order);
  if (others > 0 && (bundles || goals)) room -= others * share(beside.others);
  return Math.max(0, Math.floor(room / (others + 1)));
}

/** Which discounts may stand beside a code of a class: off products, off the order, off shipping. */
function standsBeside(
  ofClass: ReturnType<typeof classOf>,
  { productProduct, productOrder, orderOrder, productShipping, orderShipping }: BesidePairs,
): { readonly bundles: boolean; readonly goals: boolean; readonly parcels: boolean } {
  if (ofClass === 'shipping') return { bundles: productShipping, goals: orderShipping, parcels: false };
  if (ofClass === 'order') return { bundles: productOrder, goals: orderOrder, parcels: orderShipping };
  return { bundles: productProduct, goals: productOrder, parcels: productShipping };
}

/** What offers of ours take off a line at most; one minor unit more of each of its units, for what is rounded. */
function offLine(
  { productId, unitPriceMinor, quantity }: GuardedLine,
  units: number,
  { products, beside }: CodeGuard,
  convert: (minor: number) => number,
): number {
  const most = products.has(productId) ? beside?.off.get(productId) : beside?.restOff;
  if (!most || units < most.units) return 0;
  const price = most.leftMinor === null ? 0 : Math.max(0, unitPriceMinor - convert(most.leftMinor));
  const share = Math.ceil((unitPriceMinor * most.basisPoints) / 10_000);
  return quantity * (Math.max(share, convert(most.minor), price) + 1);
}
