import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fitScores, readFit, scoreCustomers } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { byDefinition, insertOrders, type OrderRow, scoresIn } from './by-definition.ts';

const now = new Date('2026-03-02T00:00:00Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const night = minutesLater(24 * 60);
let made: TestServices;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

/** Few days and amounts, so that many customers have the same; many milliseconds and cents, so that hardly any have. */
const orders = fc.boolean().chain((alike) =>
  fc.array(
    fc.record({
      customer: fc.nat({ max: 40 }),
      ago: fc.nat({ max: alike ? 5 : 1_000_000_000 }).map((ago) => (alike ? ago * 86_400_000 : ago)),
      totalMinor: alike ? fc.constantFrom(0, 500, 900) : fc.nat({ max: 1_000_000 }),
    }),
    { maxLength: 80 },
  ),
);

const rowsOf = (drawn: readonly { customer: number; ago: number; totalMinor: number }[], name: string, asOf: Date) =>
  drawn.map(({ customer, ago, totalMinor }, nth): OrderRow => ({
    id: `${name}${String(nth)}`,
    customerId: `c${String(customer)}`,
    placedAt: new Date(asOf.getTime() - ago),
    totalMinor,
  }));

/** Where a score begins: at the least value of those who have it or a higher one. */
const cutsOf = (values: readonly (readonly [value: number, score: number])[]): number[] =>
  [2, 3, 4, 5].flatMap((from) => {
    const reached = values.filter(([, score]) => score >= from);
    return reached.length === 0 ? [] : [Math.min(...reached.map(([value]) => value))];
  });

async function expectCuts(scope: ShopScope): Promise<void> {
  const rows = await scope.tx.customerScore.findMany({ where: { shopId: scope.shopId } });
  const fit = await scope.tx.segmentFit.findUniqueOrThrow({ where: { shopId: scope.shopId } });
  expect(fit.recencyCuts.map(Number)).toEqual(cutsOf(rows.map((row) => [row.lastOrderAt.getTime(), row.recency])));
  expect(fit.frequencyCuts).toEqual(cutsOf(rows.map((row) => [row.orders, row.frequency])));
  expect(fit.moneyCuts.map(Number)).toEqual(cutsOf(rows.map((row) => [Number(row.spentMinor), row.money])));
}

const groupsOf = (scores: ReadonlyMap<string, { readonly group: string }>, id: string) => scores.get(id)?.group ?? null;

it('any shop is divided as the definition has it, first and the night after, and who moved is noted', async () => {
  const shops = fc.record({ before: orders, added: orders, lost: fc.nat({ max: 40 }) });
  await fc.assert(
    fc.asyncProperty(shops, async ({ before, added, lost }) => {
      const shopId = await insertShop(made.database);
      await made.services.db.inShop(shopId, async (scope) => {
        const first = rowsOf(before, 'a', now);
        await insertOrders(scope, first);
        await fitScores(scope, 'EUR', now);
        const then = byDefinition(first);
        expect(await scoresIn(scope)).toEqual(then);
        await expectCuts(scope);
        // By the cuts alone everybody is where they were.
        await scoreCustomers(scope, [...then.keys()], now);
        expect(await scoresIn(scope)).toEqual(then);

        const gone = `c${String(lost)}`;
        await scope.tx.order.deleteMany({ where: { shopId, customerId: gone } });
        const more = rowsOf(added, 'b', night);
        await insertOrders(scope, more);
        expect(await fitScores(scope, 'EUR', night)).toBe((await readFit(scope))?.buyers);
        const today = byDefinition([...first.filter(({ customerId }) => customerId !== gone), ...more]);
        expect(await scoresIn(scope)).toEqual(today);
        await expectCuts(scope);
        const noted = await scope.tx.segmentChange.findMany({
          where: { shopId },
          select: { customerId: true, fromGroup: true, toGroup: true },
          orderBy: { customerId: 'asc' },
        });
        const moves = [...new Set([...then.keys(), ...today.keys()])].sort().flatMap((customerId) => {
          const [fromGroup, toGroup] = [groupsOf(then, customerId), groupsOf(today, customerId)];
          return fromGroup === toGroup ? [] : [{ customerId, fromGroup, toGroup }];
        });
        expect(noted).toEqual(moves);
      });
    }),
    { numRuns: 12 },
  );
});
