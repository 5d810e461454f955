import { amount, fits, Offer, OfferItem, Value } from '../model';
import { Text } from '../text';
import { CellReader, mostMinor } from './cells';
import { goalGift, goalOrderDiscount, GoalTier } from './goal-tier';
import { Plan, PlanSlot, PlanSubtotal } from './plan';
import { free, one } from './rewards';

/** The gifts of some tiers, each once, each as a list of its own. */
export function giftsOf(tiers: Array<GoalTier>): Array<Array<OfferItem>> {
  const gifts = new Array<Array<OfferItem>>();
  for (let at = 0; at < tiers.length; at += 1) {
    const gift = unchecked(tiers[at]).gift;
    if (gift === null) continue;
    let known = false;
    for (let before = 0; before < gifts.length; before += 1) {
      const other = unchecked(unchecked(gifts[before])[0]);
      if (other.product === gift.product && other.variant === gift.variant) known = true;
    }
    if (!known) gifts.push(one<OfferItem>(gift));
  }
  return gifts;
}

/** Rewards by the cart's subtotal. A gift is a plan; what comes off order and shipping is worked out later. */
class GoalsOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    private tiers: Array<GoalTier>,
  ) {
    super(id, title);
  }

  plans(): Array<Plan> {
    const gifts = giftsOf(this.tiers);
    const plans = new Array<Plan>();
    for (let at = 0; at < this.tiers.length; at += 1) {
      const tier = unchecked(this.tiers[at]);
      const gift = tier.gift;
      if (gift === null) continue;
      let next = at + 1;
      while (next < this.tiers.length && unchecked(this.tiers[next]).gift === null) next += 1;
      const below: f64 = next < this.tiers.length ? unchecked(this.tiers[next]).threshold : -1;
      const plan = new Plan(one(new PlanSlot(one<OfferItem>(gift), 1, 1, false)), free());
      plan.times = 1;
      plan.whole = true;
      plan.subtotal = new PlanSubtotal(tier.threshold, below, gifts);
      plans.push(plan);
    }
    return plans;
  }

  setValues(values: Array<Value>): void {
    let count = this.tiers.length;
    for (let at = 0; at < this.tiers.length; at += 1) if (this.tiers[at].type === goalOrderDiscount) count += 1;
    if (!fits(values, count, amount)) return;
    const tiers = new Array<GoalTier>();
    let before: f64 = 0;
    let next = 0;
    for (let at = 0; at < this.tiers.length; at += 1) {
      const tier = unchecked(this.tiers[at]);
      const threshold = values[next];
      if (threshold.type !== amount || threshold.size <= before) return;
      before = threshold.size;
      next += 1;
      const discounts = tier.type === goalOrderDiscount;
      tiers.push(new GoalTier(before, tier.type, discounts ? values[next] : null, tier.gift));
      if (discounts) next += 1;
    }
    this.tiers = tiers;
  }

  goals(): Array<GoalTier> | null {
    return this.tiers;
  }

  orderWide(): bool {
    return true;
  }
}

function readTier(cells: CellReader): GoalTier {
  const threshold = cells.count(1, mostMinor);
  const type = <i32>cells.count(0, 2);
  const value = type === goalOrderDiscount ? cells.discount() : null;
  const gift = type === goalGift ? cells.item() : null;
  return new GoalTier(threshold, type, value, gift);
}

export function readCartGoals(id: Text, title: Text, cells: CellReader): Offer | null {
  const tiers = new Array<GoalTier>();
  for (let left = cells.listLength(); left > 0 && cells.fine(); left -= 1) tiers.push(readTier(cells));
  return cells.done() ? new GoalsOffer(id, title, tiers) : null;
}
