import { Offer, OfferItem } from '../model';
import { Text } from '../text';
import { CellReader, mostMinor } from './cells';
import { Plan, PlanSlot, PlanSubtotal } from './plan';
import { free, one } from './rewards';

/** A free unit of a gift for what is bought, or for the cart's subtotal. The gift has to be in the cart. */
class GiftOffer extends Offer {
  constructor(
    id: Text,
    title: Text,
    /** bought units that earn it, or 0 where the subtotal does */
    private readonly units: f64,
    private readonly subtotal: f64,
    private readonly timesPerOrder: f64,
    private readonly buy: Array<OfferItem>,
    private readonly gifts: Array<OfferItem>,
  ) {
    super(id, title);
  }

  plans(): Array<Plan> {
    const slots = new Array<PlanSlot>();
    if (!this.orderWide()) slots.push(new PlanSlot(this.buy, this.units, this.units, true));
    slots.push(new PlanSlot(this.gifts, 1, 1, false));
    const plan = new Plan(slots, free());
    plan.times = this.timesPerOrder;
    plan.whole = true;
    if (this.orderWide()) plan.subtotal = new PlanSubtotal(this.subtotal, -1, one(this.gifts));
    return one(plan);
  }

  orderWide(): bool {
    return this.units === 0;
  }
}

export function readGift(id: Text, title: Text, cells: CellReader): Offer | null {
  const bought = cells.count(0, 1) === 0;
  const units: f64 = bought ? cells.count(1, 1000) : 0;
  const subtotal: f64 = bought ? 0 : cells.count(1, mostMinor);
  const times = cells.count(1, 1000);
  const buy = cells.items();
  const gifts = cells.items();
  return cells.done() ? new GiftOffer(id, title, units, subtotal, times, buy, gifts) : null;
}
