import { applyCoupon, countUse, type CouponResult, type DiscountLine } from './coupons.ts';
import { minorOf, money } from './rest/money.ts';
import { canBeBought, priceOf } from './rest/views/product.ts';
import type { WooAddress, WooOrder, WooProduct, WooVariation } from './model.ts';
import { newLine, newOrderKey, placeOrder } from './orders.ts';
import { mayBuy } from './plugin/access.ts';
import { freesParcel } from './plugin/codes.ts';
import { type OffersOn, offersOn } from './plugin/price-offers.ts';
import type { WooStore } from './store.ts';
import { splitTax } from './tax.ts';

export interface CartLine {
  readonly productId: number;
  /** 0 = a simple product */
  readonly variationId: number;
  readonly quantity: number;
  readonly metaData?: readonly { key: string; value: unknown }[] | undefined;
}

export interface CheckoutInput {
  readonly lines: readonly CartLine[];
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** the registered customer who is logged in; without one it is a guest's order */
  readonly customerId?: number;
  readonly metaData?: readonly { key: string; value: unknown }[];
  readonly couponCode?: string;
  /** in place of the site's own, as a currency plugin sets it */
  readonly currency?: string;
  /** who our storefront says is buying, with consent */
  readonly visitor?: string;
  /** code of the advocate whose link the browser came by */
  readonly referral?: string;
}

/** The coupon on a cart that costs what the lines cost; null where the cart has none. */
export function couponOn(
  store: WooStore,
  code: string | undefined,
  lines: readonly DiscountLine[],
  email: string,
  customerId = 0,
): CouponResult | null {
  return code === undefined || code === '' ? null : applyCoupon(store, code, lines, email, customerId);
}

/** What a line of a cart is now; null when it cannot be bought any more. */
export function soldAs(
  store: WooStore,
  line: CartLine,
): { product: WooProduct; sold: WooProduct | WooVariation } | null {
  const product = store.product(line.productId);
  const sold = line.variationId === 0 ? product : (store.variations.get(line.variationId) ?? null);
  if (product?.status !== 'publish' || sold === null || !canBeBought(sold)) return null;
  if ((product.type === 'variable') !== (line.variationId !== 0)) return null;
  return { product, sold };
}

/** Smallest units of the whole line, as the shop shows its prices. */
export const lineAmount = (store: WooStore, sold: WooProduct | WooVariation, quantity: number): number =>
  (minorOf(priceOf(sold), store.site) ?? 0) * quantity;

const freeFrom = 60;
const flatRate = 4.9;

/** Shipping is free above 60, as in the store's past. */
export function shippingFor(store: WooStore, goods: number): number {
  const unit = 10 ** store.site.decimals;
  return goods >= freeFrom * unit ? 0 : Math.round(flatRate * unit);
}

/** What our plugin writes on a line that it has reduced. */
function offerMarks({ offers }: OffersOn, at: number): { key: string; value: string }[] {
  const own = Object.fromEntries(offers.flatMap(({ id, off }) => ((off[at] ?? 0) > 0 ? [[id, off[at]]] : [])));
  return Object.keys(own).length === 0 ? [] : [{ key: '_trellis_discounts', value: JSON.stringify(own) }];
}

/**
 * Buys a cart: the order is made, its stock taken, and webhooks are queued.
 * @throws Error when the cart is empty or holds something that cannot be bought
 */
export function buy(store: WooStore, input: CheckoutInput): WooOrder {
  const customer = store.customers.get(input.customerId ?? 0) ?? null;
  const lines = input.lines.map((line) => {
    const found = soldAs(store, line);
    if (found === null || !mayBuy(store, found.product, customer?.id ?? 0))
      throw new Error(`product ${line.productId.toString()} cannot be bought`);
    return {
      ...line,
      name: found.product.name,
      gross: lineAmount(store, found.sold, line.quantity),
      metaData: line.metaData ?? [],
    };
  });
  if (lines.length === 0) throw new Error('the cart is empty');
  const result = couponOn(
    store,
    input.couponCode,
    lines.map((line) => ({ ...line, amount: line.gross })),
    input.email,
    customer?.id ?? 0,
  );
  if (result !== null && 'refusal' in result) throw new Error(result.refusal);
  const applied = result !== null && 'coupon' in result ? result : null;
  const ours = offersOn(
    store,
    lines.map((line) => ({ ...line, amount: line.gross })),
    { visitor: input.visitor ?? '', coupon: applied, shippingFor: (goods) => shippingFor(store, goods) },
  );
  const used = ours.coupon === null ? null : (applied?.coupon ?? null);
  const coupon = ours.coupon ?? [];
  const ownOff = (at: number): number => ours.offers.reduce((sum, { off }) => sum + (off[at] ?? 0), 0);
  const goods = lines.reduce((sum, line, at) => sum + line.gross - ownOff(at) - (coupon[at] ?? 0), 0);
  const parcel = shippingFor(store, goods);
  const amounts = lines.map((line) => ({ ...line, amount: line.gross }));
  const off = amounts.reduce((sum, { amount }) => sum + amount, 0) - goods;
  const freeByCode = used !== null && freesParcel(store, used, amounts, { off, parcel });
  const shipping = splitTax(ours.freeShipping === null && !freeByCode ? parcel : 0, store.site);
  const freeByUs = ours.freeShipping !== null || (freeByCode && used.discountType === 'trellis_code');
  const address: WooAddress = {
    first_name: input.firstName ?? customer?.firstName ?? '',
    last_name: input.lastName ?? customer?.lastName ?? '',
    company: '',
    address_1: '1 Main Street',
    address_2: '',
    city: 'Kiel',
    postcode: '24103',
    country: store.site.country,
    state: '',
    phone: '',
  };
  const at = store.stamp();
  const sold = lines.map((line, index) =>
    newLine(store, {
      ...line,
      off: ownOff(index) + (coupon[index] ?? 0),
      metaData: [...line.metaData, ...offerMarks(ours, index)],
    }),
  );
  const metaData = [
    ...(input.metaData ?? []),
    ...((input.visitor ?? '') === '' ? [] : [{ key: '_trellis_visitor', value: input.visitor }]),
    ...((input.referral ?? '') === '' ? [] : [{ key: '_trellis_referral', value: input.referral }]),
    ...(ours.freeShipping === null ? [] : [{ key: '_trellis_free_shipping', value: ours.freeShipping }]),
    ...(freeByUs && parcel > 0 ? [{ key: '_trellis_shipping_off', value: money(parcel, store.site) }] : []),
  ];
  const splitOff = (off: readonly number[]) => {
    // Tax is split off line by line, as it is on the lines themselves.
    const parts = off.map((amount) => splitTax(amount, store.site));
    return {
      discount: parts.reduce((sum, part) => sum + part.net, 0),
      discountTax: parts.reduce((sum, part) => sum + part.tax, 0),
    };
  };
  const order = placeOrder(store, {
    id: store.nextId(),
    status: 'processing',
    currency: input.currency ?? store.site.currency,
    pricesIncludeTax: store.site.tax === 'inclusive',
    customerId: customer?.id ?? 0,
    orderKey: newOrderKey(),
    billing: { ...address, email: input.email },
    shipping: address,
    paymentMethod: 'cod',
    paymentMethodTitle: 'Cash on delivery',
    transactionId: '',
    createdVia: 'checkout',
    customerNote: '',
    paidAt: null,
    completedAt: null,
    createdAt: at,
    updatedAt: at,
    lines: sold,
    shippingLine: {
      id: store.nextId(),
      title: shipping.net === 0 ? 'Free shipping' : 'Flat rate',
      total: shipping.net,
      totalTax: shipping.tax,
    },
    feeLines: [],
    couponLines: [
      ...(used ? [{ id: store.nextId(), code: used.code, ...splitOff(coupon) }] : []),
      ...ours.offers.map(({ id, off }) => ({ id: store.nextId(), code: `trellis:${id}`, ...splitOff(off) })),
    ],
    taxLineId: store.nextId(),
    metaData: metaData.map((meta) => ({ id: store.nextId(), ...meta })),
  });
  if (used) countUse(store, used, customer === null ? input.email : customer.id.toString());
  return order;
}
