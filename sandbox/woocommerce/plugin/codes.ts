import { type CodePrice, type CodeTerms, decodeCodeGuard, isCodeOf, priceCode } from '#app/domains/codes/index.ts';
import { split } from '../../shopify/money.ts';
import type { WooCoupon } from '../model.ts';
import type { WooStore } from '../store.ts';
import type { OfferableLine } from './price-offers.ts';
import { readPlugin } from './state.ts';

/** The coupon's meta as the app wrote it; null for a coupon that is no code of ours. */
function configOf(coupon: WooCoupon): { terms: CodeTerms; bound: boolean; first: boolean } | null {
  const text = coupon.metaData.find(({ key }) => key === '_trellis_code')?.value;
  if (typeof text !== 'string') return null;
  const [, letter, value, minimum, bound, variant, products = ''] = text.split(';');
  const [points, most] = (value ?? '').split(':');
  const ids = products === '' ? null : products.split(',');
  const beside = { minSubtotalMinor: Number(minimum), productIds: ids };
  const terms: Readonly<Record<string, CodeTerms>> = {
    a: { type: 'amount', minor: Number(value), ...beside },
    p: {
      type: 'percentage',
      basisPoints: Number(points),
      ...(most === undefined ? {} : { mostMinor: Number(most) }),
      ...beside,
    },
    s: { type: 'free-shipping', ...beside },
    g: { type: 'free-product', productId: ids?.[0] ?? '', variantId: variant || null, ...beside },
  };
  const found = terms[letter ?? ''];
  return found ? { terms: found, bound: bound === '1', first: bound === '2' } : null;
}

/**
 * Whether a coupon is one of ours that the plugin does not let stand: it cannot be read, or nothing says what codes must
 * leave of each product, because the store was disconnected. Where the plugin is away nobody looks.
 */
export function isVoid(store: WooStore, coupon: WooCoupon): boolean {
  const plugin = readPlugin(store);
  if (coupon.discountType !== 'trellis_code' || plugin === null) return false;
  return configOf(coupon) === null || (plugin.codeGuard ?? null) === null;
}

/** Whether a code is bound to another customer than this one (0 = a guest). */
export function isSomebodyElses(coupon: WooCoupon, customerId: number): boolean {
  const config = configOf(coupon);
  return config?.bound === true && !isCodeOf(coupon.code, customerId === 0 ? null : customerId.toString());
}

/** Whether a code is for first orders and the shopper, by account or address, has ordered before. */
export function isTooLate(store: WooStore, coupon: WooCoupon, customerId: number, email: string): boolean {
  if (configOf(coupon)?.first !== true) return false;
  const address = email.trim().toLowerCase();
  return [...store.orders.values()].some(
    (order) =>
      ['processing', 'completed', 'on-hold', 'refunded'].includes(order.status) &&
      ((customerId !== 0 && order.customerId === customerId) ||
        (address !== '' && order.billing.email?.toLowerCase() === address)),
  );
}

/**
 * Whether a coupon makes a parcel free: the plugin closes what a code of ours opened where the goods cannot bear its price
 * after all that comes off them. Where the plugin is away nobody looks.
 */
export function freesParcel(
  store: WooStore,
  coupon: WooCoupon,
  lines: readonly OfferableLine[],
  { off, parcel }: { readonly off: number; readonly parcel: number },
): boolean {
  if (coupon.discountType !== 'trellis_code' || readPlugin(store) === null) return coupon.freeShipping;
  const most = priceOf(store, coupon, lines)?.freeUpToMinor ?? null;
  return coupon.freeShipping && most !== null && parcel <= most - off;
}

/** What a code of ours takes off each line, by the app's own rules; nothing without the plugin or its guard. */
export function codeOff(store: WooStore, coupon: WooCoupon, lines: readonly OfferableLine[]): number[] {
  const price = priceOf(store, coupon, lines);
  return split(
    price?.minor ?? 0,
    lines.map((line, at) => (price?.lines.includes(at) === true ? line.amount : 0)),
  );
}

function priceOf(store: WooStore, coupon: WooCoupon, lines: readonly OfferableLine[]): CodePrice | null {
  const config = configOf(coupon);
  const guard = decodeCodeGuard(readPlugin(store)?.codeGuard ?? '');
  if (!config || !guard) return null;
  return priceCode(
    lines.map((line) => ({
      productId: line.productId.toString(),
      variantId: (line.variationId === 0 ? line.productId : line.variationId).toString(),
      quantity: line.quantity,
      unitPriceMinor: Math.round(line.amount / line.quantity),
      giftCard: false,
      sellingPlan: false,
    })),
    config.terms,
    guard,
    (minor) => minor,
  );
}
