import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fitFlows,
  fitScores,
  forgetScoresOf,
  groupOf,
  readBuyersOf,
  readFit,
  readFlows,
  readGroups,
  readMembers,
  readScoresOf,
  readSquares,
  scoreCustomers,
} from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { byDefinition, insertOrders, type OrderRow, scoresIn } from './by-definition.ts';
import { seededRandom } from '#tests/factories/random.ts';

const now = new Date('2026-03-02T00:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const later = new Date(now.getTime() + 60_000);
let made: TestServices;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

/** A shop of its own with these orders. */
async function shopWith(
  orders: readonly OrderRow[],
): Promise<<T>(work: (scope: ShopScope) => Promise<T>) => Promise<T>> {
  const shopId: ShopId = await insertShop(made.database);
  await made.services.db.inShop(shopId, (scope) => insertOrders(scope, orders));
  return (work) => made.services.db.inShop(shopId, work);
}

/** Orders of many customers, most of whom bought once. */
function manyOrders(customers: number): OrderRow[] {
  const random = seededRandom(7);
  return Array.from({ length: customers }, (_, k) =>
    Array.from({ length: 1 + Math.floor(random() ** 3 * 6) }, (_order, nth): OrderRow => {
      const totalMinor = 500 + Math.floor(random() * 20_000);
      return {
        id: `${String(k)}-${String(nth)}`,
        customerId: `c${String(k)}`,
        placedAt: daysAgo(Math.floor(random() * 700)),
        totalMinor,
        refundedMinor: random() < 0.1 ? Math.floor(totalMinor / 2) : 0,
      };
    }),
  ).flat();
}

describe('scores', () => {
  it('are those of the definition, and the map and the groups add up to all buyers', async () => {
    const orders = manyOrders(200);
    const inShop = await shopWith(orders);
    await inShop(async (scope) => {
      expect(await fitScores(scope, 'EUR', now)).toBe(200);
      expect(await scoresIn(scope)).toEqual(byDefinition(orders));
      expect(await readFit(scope)).toEqual({ fittedAt: now, buyers: 200, guests: 0, currency: 'EUR' });
      const [squares, groups] = [await readSquares(scope), await readGroups(scope, now)];
      const spent = orders.reduce((sum, { totalMinor, refundedMinor = 0 }) => sum + totalMinor - refundedMinor, 0);
      for (const parts of [squares, groups]) {
        expect(parts.reduce((sum, { customers }) => sum + customers, 0)).toBe(200);
        expect(parts.reduce((sum, { spentMinor }) => sum + spentMinor, 0)).toBe(spent);
      }
      for (const { group, recency, value } of squares) expect(group).toBe(groupOf(recency, value));
      const sure = groups.reduce((sum, one) => sum + one.sure, 0) / 200;
      expect(sure).toBeGreaterThan(0.3);
      expect(sure).toBeLessThan(1);
      expect(await scope.tx.segmentChange.count()).toBe(0);
    });
  });

  it('after an order are those that dividing all anew would find while nobody crosses a cut', async () => {
    const orders = manyOrders(120);
    const inShop = await shopWith(orders);
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      const before = await scoresIn(scope);
      // Scored again by the cuts alone, everybody is where they were.
      await scoreCustomers(scope, [...before.keys()], later);
      expect(await scoresIn(scope)).toEqual(before);
      expect(await scope.tx.segmentChange.count()).toBe(0);
    });
  });

  it('count no order that was cancelled, given back, a test or nobody’s, nor money of another currency', async () => {
    const placedAt = daysAgo(3);
    const inShop = await shopWith([
      { id: '1', customerId: 'a', placedAt, totalMinor: 1000, refundedMinor: 300 },
      { id: '2', customerId: 'a', placedAt, totalMinor: 1000, cancelledAt: now },
      { id: '3', customerId: 'a', placedAt, totalMinor: 1000, refundedMinor: 1000 },
      { id: '4', customerId: 'a', placedAt, totalMinor: 1000, test: true },
      { id: '5', customerId: null, placedAt, totalMinor: 1000 },
      { id: '6', customerId: 'a', placedAt, totalMinor: 9000, currency: 'USD' },
      { id: '7', customerId: 'b', placedAt, totalMinor: 0 },
      { id: '8', customerId: 'c', placedAt, totalMinor: 500, refundedMinor: 500 },
    ]);
    const members = await inShop(async (scope) => {
      expect(await fitScores(scope, 'EUR', now)).toBe(2);
      return readMembers(scope, null, '', 10);
    });
    expect(members).toMatchObject([
      { customerId: 'a', orders: 2, spentMinor: 700 },
      { customerId: 'b', orders: 1, spentMinor: 0 },
    ]);
  });
});

describe('a change of group', () => {
  it('is noted once, by an order or by the night, with the group before', async () => {
    const orders = manyOrders(60);
    const inShop = await shopWith(orders);
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      const lost = (await readMembers(scope, 'lost', '', 1))[0]?.customerId ?? '';
      const order = { customerId: lost, placedAt: now, totalMinor: 900_000 };
      await insertOrders(scope, [
        { ...order, id: 'new-1' },
        { ...order, id: 'new-2' },
        { ...order, id: 'new-3', customerId: 'stranger' },
      ]);
      expect(await readBuyersOf(scope, ['new-1', 'new-2', 'none'])).toEqual({ customers: [lost], guests: [] });
      for (let time = 0; time < 2; time += 1) await scoreCustomers(scope, [lost, 'stranger', 'nobody'], later);
      const { changes } = await readScoresOf(scope, [lost, 'stranger', 'nobody']);
      expect(changes).toMatchObject([
        { customerId: lost, fromGroup: 'lost', toGroup: 'champions' },
        { customerId: 'stranger', fromGroup: null },
      ]);
      // All their orders are gone: they are in no group.
      await scope.tx.order.deleteMany({ where: { customerId: lost } });
      await scoreCustomers(scope, [lost], later);
      const after = await readScoresOf(scope, [lost]);
      expect([after.scores, after.changes.at(-1)]).toMatchObject([[], { fromGroup: 'champions', toGroup: null }]);
      const noted = await scope.tx.segmentChange.count();
      const night = new Date(now.getTime() + 3_600_000);
      await fitScores(scope, 'EUR', night);
      const moved = await scope.tx.segmentChange.count();
      await fitScores(scope, 'EUR', night);
      expect(moved).toBeGreaterThanOrEqual(noted);
      expect(await scope.tx.segmentChange.count()).toBe(moved);
    });
  });

  it('by an order that came while all were divided is not taken back', async () => {
    const inShop = await shopWith(manyOrders(60));
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      const lost = (await readMembers(scope, 'lost', '', 1))[0]?.customerId ?? '';
      await insertOrders(scope, [{ id: 'late', customerId: lost, placedAt: later, totalMinor: 900_000 }]);
      await scoreCustomers(scope, [lost], later);
      const [before] = (await readScoresOf(scope, [lost])).scores;
      // The division began before the order.
      await fitScores(scope, 'EUR', now);
      expect((await readScoresOf(scope, [lost])).scores).toEqual([before]);
    });
  });

  it('over time is known from the first day, because the past is', async () => {
    const inShop = await shopWith(manyOrders(80));
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      for (let time = 0; time < 2; time += 1) await fitFlows(scope, 'EUR', now);
      const flows = await readFlows(scope, 90);
      expect(flows.reduce((sum, { customers }) => sum + customers, 0)).toBe(80);
      const fresh = await scope.tx.customerScore.count({ where: { firstOrderAt: { gt: daysAgo(90) } } });
      expect(flows.filter(({ from }) => from === null).reduce((sum, { customers }) => sum + customers, 0)).toBe(fresh);
      expect(flows.some(({ from, to }) => from !== null && from !== to)).toBe(true);
    });
  });
});

it('before the first division nobody is scored, in an empty shop nobody is divided, and a person can be forgotten', async () => {
  const inShop = await shopWith([]);
  await inShop(async (scope) => {
    await scoreCustomers(scope, ['a'], now);
    expect([await readFit(scope), await fitScores(scope, 'EUR', now), await readSquares(scope)]).toEqual([null, 0, []]);
    await insertOrders(scope, [{ id: '1', customerId: 'a', placedAt: daysAgo(1), totalMinor: 100 }]);
    await scoreCustomers(scope, ['a'], later);
    expect(await readScoresOf(scope, ['a'])).toMatchObject({ scores: [{ orders: 1 }], changes: [{ toGroup: 'lost' }] });
    await forgetScoresOf(scope, ['a']);
    expect(await readScoresOf(scope, ['a'])).toEqual({ scores: [], segments: [], tags: [], changes: [] });
  });
});
