import type { Plan, PlanSubtotal, PlanTier } from './kinds/kind.ts';
import { kindOf } from './kinds/registry.ts';
import type { Offer, OfferItem } from './model.ts';
import type { Reason } from './outcome.ts';
import type { Pool } from './pools.ts';
import type { Conversion } from './rate.ts';
import { type Work, workOf } from './work.ts';

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
  /** those that pay come first */
  readonly slots: readonly Slot[];
  /** the slot of many sizes, if there is one */
  readonly open: Slot | null;
  /** it can be filled from one pool for each place only, in one way */
  readonly single: boolean;
  readonly tiers: readonly PlanTier[];
  readonly times: number;
  /** its place among the offers that are combined (`combine.ts`) */
  place: number;
  /** place of `times` among the counts that are left, behind those of the pools; null = without limit */
  limit: number | null;
  readonly whole: boolean;
  /** some units may stand in more than one of its places */
  readonly shared: boolean;
  /** pools whose units may pay as well as be reduced: of these, what is reduced must not be dearer than what pays */
  readonly lesser: ReadonlySet<number> | null;
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
  for (let index = 0; index < pools.length; index += 1) {
    const pool = pools[index];
    if (!pool) continue;
    subtotal += pool.price * pool.count;
    const known = byProduct.get(pool.productId);
    if (known) known.push(index);
    else byProduct.set(pool.productId, [index]);
  }
  return { pools, byProduct, conversion, subtotal };
}

const none: readonly number[] = [];

/** Pools of some items, each once, dearest first. */
function poolsOf(items: readonly OfferItem[], { pools, byProduct }: CartView): readonly number[] {
  const [only] = items;
  if (only && items.length === 1 && only.variantId === null) return byProduct.get(only.productId) ?? none;
  const found: number[] = [];
  for (const { productId, variantId } of items) {
    const ofProduct = byProduct.get(productId);
    if (!ofProduct) continue;
    for (const index of ofProduct) {
      if (variantId !== null && pools[index]?.variantId !== variantId) continue;
      // Put where it belongs; a list this short needs no more.
      let at = found.length;
      while (at > 0 && (found[at - 1] ?? 0) > index) at -= 1;
      if (found[at - 1] !== index) found.splice(at, 0, index);
    }
  }
  return found;
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

function toPresentment(tiers: readonly PlanTier[], conversion: Conversion): readonly PlanTier[] {
  if (conversion.same) return tiers;
  return tiers.map(({ units, reward }) => ({
    units,
    reward: reward.type === 'percentage' ? reward : { type: reward.type, minor: conversion.nearest(reward.minor) },
  }));
}

/** Which pools stand in more than one place, and which of them in one that pays and in one that is reduced. */
function sharing(slots: readonly Slot[]): Pick<Matched, 'shared' | 'lesser'> {
  let shared = false;
  let lesser: Set<number> | null = null;
  for (let at = 1; at < slots.length; at += 1) {
    const slot = slots[at];
    for (let before = 0; slot && before < at; before += 1) {
      const other = slots[before];
      for (const pool of slot.pools) {
        if (!other?.pools.includes(pool)) continue;
        shared = true;
        if (other.paid && !slot.paid) (lesser ??= new Set()).add(pool);
      }
    }
  }
  return { shared, lesser };
}

/**
 * Holds an offer against a cart: every plan of it that the cart has units (and subtotal) for at least once, as far as
 * the work reaches.
 */
export function matchOffer(offer: Offer, view: CartView, work: Work): Matched[] {
  const found: Matched[] = [];
  for (const plan of kindOf(offer).plans(offer)) {
    if (work.left <= 0) break;
    const matched = matchPlan(offer, plan, view, work);
    if (matched) found.push(matched);
  }
  return found;
}

function matchPlan(offer: Offer, plan: Plan, view: CartView, work: Work): Matched | null {
  const slots: Slot[] = [];
  let open: Slot | null = null;
  let single = true;
  work.left -= workOf.plan;
  for (const { items, min, max, paid } of plan.slots) {
    const pools = poolsOf(items, view);
    work.left -= workOf.slot + workOf.product * items.length + workOf.pool * pools.length;
    let available = 0;
    for (const index of pools) available += view.pools[index]?.count ?? 0;
    if (min < 1 || max < min || available < min) return null;
    const slot = { min, max: Math.min(max, available), pools, paid };
    slots.push(slot);
    if (slot.min < slot.max) open = slot;
    if (open || pools.length > 1) single = false;
  }
  for (const items of plan.subtotal?.gifts ?? []) work.left -= workOf.slot + workOf.product * items.length;
  const times = plan.subtotal ? timesEarned(plan.subtotal, plan.times, view) : plan.times;
  if (slots.length === 0 || times < 1) return null;
  const { shared, lesser } = sharing(slots);
  return {
    offer,
    slots,
    open,
    single,
    tiers: toPresentment(plan.tiers, view.conversion),
    times,
    place: 0,
    limit: null,
    whole: plan.whole,
    shared,
    lesser,
    byOrder: plan.subtotal !== null,
  };
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
