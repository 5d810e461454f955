import type { PlanSubtotal, Reward } from './kinds/kind.ts';
import { kindOf } from './kinds/registry.ts';
import type { Offer, OfferItem, Reason } from './model.ts';
import type { Pool } from './pools.ts';
import type { Conversion } from './rate.ts';

/** A place in an offer: `min` to `max` units out of these pools (indices, dearest first). */
export interface Slot {
  readonly min: number;
  readonly max: number;
  readonly pools: readonly number[];
  readonly paid: boolean;
}

/** A plan of an offer held against a cart; amounts are presentment minor units. */
export interface Matched {
  readonly offer: Offer;
  readonly slots: readonly Slot[];
  readonly steps: readonly number[];
  reward(units: number): Reward | null;
  readonly times: number;
  /** place of `times` among the counts that are left, behind those of the pools; null = without limit */
  limit: number | null;
  readonly whole: boolean;
  /** some units may stand in more than one of its places */
  readonly shared: boolean;
  /** pools whose units may pay as well as be reduced: of these, what is reduced must not be dearer than what pays */
  readonly lesser: ReadonlySet<number>;
  /** the whole order earned it, so the guard looks at the whole order (`form-bundles.ts`) */
  readonly byOrder: boolean;
}

/** A cart as offers are held against it. */
export interface CartView {
  readonly pools: readonly Pool[];
  readonly byProduct: ReadonlyMap<string, readonly number[]>;
  readonly conversion: Conversion;
  /** what the units that count cost before any discount */
  readonly subtotal: number;
}

export function viewOf(pools: readonly Pool[], conversion: Conversion): CartView {
  const byProduct = new Map<string, number[]>();
  let subtotal = 0;
  pools.forEach((pool, index) => {
    subtotal += pool.price * pool.count;
    const known = byProduct.get(pool.productId);
    if (known) known.push(index);
    else byProduct.set(pool.productId, [index]);
  });
  return { pools, byProduct, conversion, subtotal };
}

function poolsOf(items: readonly OfferItem[], { pools, byProduct }: CartView): number[] {
  const found = new Set<number>();
  for (const item of items) {
    for (const index of byProduct.get(item.productId) ?? []) {
      if (item.variantId === null || pools[index]?.variantId === item.variantId) found.add(index);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** What counts towards a subtotal: all units but `times` of each gift, which are not what earns it. */
export function countedSubtotal(subtotal: PlanSubtotal, times: number, view: CartView): number {
  return subtotal.gifts.reduce((sum, items) => {
    let left = times;
    for (const index of poolsOf(items, view)) {
      const pool = view.pools[index];
      const taken = Math.min(left, pool?.count ?? 0);
      sum -= taken * (pool?.price ?? 0);
      left -= taken;
    }
    return sum;
  }, view.subtotal);
}

/** How many times a subtotal earns its reward; each time needs the threshold once more. */
function timesEarned(subtotal: PlanSubtotal, times: number, view: CartView): number {
  const from = view.conversion.nearest(subtotal.from);
  if (subtotal.below !== null && countedSubtotal(subtotal, 1, view) >= view.conversion.nearest(subtotal.below))
    return 0;
  let earned = 0;
  while (earned < times && countedSubtotal(subtotal, earned + 1, view) >= from * (earned + 1)) earned += 1;
  return earned;
}

function toPresentment(reward: Reward | null, conversion: Conversion): Reward | null {
  return reward === null || reward.type === 'percentage'
    ? reward
    : { type: reward.type, minor: conversion.nearest(reward.minor) };
}

/** The same answers as `reward`, each worked out once. */
function remembered(reward: (units: number) => Reward | null): (units: number) => Reward | null {
  const known: (Reward | null | undefined)[] = [];
  return (units) => {
    const before = known[units];
    if (before !== undefined) return before;
    const found = reward(units);
    known[units] = found;
    return found;
  };
}

/** Holds an offer against a cart: every plan of it that the cart has units (and subtotal) for at least once. */
export function matchOffer(offer: Offer, view: CartView): Matched[] {
  return kindOf(offer)
    .plans(offer)
    .flatMap((plan) => {
      const slots: Slot[] = [];
      for (const { items, min, max, paid } of plan.slots) {
        const pools = poolsOf(items, view);
        let available = 0;
        for (const index of pools) available += view.pools[index]?.count ?? 0;
        if (min < 1 || max < min || available < min) return [];
        slots.push({ min, max: Math.min(max, available), pools, paid });
      }
      const times = plan.subtotal ? timesEarned(plan.subtotal, plan.times, view) : plan.times;
      if (slots.length === 0 || times < 1) return [];
      const paying = new Set(slots.flatMap((slot) => (slot.paid ? slot.pools : [])));
      return [
        {
          offer,
          slots,
          steps: plan.steps,
          reward: remembered((units) => toPresentment(plan.reward(units), view.conversion)),
          times,
          limit: null,
          whole: plan.whole,
          shared:
            new Set(slots.flatMap((slot) => slot.pools)).size < slots.reduce((sum, slot) => sum + slot.pools.length, 0),
          lesser: new Set(slots.flatMap((slot) => (slot.paid ? [] : slot.pools.filter((pool) => paying.has(pool))))),
          byOrder: plan.subtotal !== null,
        },
      ];
    });
}

/**
 * Why an offer does not apply, or null when the cart has nothing to do with it: how much of a subtotal is
 * missing, a gift that is not in the cart yet, or units.
 */
export function reasonOfNoMatch(offer: Offer, view: CartView): Reason | null {
  const plans = kindOf(offer).plans(offer);
  const [plan] = plans;
  if (plan?.subtotal) {
    const reached = plans.some(({ subtotal }) => subtotal && missingFor(subtotal, view) === 0);
    if (reached) return { code: 'gift-not-in-cart', subject: offer.id };
    return { code: 'subtotal-missing', subject: offer.id, minor: missingFor(plan.subtotal, view) };
  }
  return offer.items.some((item) => view.byProduct.has(item.productId))
    ? { code: 'incomplete', subject: offer.id }
    : null;
}

function missingFor(subtotal: PlanSubtotal, view: CartView): number {
  return Math.max(0, view.conversion.nearest(subtotal.from) - countedSubtotal(subtotal, 1, view));
}
