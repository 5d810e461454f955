import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IdentityEdge, isLinked, linkedFrom } from './identity-rules.ts';

const at = new Date('2026-11-21T12:00:00.000Z');
const edge = (customerId: string, orders: number, logins: number, visitorId = 'browser'): IdentityEdge => ({
  visitorId,
  customerId,
  orders,
  logins,
  firstSeenAt: at,
  lastSeenAt: at,
  splitAt: null,
});

it.each([
  [0, 1],
  [1, 0],
  [2, 0],
  [0, 3],
  [1, 10],
  [50, 50],
])('two strangers with %d orders and %d logins each on one browser are nobody', (orders, logins) => {
  expect(linkedFrom([edge('anna', orders, logins)]), 'alone it is theirs').toHaveLength(1);
  expect(linkedFrom([edge('anna', orders, logins), edge('bert', orders, logins)])).toEqual([]);
});

it('who did more than all others on a browser is whom it belongs to', () => {
  const [anna, bert] = [edge('anna', 3, 0), edge('bert', 1, 2)];
  expect(linkedFrom([anna, bert])).toEqual([anna]);
  expect(linkedFrom([anna, bert, edge('carl', 1, 0)]), 'not more than the others together').toEqual([]);
  expect(linkedFrom([anna, bert, { ...edge('carl', 9, 0), splitAt: at }]), 'apart').toEqual([anna]);
  expect(linkedFrom([anna, bert, edge('carl', 9, 0, 'phone')]), 'other browsers speak for themselves').toHaveLength(2);
});

it('a browser is one customer’s at most', () => {
  const some = fc.record({ orders: fc.nat(20), logins: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), (pairs) => {
      const edges = pairs.map(({ orders, logins }, k) => edge(String(k), orders, logins));
      expect(edges.filter((one) => isLinked(one, edges)).length).toBeLessThanOrEqual(1);
    }),
  );
});
