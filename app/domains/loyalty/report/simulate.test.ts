import { describe, expect, it } from 'vitest';
import type { PastOrder } from '../earn-history.ts';
import type { ProgrammeSettings } from '../model.ts';
import { nothingEarned, simulateCustomer, type SimulatedCustomer } from './simulate.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

const level = { multiplierBps: 10_000, entryPoints: 0, freeShipping: false, perks: [] };
const settings: ProgrammeSettings = {
  ...usualProgramme(),
  rules: [
    { id: 'money', kind: 'amount', on: true, points: 1, perMinor: 100 },
    { id: 'sign-up', kind: 'sign-up', on: true, points: 20 },
    { id: 'birthday', kind: 'birthday', on: true, points: 30 },
  ],
  tiers: {
    ...{ measure: 'points', period: 'rolling', graceDays: 0 },
    levels: [
      { ...level, id: 'bronze', name: 'Bronze', at: 0, entryPoints: 1 },
      { ...level, id: 'silver', name: 'Silver', at: 100, entryPoints: 5 },
      { ...level, id: 'gold', name: 'Gold', at: 200, entryPoints: 7, freeShipping: true },
    ],
  },
};
const until = new Date('2026-01-01T00:00:00Z');
const since = new Date('2025-01-01T00:00:00Z');
const order = (id: string, day: string, minor: number): Omit<PastOrder, 'tier'> => ({
  ...{ id, placedAt: new Date(day), currency: 'EUR', cancelled: false },
  ...{ totalMinor: minor, refundedMinor: 0, goodwillMinor: 0 },
  lines: [
    {
      ...{ productId: 'p', collectionIds: [], giftCard: false, subscription: false },
      ...{ quantity: 1, refundedQuantity: 0, unitPriceMinor: minor, discountMinor: 0 },
    },
  ],
});
const customer: SimulatedCustomer = { id: 'a', joinedAt: null, since: null, ordersBefore: 0, lastOrderAt: null };
const run = (
  orders: readonly Omit<PastOrder, 'tier'>[],
  change: Partial<SimulatedCustomer> = {},
  programme: Partial<ProgrammeSettings> = {},
) =>
  simulateCustomer(
    nothingEarned,
    orders,
    { ...customer, ...change },
    { settings: { ...settings, ...programme }, since, until, timeZone: 'Europe/Berlin' },
  );

describe('a simulation on the past', () => {
  const orders = [order('1', '2025-03-01', 9_000), order('2', '2025-04-01', 15_000), order('3', '2025-05-01', 1_000)];

  it('counts points for reaching tiers once, in the order in which they were reached', () => {
    // 90 points are bronze; 240 skip silver, which is reached all the same; the third order is sent free.
    expect(run(orders)).toMatchObject({
      ...{ points: 250 + 1 + 5 + 7, entryPoints: 13, signUpPoints: 0, birthdayPoints: 0, freedOrders: 1, earners: 1 },
      ...{ tiers: { gold: 1 }, months: { '2025-03': 91, '2025-04': 162, '2025-05': 10 } },
    });
  });

  it.each([
    ['made in the time: the points count towards a tier, too', new Date('2025-02-01'), 20, 3],
    ['made before', new Date('2024-12-31'), 0, 1],
    ['of unknown age', null, 0, 1],
  ])('gives points for signing up to an account %s', (_case, made, signUpPoints, entries) => {
    const one = run([order('1', '2025-03-01', 9_000)], { since: made });
    expect(one).toMatchObject({ signUpPoints, points: 90 + signUpPoints + one.entryPoints });
    expect(one.entryPoints).toBe(entries === 3 ? 1 + 5 : 1);
  });

  it('takes who has to join to have joined with the first order', () => {
    const one = run(orders, { since: new Date('2020-01-01') }, { enrolment: 'join' });
    expect(one).toMatchObject({ signUpPoints: 20, months: { '2025-03': 90 + 20 + 1 + 5 } });
  });

  it('counts a birthday where one was told, and of a rule that is on', () => {
    expect(run([], { birthday: true })).toMatchObject({ points: 30, birthdayPoints: 30, birthdays: 1, earners: 1 });
    const off = settings.rules.map((rule) => ({ ...rule, on: false }));
    expect(run(orders, { birthday: true, since }, { rules: off })).toMatchObject({
      signUpPoints: 0,
      birthdayPoints: 0,
    });
  });
});
