import type { BundleOffer, DiscountValue } from '../model.ts';
import { type Cell, valueCells } from './cells.ts';
import type { Kind, KindOnServer, Plan } from './kind.ts';

/** Everything of one plan that only some kinds need. */
export const plainPlan = { times: Infinity, whole: false, subtotal: null } as const;

/** What fixed sets and mix-and-match have in common: one discount off all units together. */
export function setKind(
  kind: BundleOffer['kind'],
  code: number,
  slots: (offer: BundleOffer) => Plan['slots'],
): Kind<BundleOffer> {
  return {
    code,
    plans: (offer) => [{ ...plainPlan, slots: slots(offer), tiers: [{ units: 0, reward: offer.discount }] }],
    variable: {
      types: 2,
      of: ({ discount }) => [discount],
      with: (offer, [discount]) => ({ ...offer, discount: discount as DiscountValue }),
    },
    read(head, cells) {
      const pickCount = cells.count(kind === 'fixed' ? 0 : 1, 1000);
      const discount: DiscountValue = cells.discount();
      const offer = { ...head, kind, pickCount, discount, items: cells.itemsToTheEnd(), startsAt: null, endsAt: null };
      return cells.done() && offer.items.length > 0 ? offer : null;
    },
  };
}

export function setOnServer(kind: Kind<BundleOffer>): KindOnServer<BundleOffer> {
  return {
    safe(offer, keep) {
      const [plan] = kind.plans(offer);
      const units = plan?.slots.reduce((sum, slot) => sum + slot.min, 0) ?? 0;
      const discount = plan ? keep(plan, offer.discount, [units], false) : null;
      return discount && { ...offer, discount };
    },
    write: (offer, at): Cell[] => [
      offer.pickCount,
      ...valueCells(offer.discount),
      ...offer.items.flatMap((item) => [at(item.productId), item.variantId ?? 0, item.quantity]),
    ],
  };
}
