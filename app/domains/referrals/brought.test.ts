import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Brought, broughtBy } from './brought.ts';

const order = (orderId: string, no: number, friendId: string | null, advocateId: string | null): Brought => ({
  orderId,
  placedAt: new Date(Date.UTC(2026, 0, no)),
  friendId,
  advocateId,
});

it.each<[string, Brought[], Record<string, string | null>, Record<string, string | null>]>([
  ['a friend with an account', [order('1', 1, 'f', 'a')], { f: 'a' }, {}],
  ['a friend without one', [order('1', 1, null, 'a')], {}, { 1: 'a' }],
  [
    'a friend’s friends',
    [order('1', 1, 'f', 'a'), order('2', 2, 'g', 'f'), order('3', 3, null, 'g')],
    { f: 'a', g: 'a' },
    { 3: 'a' },
  ],
  ['friends of whoever was erased', [order('1', 1, 'f', null), order('2', 2, 'g', 'f')], { f: null, g: null }, {}],
  ['the first one counts', [order('2', 2, 'f', 'b'), order('1', 1, 'f', 'a')], { f: 'a' }, {}],
  ['nobody is their own friend', [order('1', 1, 'a', 'a')], {}, {}],
  ['nor a friend of their friend', [order('1', 1, 'f', 'a'), order('2', 2, 'a', 'f')], { f: 'a' }, {}],
])('%s', (_what, referrals, customers, orders) => {
  const by = broughtBy(referrals);
  expect(Object.fromEntries(by.customers.map(({ customerId, owner }) => [customerId, owner]))).toEqual(customers);
  expect(Object.fromEntries(by.orders.map(({ orderId, owner }) => [orderId, owner]))).toEqual(orders);
});

it('whoever something counts for was brought by nobody, in whatever order it is told', () => {
  const person = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  const row = fc.tuple(fc.integer({ min: 1, max: 9 }), person, person);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, turned) => {
      const referrals = rows.map(([no, friend, advocate], at) => order(String(at), no, friend, advocate));
      const by = broughtBy(turned ? referrals.toReversed() : referrals);
      expect(by).toEqual(broughtBy(referrals));
      const friends = new Set(by.customers.map(({ customerId }) => customerId));
      expect(friends.size).toBe(by.customers.length);
      for (const { owner } of [...by.customers, ...by.orders])
        if (owner !== null) expect(friends.has(owner)).toBe(false);
    }),
  );
});
