import { fits, Offer, OfferItem, price, Value } from '../model';
import { Text } from '../text';
import { countOfTexts } from '../texts';
import { CellReader } from './cells';
import { Plan, PlanSlot, PlanTier } from './plan';
import { one, unitReward } from './rewards';

/** By number of a product: the group that it was put into last. Used again for every offer. */
let places = new StaticArray<i32>(0);

function byProduct(items: Array<OfferItem>): Array<Array<OfferItem>> {
  if (places.length < countOfTexts()) places = new StaticArray<i32>(countOfTexts());
  const groups = new Array<Array<OfferItem>>();
  for (let at = 0; at < items.length; at += 1) {
    const item = unchecked(items[at]);
    const place = unchecked(places[item.product]);
    // What another offer left there is a group of this one only if that is about the product.
    if (place < groups.length && unchecked(unchecked(groups[place])[0]).product === item.product)
      unchecked(groups[place]).push(item);
    else {
      unchecked((places[item.product] = groups.length));
      groups.push(one(item));
    }
  }
  return groups;
}

/** Every unit costs less from a number of units on: of all products together, or of each on its own. */
class BreaksOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    private readonly mixed: bool,
    private readonly tiers: Array<PlanTier>,
    private readonly items: Array<OfferItem>,
  ) {
    super(id, title);
  }

  plans(): Array<Plan> {
    const groups = this.mixed ? one(this.items) : byProduct(this.items);
    const plans = new Array<Plan>(groups.length);
    for (let at = 0; at < groups.length; at += 1) {
      const slot = new PlanSlot(unchecked(groups[at]), unchecked(this.tiers[0]).units, Infinity, false);
      const plan = new Plan(one(slot), this.tiers);
      plan.times = 1;
      unchecked((plans[at] = plan));
    }
    return plans;
  }

  setValues(values: Array<Value>): void {
    if (!fits(values, this.tiers.length, price)) return;
    for (let at = 0; at < values.length; at += 1)
      unchecked((this.tiers[at] = new PlanTier(this.tiers[at].units, unitReward(values[at]))));
  }
}

export function readQuantityBreaks(id: Text, title: Text, cells: CellReader): Offer | null {
  const mixed = cells.count(0, 1) === 0;
  const tiers = new Array<PlanTier>();
  for (let left = cells.listLength(); left > 0 && cells.fine(); left -= 1) {
    const units = cells.count(1, 1000);
    tiers.push(new PlanTier(units, unitReward(cells.unitValue())));
  }
  const items = cells.items();
  return cells.done() && tiers.length > 0 ? new BreaksOffer(id, title, mixed, tiers, items) : null;
}
