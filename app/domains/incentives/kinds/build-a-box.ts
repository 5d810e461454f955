import type { DiscountValue, TermsOffer } from '../model.ts';
import { itemCells, valueCells } from './cells.ts';
import type { Kind, KindOnServer } from './kind.ts';
import { plainPlan } from './sets.ts';

/** `minUnits` to `maxUnits` units in a box; what comes off it depends on how many they are. */
export const buildABox: Kind<TermsOffer<'build-a-box'>> = {
  code: 2,
  plans: ({ items, terms }) => [
    {
      ...plainPlan,
      slots: [{ items, min: terms.minUnits, max: terms.maxUnits, paid: false }],
      tiers: terms.tiers.map(({ units, discount }) => ({ units, reward: discount })),
    },
  ],
  variable: {
    types: 2,
    of: ({ terms }) => terms.tiers.map(({ discount }) => discount),
    with: (offer, values) => {
      const tiers = offer.terms.tiers.map(({ units }, at) => ({ units, discount: values[at] as DiscountValue }));
      return { ...offer, terms: { ...offer.terms, tiers } };
    },
  },
  read(head, cells) {
    const minUnits = cells.count(1, 1000);
    const maxUnits = cells.count(minUnits, 1000);
    const tiers = cells.list(() => ({ units: cells.count(1, 1000), discount: cells.discount() }));
    const items = cells.items('part');
    return cells.done()
      ? { ...head, kind: 'build-a-box', terms: { minUnits, maxUnits, tiers }, items, startsAt: null, endsAt: null }
      : null;
  },
};

export const buildABoxOnServer: KindOnServer<TermsOffer<'build-a-box'>> = {
  safe(offer, keep) {
    const { terms } = offer;
    const [plan] = buildABox.plans(offer);
    if (!plan) return null;
    const tiers = terms.tiers.flatMap(({ units, discount }, index) => {
      // Between its smallest and its largest box a tier's room is a straight line.
      const largest = Math.max(units, (terms.tiers[index + 1]?.units ?? terms.maxUnits + 1) - 1);
      const kept = keep(plan, discount, [units, largest], false);
      return kept ? [{ units, discount: kept }] : [];
    });
    return tiers.length === 0 ? null : { ...offer, terms: { ...terms, tiers } };
  },
  write: ({ items, terms }, at) => [
    terms.minUnits,
    terms.maxUnits,
    terms.tiers.length,
    ...terms.tiers.flatMap((tier) => [tier.units, ...valueCells(tier.discount)]),
    ...itemCells(items, at),
  ],
};
