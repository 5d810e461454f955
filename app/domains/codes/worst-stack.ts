import type { ShopScope } from '#app/infra/database.ts';
import type { CodeTerms } from './model.ts';
import { type MarginRules, type ProductRoom, readRooms } from './store-guard.ts';

/** What is left of a code in the cart that can bear least of it. */
export interface WorstStack {
  /** share of what the code promises, basis points; 10000 = all of it, in every cart */
  readonly leftBps: number;
  /** the weakest product that it is for; null where the shop has none */
  readonly product: { readonly id: string; readonly title: string } | null;
  /** a sentence for whoever edits the offer; null where nothing is to be said */
  readonly notice: string | null;
}

const whole = 10_000;

/**
 * What a code of ours is worth in the worst cart that it may be used in: one of nothing but the weakest product that it is
 * for, at its least subtotal. The checkout reduces it there, so that the margin is left. What a parcel costs is known at
 * the checkout alone: of free shipping the notice says up to which price it is free there.
 */
export async function worstStack(scope: ShopScope, rules: MarginRules, terms: CodeTerms): Promise<WorstStack> {
  const one = { limit: 1 };
  const [gift] =
    terms.type === 'free-product' ? await readRooms(scope, rules, { ...one, productIds: [terms.productId] }) : [];
  const [weakest] = await readRooms(scope, rules, {
    ...one,
    productIds: terms.type === 'free-product' ? null : terms.productIds,
  });
  const named = gift ?? weakest;
  if (!weakest || !named) return { leftBps: whole, product: null, notice: null };
  const leftBps = leftOf(terms, weakest, gift ?? null);
  return { leftBps, product: { id: named.productId, title: named.title }, notice: noticeOf(terms, leftBps, named) };
}

/** The share of the promise that the weakest cart can bear, rounded down. */
export function leftOf(
  terms: CodeTerms,
  weakest: Pick<ProductRoom, 'roomBps'>,
  gift: Pick<ProductRoom, 'priceMinor' | 'roomBps'> | null,
): number {
  const share = (room: number, wanted: number): number =>
    wanted <= 0 ? whole : Math.min(whole, Math.floor((room * whole) / wanted));
  const least = terms.minSubtotalMinor ?? 0;
  if (terms.type === 'percentage') return share(weakest.roomBps, terms.basisPoints);
  if (terms.type === 'amount')
    return share(Math.floor((Math.max(least, terms.minor) * weakest.roomBps) / whole), terms.minor);
  if (terms.type === 'free-shipping' || !gift) return whole;
  // The whole cart bears a free product: it and what must be bought beside it.
  const beside = Math.max(0, least - gift.priceMinor);
  const room = Math.floor((gift.priceMinor * gift.roomBps + beside * weakest.roomBps) / whole);
  return share(room, gift.priceMinor);
}

function noticeOf(terms: CodeTerms, leftBps: number, { title, roomBps }: ProductRoom): string | null {
  if (leftBps >= whole && terms.type !== 'free-shipping') return null;
  const cart = terms.type === 'free-product' ? `In a cart with “${title}” alone` : `In a cart of “${title}” alone`;
  const because = 'so that your lowest margin is left';
  const percent = (bps: number): string => String(Math.floor(bps / 10) / 10);
  if (terms.type === 'free-shipping')
    return roomBps === 0
      ? `${cart} shipping is not free, ${because}.`
      : `${cart} shipping is free as long as it costs no more than ${percent(roomBps)} % of the goods, ${because}.`;
  if (leftBps === 0) return `${cart} it takes nothing off, ${because}.`;
  if (terms.type === 'percentage')
    return `${cart} it takes ${percent((terms.basisPoints * leftBps) / whole)} % off instead of ${percent(terms.basisPoints)} %, ${because}.`;
  return `${cart} it takes off ${percent(leftBps)} % of what it says, ${because}.`;
}
