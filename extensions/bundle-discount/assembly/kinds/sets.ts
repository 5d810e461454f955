import { amount, fits, Offer, OfferItem, Value } from '../model';
import { Text } from '../text';
import { CellReader } from './cells';
import { Plan, PlanSlot } from './plan';
import { always, discountReward, one } from './rewards';

/** What fixed sets and mix-and-match have in common: one discount off all units together. */
abstract class SetOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    protected readonly pickCount: f64,
    protected discount: Value,
    protected readonly items: Array<OfferItem>,
  ) {
    super(id, title);
  }

  protected abstract slots(): Array<PlanSlot>;

  plans(): Array<Plan> {
    return one(new Plan(this.slots(), always(discountReward(this.discount))));
  }

  setValues(values: Array<Value>): void {
    if (fits(values, 1, amount)) this.discount = unchecked(values[0]);
  }
}

/** Each item in its number of units. */
class FixedOffer extends SetOffer {
  protected slots(): Array<PlanSlot> {
    const items = this.items;
    const slots = new Array<PlanSlot>(items.length);
    for (let at = 0; at < items.length; at += 1) {
      const item = unchecked(items[at]);
      unchecked((slots[at] = new PlanSlot(one(item), item.quantity, item.quantity, false)));
    }
    return slots;
  }
}

/** Any `pickCount` units of the items. */
class MixOffer extends SetOffer {
  protected slots(): Array<PlanSlot> {
    return one(new PlanSlot(this.items, this.pickCount, this.pickCount, false));
  }
}

export function readFixed(id: Text, title: Text, cells: CellReader): Offer | null {
  const pickCount = cells.count(0, 1000);
  const discount = cells.discount();
  const items = cells.itemsToTheEnd();
  return cells.done() && items.length > 0 ? new FixedOffer(id, title, pickCount, discount, items) : null;
}

export function readMixAndMatch(id: Text, title: Text, cells: CellReader): Offer | null {
  const pickCount = cells.count(1, 1000);
  const discount = cells.discount();
  const items = cells.itemsToTheEnd();
  return cells.done() && items.length > 0 ? new MixOffer(id, title, pickCount, discount, items) : null;
}
