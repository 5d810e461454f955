import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createSegment,
  fillSegment,
  findOwnSegment,
  lastChange,
  membersOf,
  readChanges,
  readSegmentChoices,
  readSegmentsOf,
  refreshMembers,
  scoreCustomers,
  type ShopFacts,
} from '#app/domains/segments/index.ts';
import { followLosers } from '#app/flows/segments/follow-customers.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { addOrder, factsOf, group, insertCustomers, now, rule } from './six-customers.ts';

let made: TestServices;
let shopId: ShopId;
let facts: ShopFacts;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertCustomers(made);
  facts = factsOf(shopId);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);

describe('members', () => {
  it('are found when a segment is made, follow orders, and the changes can be read on from where one was', async () => {
    const id = randomUUID();
    const often = group('all', rule('orders', { compare: 'at-least', count: 2, days: null }));
    const start = await inShop(lastChange);
    await inShop(async (scope) => {
      await createSegment(scope, id, { name: 'Often', definition: often }, now);
      // Before the first filling nobody is compared one by one.
      await refreshMembers(scope, ['anna'], () => Promise.resolve(facts));
      expect(await readSegmentsOf(scope, ['anna'])).toEqual(new Map([['anna', [expect.any(String)]]]));
    });
    const fill = () =>
      inShop(async (scope) => {
        const segment = await findOwnSegment(scope, id);
        if (segment) await fillSegment(scope, segment, facts, 10_000);
      });
    await fill();
    expect(await inShop((scope) => readChanges(scope, start, 10))).toEqual({ changes: [], next: start });

    await inShop(async (scope) => {
      await addOrder(scope, 'more', ['emil', 1, 2000, 'tea', 'DE']);
      await scope.tx.order.update({ where: { shopId_id: { shopId, id: 'o1' } }, data: { cancelledAt: now } });
      await scope.tx.order.update({ where: { shopId_id: { shopId, id: 'o2' } }, data: { cancelledAt: now } });
      await scoreCustomers(scope, ['emil', 'anna'], now);
      for (let time = 0; time < 2; time += 1)
        await refreshMembers(scope, ['emil', 'anna', 'nobody'], () => Promise.resolve(facts));
    });
    const own = async () =>
      (await inShop((scope) => readChanges(scope, start, 10))).changes
        .filter(({ from, to }) => from === id || to === id)
        .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    // Transactions elsewhere on the server hold changes back as well.
    await expect.poll(own, { timeout: 20_000 }).toEqual([
      { customerId: 'anna', from: id, to: null, at: now },
      { customerId: 'emil', from: null, to: id, at: now },
    ]);
    const first = await inShop((scope) => readChanges(scope, start, 1));
    const second = await inShop((scope) => readChanges(scope, first.next, 10));
    expect([...first.changes, ...second.changes].filter(({ from, to }) => from === id || to === id)).toHaveLength(2);
    // All compared anew find the same, and one at a time is as good as all at once.
    const noted = await inShop(({ tx }) => tx.segmentChange.count());
    await fill();
    expect(await inShop(({ tx }) => tx.segmentChange.count())).toBe(noted);
    const inSql = await inShop(
      ({ tx }) => tx.$queryRaw<{ customer_id: string }[]>`SELECT * FROM (${membersOf(shopId, id)}) m`,
    );
    expect(inSql).toEqual([{ customer_id: 'emil' }]);
    expect((await inShop(readSegmentChoices)).at(-1)).toEqual({ ref: id, name: 'Often', customers: 1 });
  });

  it('move when an order of theirs turns out to be somebody else’s', async () => {
    await inShop(async (scope) => {
      const write = () => scope.tx.order.updateMany({ where: { id: 'o3' }, data: { customerId: 'dora' } });
      await followLosers({ clock: { now: () => now } }, scope, ['o3', 'o4'], write);
      // Who got it is scored by the step that scores the buyers of orders.
      expect((await readSegmentsOf(scope, ['ben', 'dora'])).size).toBe(0);
      await scoreCustomers(scope, ['dora'], now);
      expect([...(await readSegmentsOf(scope, ['ben', 'dora'])).keys()]).toEqual(['dora']);
    });
  });

  it('of a change that is still under way, and all after it, wait to be read', async () => {
    const start = await inShop(lastChange);
    const change = (customerId: string) => (scope: ShopScope) =>
      scope.tx.$executeRaw`
        INSERT INTO segment_change (shop_id, customer_id, to_group, changed_at, changed_in)
        VALUES (${shopId}::uuid, ${customerId}, 'new', ${now}, pg_current_xact_id()::text::bigint)`;
    const read = async () =>
      (await inShop((scope) => readChanges(scope, start, 10))).changes.map((one) => one.customerId);
    await inShop(async (scope) => {
      await change('early')(scope);
      await inShop(change('late'));
      expect(await read()).toEqual([]);
    });
    // Transactions elsewhere on the server hold changes back as well.
    await expect.poll(read, { timeout: 20_000 }).toEqual(['early', 'late']);
  });
});
