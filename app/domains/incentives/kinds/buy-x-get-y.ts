import type { TermsOffer } from '../model.ts';
import { itemCells, valueCells, withRole } from './cells.ts';
import type { Kind, KindOnServer } from './kind.ts';
import { unitReward } from './rewards.ts';
import { plainPlan } from './sets.ts';

/** X units pay in full, Y units of the other items cost less. */
export const buyXGetY: Kind<TermsOffer<'buy-x-get-y'>> = {
  code: 4,
  plans: ({ items, terms }) => [
    {
      ...plainPlan,
      slots: [
        { items: withRole(items, 'buy'), min: terms.buyUnits, max: terms.buyUnits, paid: true },
        { items: withRole(items, 'get'), min: terms.getUnits, max: terms.getUnits, paid: false },
      ],
      times: terms.timesPerOrder,
      tiers: [{ units: 0, reward: unitReward(terms.value) }],
    },
  ],
  variable: {
    types: 3,
    of: ({ terms }) => [terms.value],
    with: (offer, [value = offer.terms.value]) => ({ ...offer, terms: { ...offer.terms, value } }),
  },
  read(head, cells) {
    const buyUnits = cells.count(1, 1000);
    const getUnits = cells.count(1, 1000);
    const value = cells.unitValue();
    const terms = { buyUnits, getUnits, value, timesPerOrder: cells.count(1, 1000) };
    const items = [...cells.items('buy'), ...cells.items('get')];
    return cells.done() ? { ...head, kind: 'buy-x-get-y', terms, items, startsAt: null, endsAt: null } : null;
  },
};

export const buyXGetYOnServer: KindOnServer<TermsOffer<'buy-x-get-y'>> = {
  safe(offer, keep) {
    const [plan] = buyXGetY.plans(offer);
    const value = plan ? keep(plan, offer.terms.value, [offer.terms.getUnits], true) : null;
    return value && { ...offer, terms: { ...offer.terms, value } };
  },
  write: ({ items, terms }, at) => [
    terms.buyUnits,
    terms.getUnits,
    ...valueCells(terms.value),
    terms.timesPerOrder,
    ...itemCells(withRole(items, 'buy'), at),
    ...itemCells(withRole(items, 'get'), at),
  ],
};
