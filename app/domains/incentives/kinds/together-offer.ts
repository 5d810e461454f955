import type { TermsOffer } from '../model.ts';
import { buyXGetY } from './buy-x-get-y.ts';
import { itemCells, withRole } from './cells.ts';
import type { Kind, KindOnServer } from './kind.ts';

/** One of these, and one of those for less: a buy one, get one. */
export const togetherOffer: Kind<TermsOffer<'together-offer'>> = {
  code: 7,
  plans: ({ terms, ...offer }) =>
    buyXGetY.plans({
      ...offer,
      kind: 'buy-x-get-y',
      terms: {
        buyUnits: 1,
        getUnits: 1,
        value: { type: 'percentage', basisPoints: terms.basisPoints },
        timesPerOrder: terms.timesPerOrder,
      },
    }),
  variable: {
    types: 1,
    of: ({ terms }) => [{ type: 'percentage', basisPoints: terms.basisPoints }],
    with: (offer, [value]) =>
      value?.type === 'percentage' ? { ...offer, terms: { ...offer.terms, basisPoints: value.basisPoints } } : offer,
  },
  read(head, cells) {
    const terms = { basisPoints: cells.count(1, 10_000), timesPerOrder: cells.count(1, 1000) };
    const items = [...cells.items('buy'), ...cells.items('get')];
    return cells.done() ? { ...head, kind: 'together-offer', terms, items, startsAt: null, endsAt: null } : null;
  },
};

export const togetherOfferOnServer: KindOnServer<TermsOffer<'together-offer'>> = {
  safe(offer, keep) {
    const [plan] = togetherOffer.plans(offer);
    const value = { type: 'percentage' as const, basisPoints: offer.terms.basisPoints };
    const kept = plan ? keep(plan, value, [1], true) : null;
    return kept && { ...offer, terms: { ...offer.terms, basisPoints: kept.basisPoints } };
  },
  write: ({ items, terms }, at) => [
    terms.basisPoints,
    terms.timesPerOrder,
    ...itemCells(withRole(items, 'buy'), at),
    ...itemCells(withRole(items, 'get'), at),
  ],
};
