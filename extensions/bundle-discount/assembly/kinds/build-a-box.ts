import { amount, fits, Offer, OfferItem, Value } from '../model';
import { Text } from '../text';
import { CellReader } from './cells';
import { Plan, PlanSlot, PlanTier } from './plan';
import { discountReward, one } from './rewards';

/** `minUnits` to `maxUnits` units in a box; what comes off it depends on how many they are. */
class BoxOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    private readonly minUnits: f64,
    private readonly maxUnits: f64,
    private readonly tiers: Array<PlanTier>,
    private readonly items: Array<OfferItem>,
  ) {
    super(id, title);
  }

  plans(): Array<Plan> {
    return one(new Plan(one(new PlanSlot(this.items, this.minUnits, this.maxUnits, false)), this.tiers));
  }

  setValues(values: Array<Value>): void {
    if (!fits(values, this.tiers.length, amount)) return;
    for (let at = 0; at < values.length; at += 1)
      unchecked((this.tiers[at] = new PlanTier(this.tiers[at].units, discountReward(values[at]))));
  }
}

export function readBuildABox(id: Text, title: Text, cells: CellReader): Offer | null {
  const minUnits = cells.count(1, 1000);
  const maxUnits = cells.count(minUnits, 1000);
  const tiers = new Array<PlanTier>();
  for (let left = cells.listLength(); left > 0 && cells.fine(); left -= 1) {
    const units = cells.count(1, 1000);
    tiers.push(new PlanTier(units, discountReward(cells.discount())));
  }
  const items = cells.items();
  return cells.done() ? new BoxOffer(id, title, minUnits, maxUnits, tiers, items) : null;
}
