import { describe, expect, it } from 'vitest';
import type { OrderReasons, ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';
import { reasonWords, ruleWords } from './reason-words.ts';

const rules: ProgrammeSettings['rules'] = [
  { id: 'money', kind: 'amount', on: true, points: 2, perMinor: 150 },
  { id: 'each', kind: 'order', on: true, points: 1 },
  { id: 'soon', kind: 'recent-order', on: true, points: 20, days: 30 },
  { id: 'third', kind: 'order-count', on: true, points: 30, count: 3, repeats: false },
  { id: 'thirds', kind: 'order-count', on: true, points: 30, count: 3, repeats: true },
  { id: 'new', kind: 'new-customer', on: true, points: 5, days: 1 },
  { id: 'some', kind: 'product-multiplier', on: true, bps: 25_000, productIds: ['1'], collectionIds: [] },
  { id: 'happy', kind: 'happy-hours', on: true, bps: 20_000, weekdays: [5, 6], from: 1_020, to: 65 },
];
const settings: ProgrammeSettings = {
  ...usualProgramme('EUR'),
  rules,
  caps: { perDay: 500, perYear: 12_000 },
  tiers: {
    ...{ measure: 'points', period: 'rolling', graceDays: 0 },
    levels: [
      { ...{ id: 'g', name: 'Gold', at: 1, multiplierBps: 15_000, entryPoints: 100, freeShipping: false }, perks: [] },
    ],
  },
};
const order = (reasons: OrderReasons['reasons'], change: Partial<OrderReasons> = {}) => ({
  version: { version: 1, settings, from: new Date(0), until: null },
  tier: 'g',
  currency: 'USD',
  reasons,
  ...change,
});

describe('why an order gave points', () => {
  it.each<[string, string, string]>([
    ['money', 'amount', 'Money spent: 2 points for every €1.50'],
    ['each', 'order', 'Each order: 1 point'],
    ['soon', 'recent-order', 'Soon again: 20 points within 30 days'],
    ['third', 'order-count', 'Number of orders: 30 points for order 3'],
    ['thirds', 'order-count', 'Number of orders: 30 points for every 3 orders'],
    ['new', 'new-customer', 'New customer: 5 points within 1 day of the account'],
    ['some', 'product-multiplier', 'More for some products: 2.5 times the points for money'],
    ['happy', 'happy-hours', 'Happy hours: 2 times the points for money, Fri, Sat 17:00 to 01:05'],
    ['tier:g', 'tier', 'Reached Gold: 100 points'],
    ['gone', 'birthday', 'Birthday'],
  ])('%s', (id, kind, words) => {
    expect(ruleWords(id, kind, settings)).toBe(words);
  });

  it('names the tier, the limits and the currency', () => {
    const found = reasonWords(
      order([
        { rule: 'tier', kind: 'tier', points: 50 },
        { rule: 'cap', kind: 'cap', points: -20 },
        { rule: 'money', kind: 'currency', points: 0 },
      ]),
    );
    expect(found).toEqual([
      { text: 'Tier Gold: 1.5 times the points for money', points: 50 },
      { text: 'Limit reached: orders give at most 500 a day and 12,000 a year', points: -20 },
      { text: 'No rate for USD: money in it gives no points', points: 0 },
    ]);
    const [gone] = reasonWords(order([{ rule: 'money', kind: 'currency', points: 0 }], { currency: null }));
    expect(gone?.text).toBe('No rate for the order’s currency: money in it gives no points');
  });
});
