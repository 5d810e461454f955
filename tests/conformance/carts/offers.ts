import type {
  BundleOffer,
  CodeOffer,
  GoalReward,
  ItemRole,
  Offer,
  OfferItem,
  TermsOffer,
  UnitValue,
} from '#app/domains/incentives/index.ts';
import type { CartCaseLine } from './table.ts';

/** Everything else of a line follows from product, price and quantity: variant = product + '0', cost 0. */
export function line(
  productId: string,
  unitPriceMinor: number,
  quantity: number,
  more: Partial<CartCaseLine> = {},
): CartCaseLine {
  return {
    id: `L${productId}`,
    productId,
    variantId: `${productId}0`,
    quantity,
    unitPriceMinor,
    unitCostMinor: 0,
    giftCard: false,
    sellingPlan: false,
    ...more,
  };
}

/** A fixed set of products, one unit each unless `id*n` says otherwise; `id/variant` asks for one variant. */
export function fixed(
  id: string,
  discount: BundleOffer['discount'],
  items: readonly string[],
  more: Partial<BundleOffer> = {},
): BundleOffer {
  const parsed = items.map((text) => {
    const [reference = '', quantity = '1'] = text.split('*');
    const [productId = '', variantId] = reference.split('/');
    return { productId, variantId: variantId ?? null, quantity: Number(quantity) };
  });
  return {
    id,
    title: `Set ${id}`,
    kind: 'fixed',
    pickCount: 0,
    discount,
    items: parsed,
    startsAt: null,
    endsAt: null,
    ...more,
  };
}

/** Any `pickCount` units of some products. */
export function mix(
  id: string,
  pickCount: number,
  discount: BundleOffer['discount'],
  items: readonly string[],
  more: Partial<BundleOffer> = {},
): BundleOffer {
  return { ...fixed(id, discount, items), title: `Mix ${id}`, kind: 'mix-and-match', pickCount, ...more };
}

export const percent = (basisPoints: number): BundleOffer['discount'] => ({ type: 'percentage', basisPoints });
export const amount = (minor: number): BundleOffer['discount'] => ({ type: 'amount', minor });

export const code = (name: string, more: Partial<CodeOffer>): CodeOffer => ({
  code: name,
  class: 'order',
  value: percent(1000),
  combinesWith: { product: true, order: true, shipping: true },
  runBy: 'platform',
  ...more,
});

/** `id` or `id/variant` as items of a role. */
function withRole(role: ItemRole, references: readonly string[]): OfferItem[] {
  return references.map((text) => {
    const [productId = '', variantId] = text.split('/');
    return { productId, variantId: variantId ?? null, quantity: 1, role };
  });
}

const open = { startsAt: null, endsAt: null };
export const eachOff = (minor: number): UnitValue => ({ type: 'amount', minor });
export const eachFor = (minor: number): UnitValue => ({ type: 'price', minor });

/** A box of `from` to `to` units; tiers are [units, discount]. */
export function box(
  id: string,
  [minUnits, maxUnits]: readonly [number, number],
  tiers: readonly (readonly [number, BundleOffer['discount']])[],
  items: readonly string[],
): Offer {
  return {
    ...open,
    id,
    title: `Box ${id}`,
    kind: 'build-a-box',
    items: withRole('part', items),
    terms: { minUnits, maxUnits, tiers: tiers.map(([units, discount]) => ({ units, discount })) },
  };
}

/** Quantity breaks; tiers are [units, value of each unit]. */
export function breaks(
  id: string,
  per: 'mixed' | 'product',
  tiers: readonly (readonly [number, UnitValue])[],
  items: readonly string[],
): Offer {
  return {
    ...open,
    id,
    title: `Breaks ${id}`,
    kind: 'quantity-breaks',
    items: withRole('part', items),
    terms: { per, tiers: tiers.map(([units, value]) => ({ units, value })) },
  };
}

/** Buy some, get some for less. */
export function buyGet(
  id: string,
  buy: readonly [number, readonly string[]],
  get: readonly [number, readonly string[]],
  value: UnitValue,
  timesPerOrder = 100,
): TermsOffer<'buy-x-get-y'> {
  return {
    ...open,
    id,
    title: `Deal ${id}`,
    kind: 'buy-x-get-y',
    items: [...withRole('buy', buy[1]), ...withRole('get', get[1])],
    terms: { buyUnits: buy[0], getUnits: get[0], value, timesPerOrder },
  };
}

export function together(id: string, buy: readonly string[], get: readonly string[], basisPoints: number): Offer {
  return {
    ...open,
    id,
    title: `Together ${id}`,
    kind: 'together-offer',
    items: [...withRole('buy', buy), ...withRole('get', get)],
    terms: { basisPoints, timesPerOrder: 1 },
  };
}

/** A free gift for units of some products. */
export function giftFor(
  id: string,
  buy: readonly [number, readonly string[]],
  gifts: readonly string[],
  timesPerOrder = 1,
): Offer {
  return {
    ...open,
    id,
    title: `Gift ${id}`,
    kind: 'gift',
    items: [...withRole('buy', buy[1]), ...withRole('gift', gifts)],
    terms: { trigger: { type: 'buy', units: buy[0] }, timesPerOrder },
  };
}

/** A free gift from a subtotal on. */
export function giftFrom(id: string, minor: number, gifts: readonly string[], timesPerOrder = 1): Offer {
  return {
    ...open,
    id,
    title: `Gift ${id}`,
    kind: 'gift',
    items: withRole('gift', gifts),
    terms: { trigger: { type: 'subtotal', minor }, timesPerOrder },
  };
}

export const orderOff = (value: BundleOffer['discount']): GoalReward => ({ type: 'order-discount', value });
export const freeShipping: GoalReward = { type: 'free-shipping' };
export const freeGift = (productId: string): GoalReward => ({ type: 'gift', productId, variantId: null });

/** Goals; tiers are [threshold, reward]. */
export function goals(id: string, tiers: readonly (readonly [number, GoalReward])[]): Offer {
  const gifts = tiers.flatMap(([, reward]) => (reward.type === 'gift' ? [reward.productId] : []));
  return {
    ...open,
    id,
    title: `Goals ${id}`,
    kind: 'cart-goals',
    items: withRole('gift', [...new Set(gifts)]),
    terms: { tiers: tiers.map(([thresholdMinor, reward]) => ({ thresholdMinor, reward })) },
  };
}
