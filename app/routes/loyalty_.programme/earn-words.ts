import type { ProgrammeSettings } from '#app/domains/loyalty/index.ts';

export type EarnRule = ProgrammeSettings['rules'][number];

interface KindWords {
  readonly name: string;
  readonly about: string;
  /** a first rule of the kind, without its id */
  readonly first: (perMinor: number) => Omit<EarnRule, 'id'>;
}

const flat = { on: true, points: 100 } as const;

/** Each way to earn in the merchant's words. */
export const earnWords: Readonly<Record<EarnRule['kind'], KindWords>> = {
  amount: {
    name: 'Money spent',
    about: 'On goods, after discounts, without shipping and gift cards; rounded down once per order',
    first: (perMinor) => ({ kind: 'amount', on: true, points: 1, perMinor }),
  },
  order: { name: 'Each order', about: 'The same for every order', first: () => ({ kind: 'order', ...flat }) },
  'first-order': {
    name: 'First order',
    about: 'For the first order that a customer keeps',
    first: () => ({ kind: 'first-order', ...flat }),
  },
  'recent-order': {
    name: 'Soon again',
    about: 'For an order soon after the one before',
    first: () => ({ kind: 'recent-order', ...flat, days: 30 }),
  },
  'order-count': {
    name: 'Number of orders',
    about: 'For the third order, or every third, for example',
    first: () => ({ kind: 'order-count', ...flat, count: 3, repeats: false }),
  },
  'new-customer': {
    name: 'New customer',
    about: 'For orders shortly after the account was made',
    first: () => ({ kind: 'new-customer', ...flat, days: 30 }),
  },
  'first-subscription': {
    name: 'First subscription',
    about: 'For the first order with a plan that repeats',
    first: () => ({ kind: 'first-subscription', ...flat }),
  },
  'product-multiplier': {
    name: 'More for some products',
    about: 'The best multiplier counts, they never multiply each other; 0 gives none',
    first: () => ({ kind: 'product-multiplier', on: true, bps: 20_000, productIds: [], collectionIds: [] }),
  },
  'happy-hours': {
    name: 'Happy hours',
    about: 'More for money spent at some hours, by the shop’s clock',
    first: () => ({ kind: 'happy-hours', on: true, bps: 20_000, weekdays: [5], from: 1020, to: 1260 }),
  },
  'sign-up': {
    name: 'Signing up',
    about: 'Once: for joining, and where everybody takes part also for new accounts',
    first: () => ({ kind: 'sign-up', ...flat }),
  },
  birthday: {
    name: 'Birthday',
    about: 'Once a year, for members who told theirs',
    first: () => ({ kind: 'birthday', ...flat }),
  },
  review: {
    name: 'Review',
    about:
      'Once for each product that its writer has bought. Where the store has reviews of its own, they earn as soon as they stand; else you give the points on the member’s page',
    first: () => ({ kind: 'review', ...flat, perYear: 12 }),
  },
  social: {
    name: 'Follow or share',
    about: 'Once; nobody can check it, so give little',
    first: () => ({ kind: 'social', on: true, points: 10, title: 'Follow us', url: 'https://' }),
  },
};

/** A rule's id that is not taken. */
export function freeId(kind: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const id = `${kind}-${String(number)}`;
    if (!taken.includes(id)) return id;
  }
}
