import { CartView } from './cart-view';
import { Plan, PlanSubtotal, PlanTier, Reward, rewardPercentage } from './kinds/plan';
import { Offer, OfferItem } from './model';
import { unitsFrom } from './pools';
import { Conversion } from './rate';
import { hasWorkLeft, work, workOfPlan, workOfPool, workOfProduct, workOfSlot } from './work';

/** Sizes that a slot may be filled to, ascending, and behind them one that none is. */
export class Sizes {
  readonly units: StaticArray<f64>;
  /** their places in the list of the definition */
  readonly ranks: StaticArray<i32>;
  /** what comes off from this size to the next one */
  readonly rewards: StaticArray<Reward | null>;

  constructor(count: i32) {
    this.units = new StaticArray<f64>(count + 1);
    this.ranks = new StaticArray<i32>(count + 1);
    this.rewards = new StaticArray<Reward | null>(count + 1);
  }
}

/** A place in an offer: `min` to `max` units out of these pools (indices, dearest first). */
export class Slot {
  /** its first pool that may have units left while bundles are formed */
  first: i32 = 0;
  /** of a slot of many sizes: those that may be tried whatever is left */
  sizes: Sizes | null = null;

  constructor(
    readonly min: f64,
    readonly max: f64,
    readonly pools: Array<i32>,
    readonly paid: bool,
  ) {}
}

/** No limit of times: no place among the counts that are left. */
export const noLimit: i32 = -1;

/** A plan of an offer held against a cart; amounts are presentment minor units. */
export class Matched {
  /** the slot of many sizes, if there is one */
  open: Slot | null = null;
  /** it can be filled from one pool for each place only, in one way */
  single: bool = true;
  /** its place among the offers that are combined */
  place: i32 = 0;
  limit: i32 = noLimit;
  /** the order does not earn it */
  refused: bool = false;
  /** some units may stand in more than one of its places */
  shared: bool = false;
  /** by pool: its units may pay as well as be reduced, and what is reduced must not be dearer than what pays */
  lesser: StaticArray<bool> | null = null;

  constructor(
    readonly offer: Offer,
    readonly slots: Array<Slot>,
    readonly tiers: Array<PlanTier>,
    readonly times: f64,
    readonly whole: bool,
    /** the whole order earned it, so the guard looks at the whole order */
    readonly byOrder: bool,
  ) {}
}

/** What counts towards a subtotal: all units but `times` of each gift, given as the pools of each. */
function countedOf(gifts: Array<Array<i32>>, times: f64, view: CartView): f64 {
  let sum = view.subtotal;
  for (let at = 0; at < gifts.length; at += 1) {
    const pools = unchecked(gifts[at]);
    let left = times;
    for (let place = 0; place < pools.length && left > 0; place += 1) {
      const pool = unchecked(view.pools[unchecked(pools[place])]);
      const taken = Math.min(left, pool.count);
      sum -= taken * pool.price;
      left -= taken;
    }
  }
  return sum;
}

function poolsOfGifts(gifts: Array<Array<OfferItem>>, view: CartView): Array<Array<i32>> {
  const pools = new Array<Array<i32>>();
  for (let at = 0; at < gifts.length; at += 1) pools.push(view.poolsOf(unchecked(gifts[at])));
  return pools;
}

/** The subtotal of a cart without one unit of each of these gifts. */
export function countedSubtotal(gifts: Array<Array<OfferItem>>, view: CartView): f64 {
  return countedOf(poolsOfGifts(gifts, view), 1, view);
}

/** How many times a subtotal earns its reward; each time needs the threshold once more. */
function timesEarned(subtotal: PlanSubtotal, times: f64, view: CartView): f64 {
  const from = view.conversion.nearest(subtotal.from);
  const gifts = poolsOfGifts(subtotal.gifts, view);
  if (subtotal.below >= 0 && countedOf(gifts, 1, view) >= view.conversion.nearest(subtotal.below)) return 0;
  // The more times, the less counts and the more is needed: the last one that holds is found by halving.
  let earned: f64 = 0;
  let tooMany = times + 1;
  while (tooMany - earned > 1) {
    const tried = Math.floor((earned + tooMany) / 2);
    if (countedOf(gifts, tried, view) >= from * tried) earned = tried;
    else tooMany = tried;
  }
  return earned;
}

function toPresentment(tiers: Array<PlanTier>, conversion: Conversion): Array<PlanTier> {
  if (conversion.same) return tiers;
  const converted = new Array<PlanTier>();
  for (let at = 0; at < tiers.length; at += 1) {
    const tier = unchecked(tiers[at]);
    const reward = tier.reward;
    converted.push(
      reward.type === rewardPercentage
        ? tier
        : new PlanTier(tier.units, new Reward(reward.type, conversion.nearest(reward.size))),
    );
  }
  return converted;
}

const seen: u8 = 1;
const seenPaid: u8 = 2;

/** Which pools stand in more than one place, and which of them in one that pays and in one that is reduced. */
function markSharing(matched: Matched, poolCount: i32): void {
  const slots = matched.slots;
  if (slots.length < 2) return;
  const marks = new StaticArray<u8>(poolCount);
  for (let at = 0; at < slots.length; at += 1) {
    const slot = unchecked(slots[at]);
    for (let place = 0; place < slot.pools.length; place += 1) {
      const pool = unchecked(slot.pools[place]);
      const mark = unchecked(marks[pool]);
      if (mark !== 0) {
        matched.shared = true;
        if (!slot.paid && (mark & seenPaid) !== 0) {
          if (matched.lesser === null) matched.lesser = new StaticArray<bool>(poolCount);
          unchecked((matched.lesser![pool] = true));
        }
      }
      unchecked((marks[pool] = mark | seen | (slot.paid ? seenPaid : 0)));
    }
  }
}

/** Holds an offer against a cart: every plan of it that the cart can fill at least once, as far as the work reaches. */
export function matchOffer(offer: Offer, view: CartView, found: Array<Matched>): void {
  const plans = offer.plans();
  for (let at = 0; at < plans.length && hasWorkLeft(); at += 1) {
    const matched = matchPlan(offer, unchecked(plans[at]), view);
    if (matched !== null) found.push(matched);
  }
}

function matchPlan(offer: Offer, plan: Plan, view: CartView): Matched | null {
  const slots = new Array<Slot>(plan.slots.length);
  let open: Slot | null = null;
  let single = true;
  work(workOfPlan);
  for (let at = 0; at < plan.slots.length; at += 1) {
    const place = unchecked(plan.slots[at]);
    const pools = view.poolsOf(place.items);
    work(workOfSlot + workOfProduct * <f64>place.items.length + workOfPool * <f64>pools.length);
    const available = unitsFrom(pools, 0, view.counts);
    if (place.min < 1 || place.max < place.min || available < place.min) return null;
    const slot = new Slot(place.min, Math.min(place.max, available), pools, place.paid);
    unchecked((slots[at] = slot));
    if (slot.min < slot.max) open = slot;
    if (open !== null || pools.length > 1) single = false;
  }
  const subtotal = plan.subtotal;
  if (subtotal !== null) {
    for (let at = 0; at < subtotal.gifts.length; at += 1)
      work(workOfSlot + workOfProduct * <f64>unchecked(subtotal.gifts[at]).length);
  }
  const times = subtotal === null ? plan.times : timesEarned(subtotal, plan.times, view);
  if (slots.length === 0 || times < 1) return null;
  const tiers = toPresentment(plan.tiers, view.conversion);
  const matched = new Matched(offer, slots, tiers, times, plan.whole, subtotal !== null);
  matched.open = open;
  matched.single = single;
  markSharing(matched, view.pools.length);
  return matched;
}
