import { fits, Offer, OfferItem, percentage, price, Value } from '../model';
import { Text } from '../text';
import { CellReader } from './cells';
import { Plan, PlanSlot } from './plan';
import { always, one, unitReward } from './rewards';

/** X units pay in full, Y units of the other items cost less. */
class BuyGetOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    private readonly buyUnits: f64,
    private readonly getUnits: f64,
    private value: Value,
    /** the last type that a version's value may be of */
    private readonly lastType: i32,
    private readonly timesPerOrder: f64,
    private readonly buy: Array<OfferItem>,
    private readonly get: Array<OfferItem>,
  ) {
    super(id, title);
  }

  plans(): Array<Plan> {
    const slots = one(new PlanSlot(this.buy, this.buyUnits, this.buyUnits, true));
    slots.push(new PlanSlot(this.get, this.getUnits, this.getUnits, false));
    const plan = new Plan(slots, always(unitReward(this.value)));
    plan.times = this.timesPerOrder;
    return one(plan);
  }

  setValues(values: Array<Value>): void {
    if (fits(values, 1, this.lastType)) this.value = unchecked(values[0]);
  }
}

export function readBuyXGetY(id: Text, title: Text, cells: CellReader): Offer | null {
  const buyUnits = cells.count(1, 1000);
  const getUnits = cells.count(1, 1000);
  const value = cells.unitValue();
  const times = cells.count(1, 1000);
  const buy = cells.items();
  const get = cells.items();
  return cells.done() ? new BuyGetOffer(id, title, buyUnits, getUnits, value, price, times, buy, get) : null;
}

/** One of these, and one of those for less: a buy one, get one. */
export function readTogetherOffer(id: Text, title: Text, cells: CellReader): Offer | null {
  const value = new Value(percentage, cells.count(1, 10_000));
  const times = cells.count(1, 1000);
  const buy = cells.items();
  const get = cells.items();
  return cells.done() ? new BuyGetOffer(id, title, 1, 1, value, percentage, times, buy, get) : null;
}
