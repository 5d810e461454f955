import type { Rule, RuleGroup } from './language.ts';

/** A segment that many shops want, as a beginning. */
export interface SegmentTemplate {
  readonly id: string;
  readonly name: string;
  readonly definition: RuleGroup;
}

const all = (...of: Rule[]): RuleGroup => ({ kind: 'group', match: 'all', of });
const silent = (days: number): Rule => ({ kind: 'last-order', values: { when: 'before', days } });
const orders = (compare: string, count: number, days: number | null = null): Rule => ({
  kind: 'orders',
  values: { compare, count, days },
});
const spent = (minor: number): Rule => ({ kind: 'spend', values: { compare: 'at-least', minor, days: null } });

/**
 * @param manyMinor what a good customer has spent in this shop, minor units
 */
export const segmentTemplates = (manyMinor: number): readonly SegmentTemplate[] => [
  { id: 'good-and-silent', name: 'Good customers who went silent', definition: all(spent(manyMinor), silent(90)) },
  {
    id: 'one-order',
    name: 'Bought once, not again',
    definition: all(orders('exactly', 1), silent(60)),
  },
  { id: 'regulars', name: 'Regulars of this year', definition: all(orders('at-least', 3, 365)) },
  {
    id: 'account-no-order',
    name: 'Account, but no order',
    definition: all(orders('exactly', 0), { kind: 'customer-since', values: { when: 'before', days: 7 } }),
  },
  {
    id: 'looks-does-not-buy',
    name: 'Visits, but does not buy',
    definition: all({ kind: 'last-visit', values: { when: 'within', days: 14 } }, silent(60)),
  },
  {
    id: 'points-to-spend',
    name: 'Points to spend',
    definition: all({ kind: 'points', values: { compare: 'at-least', points: 500 } }, silent(30)),
  },
];
