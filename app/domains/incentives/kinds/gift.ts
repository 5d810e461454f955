import type { TermsOffer } from '../model.ts';
import { itemCells, withRole } from './cells.ts';
import type { Kind, KindOnServer, PlanSlot } from './kind.ts';
import { free } from './rewards.ts';
import { plainPlan } from './sets.ts';

/** A free unit of a gift for what is bought, or for the cart's subtotal. The gift has to be in the cart. */
export const gift: Kind<TermsOffer<'gift'>> = {
  code: 5,
  plans({ items, terms: { trigger, timesPerOrder } }) {
    const gifts = withRole(items, 'gift');
    const slot: PlanSlot = { items: gifts, min: 1, max: 1, paid: false };
    const bought: PlanSlot[] =
      trigger.type === 'buy'
        ? [{ items: withRole(items, 'buy'), min: trigger.units, max: trigger.units, paid: true }]
        : [];
    return [
      {
        ...plainPlan,
        slots: [...bought, slot],
        times: timesPerOrder,
        whole: true,
        subtotal: trigger.type === 'subtotal' ? { from: trigger.minor, below: null, gifts: [gifts] } : null,
        tiers: free,
      },
    ];
  },
  orderWide: ({ terms }) => terms.trigger.type === 'subtotal',
  read(head, cells) {
    const type = cells.count(0, 1);
    const trigger =
      type === 0
        ? { type: 'buy' as const, units: cells.count(1, 1000) }
        : { type: 'subtotal' as const, minor: cells.count(1, Number.MAX_SAFE_INTEGER) };
    const terms = { trigger, timesPerOrder: cells.count(1, 1000) };
    const items = [...cells.items('buy'), ...cells.items('gift')];
    return cells.done() ? { ...head, kind: 'gift', terms, items, startsAt: null, endsAt: null } : null;
  },
};

export const giftOnServer: KindOnServer<TermsOffer<'gift'>> = {
  safe(offer, keep) {
    // What a whole order leaves is known at the checkout only.
    if (offer.terms.trigger.type === 'subtotal') return offer;
    const [plan] = gift.plans(offer);
    const whole = { type: 'percentage' as const, basisPoints: 10_000 };
    return plan && keep(plan, whole, [1], true)?.basisPoints === whole.basisPoints ? offer : null;
  },
  write: ({ items, terms: { trigger, timesPerOrder } }, at) => [
    trigger.type === 'buy' ? 0 : 1,
    trigger.type === 'buy' ? trigger.units : trigger.minor,
    timesPerOrder,
    ...itemCells(withRole(items, 'buy'), at),
    ...itemCells(withRole(items, 'gift'), at),
  ],
};
