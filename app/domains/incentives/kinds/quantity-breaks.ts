import type { OfferItem, TermsOffer, UnitValue } from '../model.ts';
import { itemCells, valueCells } from './cells.ts';
import type { Kind, KindOnServer } from './kind.ts';
import { unitReward } from './rewards.ts';
import { plainPlan } from './sets.ts';

function byProduct(items: readonly OfferItem[]): OfferItem[][] {
  const groups = new Map<string, OfferItem[]>();
  for (const item of items) groups.set(item.productId, [...(groups.get(item.productId) ?? []), item]);
  return [...groups.values()];
}

/** Every unit costs less from a number of units on: of all products together, or of each on its own. */
export const quantityBreaks: Kind<TermsOffer<'quantity-breaks'>> = {
  code: 3,
  plans: ({ items, terms }) =>
    (terms.per === 'mixed' ? [items] : byProduct(items)).map((counted) => ({
      ...plainPlan,
      slots: [{ items: counted, min: terms.tiers[0]?.units ?? 1, max: Infinity, paid: false }],
      times: 1,
      tiers: terms.tiers.map(({ units, value }) => ({ units, reward: unitReward(value) })),
    })),
  variable: {
    types: 3,
    of: ({ terms }) => terms.tiers.map(({ value }) => value),
    with: (offer, values) => {
      const tiers = offer.terms.tiers.map(({ units, value }, at) => ({ units, value: values[at] ?? value }));
      return { ...offer, terms: { ...offer.terms, tiers } };
    },
  },
  read(head, cells) {
    const per = cells.count(0, 1) === 0 ? 'mixed' : 'product';
    const tiers = cells.list(() => ({ units: cells.count(1, 1000), value: cells.unitValue() }));
    const items = cells.items('part');
    return cells.done() && tiers.length > 0
      ? { ...head, kind: 'quantity-breaks', terms: { per, tiers }, items, startsAt: null, endsAt: null }
      : null;
  },
};

export const quantityBreaksOnServer: KindOnServer<TermsOffer<'quantity-breaks'>> = {
  safe(offer, keep) {
    const plans = quantityBreaks.plans(offer);
    const tiers = offer.terms.tiers.flatMap(({ units, value }) => {
      const kept = plans.reduce<UnitValue | null>((left, plan) => left && keep(plan, left, [units], true), value);
      return kept ? [{ units, value: kept }] : [];
    });
    return tiers.length === 0 ? null : { ...offer, terms: { ...offer.terms, tiers } };
  },
  write: ({ items, terms }, at) => [
    terms.per === 'mixed' ? 0 : 1,
    terms.tiers.length,
    ...terms.tiers.flatMap((tier) => [tier.units, ...valueCells(tier.value)]),
    ...itemCells(items, at),
  ],
};
