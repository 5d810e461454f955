import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fitFlows,
  fitScores,
  readBuyersOf,
  readFit,
  readFlows,
  readGroups,
  readGuests,
  readMembers,
  readSquares,
  scoreBuyers,
  scoreCustomers,
} from '#app/domains/segments/index.ts';
import { forgetOrder } from '#app/flows/order-flows.ts';
import { followLosers } from '#app/flows/segments/follow-customers.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { byDefinition } from './by-definition.ts';
import { allScores, type BoxedOrder, insertBoxed, keyOf, noteAccount, owned } from './guest-orders.ts';

const now = new Date('2026-03-02T00:00:00Z');
const dayMs = 86_400_000;
const night = new Date(now.getTime() + dayMs);
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);
let made: TestServices;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

/** A shop of its own with these orders. */
async function shopWith(orders: readonly BoxedOrder[]) {
  const shopId: ShopId = await insertShop(made.database);
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);
  const place = (more: readonly BoxedOrder[]) => inShop((scope) => insertBoxed(made.services.secrets, scope, more));
  await place(orders);
  return { shopId, inShop, place };
}

const key = (box: string) => keyOf(made.services.secrets, box);
const guest = (id: string, box: string, days: number, totalMinor: number): BoxedOrder => ({
  ...{ id, box, customerId: null, placedAt: daysAgo(days), totalMinor },
});
const customer = (id: string, customerId: string, days: number, totalMinor: number): BoxedOrder => ({
  ...{ id, customerId, placedAt: daysAgo(days), totalMinor },
});

/** What buyers did, without where it puts them. */
const deedsOf = (orders: ReturnType<typeof owned>) => {
  const found = new Map<string, { orders: number; spent: number; first: number; last: number }>();
  for (const { customerId, placedAt, totalMinor } of orders) {
    const one = found.get(customerId ?? '') ?? { orders: 0, spent: 0, first: Infinity, last: -Infinity };
    found.set(customerId ?? '', {
      orders: one.orders + 1,
      spent: one.spent + totalMinor,
      first: Math.min(one.first, placedAt.getTime()),
      last: Math.max(one.last, placedAt.getTime()),
    });
  }
  return found;
};

async function deedsIn(scope: ShopScope): Promise<ReturnType<typeof deedsOf>> {
  const rows = [
    ...(await readMembers(scope, null, '', 1_000)).map((one) => [one.customerId, one] as const),
    ...(await readGuests(scope, null, '', 1_000)).map((one) => [one.mailbox, one] as const),
  ];
  return new Map(
    rows.map(([id, { orders, spentMinor, firstOrderAt, lastOrderAt }]) => [
      id,
      { orders, spent: spentMinor, first: firstOrderAt.getTime(), last: lastOrderAt.getTime() },
    ]),
  );
}

const drawn = fc.array(
  fc.record({
    /** null = without an account */
    customer: fc.option(fc.nat({ max: 12 })),
    box: fc.option(fc.nat({ max: 15 }), { freq: 6 }),
    days: fc.nat({ max: 6 }),
    totalMinor: fc.constantFrom(0, 500, 900, 4000),
  }),
  { maxLength: 60 },
);
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const rowsOf = (some: Drawn, name: string, asOf: Date): BoxedOrder[] =>
  some.map(({ customer: of, box, days, totalMinor }, nth) => ({
    id: `${name}${String(nth)}`,
    customerId: of === null ? null : `c${String(of)}`,
    placedAt: new Date(asOf.getTime() - days * dayMs),
    totalMinor,
    ...(box === null ? {} : { box: `box${String(box)}` }),
  }));

it('any shop is divided among all its buyers, with accounts and without, first, after orders and the night after', async () => {
  const accounts = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 15 })), { maxLength: 4 });
  const shops = fc.record({ before: drawn, added: drawn, accounts, lost: fc.nat({ max: 60 }) });
  const { secrets } = made.services;
  await fc.assert(
    fc.asyncProperty(shops, async ({ before, added, accounts: opened, lost }) => {
      const first = rowsOf(before, 'a', now);
      const { shopId, inShop, place } = await shopWith(first);
      await inShop(async (scope) => {
        const then = byDefinition(owned(secrets, first));
        expect(await fitScores(scope, 'EUR', now)).toBe(then.size);
        expect(await allScores(scope)).toEqual(then);
        // By the cuts alone everybody is where they were.
        const ids = first.map(({ id }) => id);
        await scoreBuyers(scope, await readBuyersOf(scope, ids), now);
        expect(await allScores(scope)).toEqual(then);
      });

      // Orders come, and one goes: who has to do with them is scored again, and stands with all that they did.
      const more = rowsOf(added, 'b', now);
      await place(more);
      const gone = first[lost]?.id;
      const rest = [...first.filter(({ id }) => id !== gone), ...more];
      await inShop(async (scope) => {
        if (gone !== undefined)
          await followLosers(made.services, scope, [gone], () =>
            scope.tx.order.deleteMany({ where: { shopId, id: gone } }),
          );
        const ids = [...first, ...more].map(({ id }) => id);
        await scoreBuyers(scope, await readBuyersOf(scope, ids), now);
      });
      // An account keeps the mailbox of an order that is gone.
      const known = first.flatMap(({ customerId, box }) =>
        customerId !== null && box !== undefined ? [[customerId, box] as const] : [],
      );
      expect(await inShop(deedsIn)).toEqual(deedsOf(owned(secrets, rest, known)));

      const named = opened.map(([of, box]) => [`c${String(of)}`, `box${String(box)}`] as const);
      await inShop(async (scope) => {
        for (const [id, box] of named) await noteAccount(secrets, scope, id, box);
        const today = byDefinition(owned(secrets, rest, [...known, ...named]));
        expect(await fitScores(scope, 'EUR', night)).toBe(today.size);
        expect(await allScores(scope)).toEqual(today);
        const fit = await readFit(scope);
        const [squares, groups] = [await readSquares(scope), await readGroups(scope, night)];
        for (const parts of [squares, groups])
          expect(parts.reduce((sum, { customers }) => sum + customers, 0)).toBe(today.size);
        const without = (await readGuests(scope, null, '', 1_000)).length;
        expect(groups.reduce((sum, { guests }) => sum + guests, 0)).toBe(without);
        expect(fit).toMatchObject({ buyers: today.size, guests: without });
        await fitFlows(scope, 'EUR', night);
        const flows = await readFlows(scope, 30);
        expect(flows.reduce((sum, { customers }) => sum + customers, 0)).toBe(today.size);
      });
    }),
    { numRuns: 15 },
  );
});

it('a buyer with an account and one without who did the same are in the same group', async () => {
  const deeds = [
    [3, 900],
    [40, 100],
    [200, 20_000],
    [200, 300],
    [500, 70],
  ] as const;
  const { inShop } = await shopWith(
    deeds.flatMap(([days, minor], nth) => [
      customer(`c${String(nth)}`, `anna${String(nth)}`, days, minor),
      guest(`g${String(nth)}`, `ida${String(nth)}`, days, minor),
    ]),
  );
  await inShop(async (scope) => {
    await fitScores(scope, 'EUR', now);
    const scores = await allScores(scope);
    deeds.forEach((_deed, nth) => {
      expect(scores.get(key(`ida${String(nth)}`))).toEqual(scores.get(`anna${String(nth)}`));
    });
    expect(new Set([...scores.values()].map(({ group }) => group)).size).toBeGreaterThan(2);
    // Nothing that customers are found by knows the others.
    const members = await readMembers(scope, null, '', 100);
    expect(members.map(({ customerId }) => customerId)).toEqual(deeds.map((_deed, nth) => `anna${String(nth)}`));
    await scope.tx.order.deleteMany({ where: { id: { startsWith: 'g' } } });
    await fitScores(scope, 'EUR', night);
    expect(await readGuests(scope, null, '', 100)).toEqual([]);
    expect(await scope.tx.segmentChange.count({ where: { customerId: { not: { startsWith: 'anna' } } } })).toBe(0);
  });
});

describe('a mailbox that an account has as well', () => {
  const orders = [guest('1', 'ida', 10, 500), guest('2', 'ida', 5, 700), customer('3', 'ben', 2, 900)];

  it('is the account’s at night', async () => {
    const { inShop } = await shopWith(orders);
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      expect(await readGuests(scope, null, '', 10)).toMatchObject([
        { mailbox: key('ida'), orders: 2, spentMinor: 1200 },
      ]);
      await noteAccount(made.services.secrets, scope, 'ida', 'ida');
      expect(await readGuests(scope, null, '', 10)).toHaveLength(1);
      await fitScores(scope, 'EUR', night);
      expect(await readGuests(scope, null, '', 10)).toEqual([]);
      expect(await readMembers(scope, null, '', 10)).toMatchObject([
        { customerId: 'ben', orders: 1 },
        { customerId: 'ida', orders: 2, spentMinor: 1200 },
      ]);
    });
  });

  it('is the account’s with the first order that names it', async () => {
    const { inShop, place } = await shopWith(orders);
    await inShop((scope) => fitScores(scope, 'EUR', now));
    await place([{ ...customer('4', 'ida', 1, 100), box: 'ida' }]);
    await inShop(async (scope) => {
      await scoreBuyers(scope, await readBuyersOf(scope, ['4']), now);
      expect(await readGuests(scope, null, '', 10)).toEqual([]);
      const members = await readMembers(scope, null, '', 10);
      expect(members.at(-1)).toMatchObject({ customerId: 'ida', orders: 3, spentMinor: 1300 });
    });
    // A further order without the account is the account's, too.
    await place([guest('5', 'ida', 0, 50)]);
    await inShop(async (scope) => {
      expect(await readBuyersOf(scope, ['5'])).toEqual({ customers: ['ida'], guests: [key('ida')] });
      await scoreBuyers(scope, await readBuyersOf(scope, ['5']), now);
      expect(await readGuests(scope, null, '', 10)).toEqual([]);
      expect((await readMembers(scope, null, '', 10)).at(-1)).toMatchObject({ customerId: 'ida', orders: 4 });
    });
  });

  it('leaves its orders without an account where the store gives them to one', async () => {
    const { shopId, inShop } = await shopWith(orders);
    await inShop(async (scope) => {
      await fitScores(scope, 'EUR', now);
      await followLosers(made.services, scope, ['1', '2'], () =>
        scope.tx.order.updateMany({ where: { shopId, id: { in: ['1', '2'] } }, data: { customerId: 'ben' } }),
      );
      expect(await readGuests(scope, null, '', 10)).toEqual([]);
      await scoreCustomers(scope, ['ben'], now);
      expect(await readMembers(scope, null, '', 10)).toMatchObject([{ customerId: 'ben', orders: 3 }]);
    });
  });
});

it('an order that is deleted is no longer counted for its mailbox', async () => {
  const { inShop } = await shopWith([guest('1', 'ida', 10, 500), guest('2', 'ida', 5, 700)]);
  await inShop(async (scope) => {
    await fitScores(scope, 'EUR', now);
    await forgetOrder(made.services, scope, '1');
    expect(await readGuests(scope, null, '', 10)).toMatchObject([{ orders: 1, spentMinor: 700 }]);
    await forgetOrder(made.services, scope, '2');
    expect(await readGuests(scope, null, '', 10)).toEqual([]);
  });
});

it('the first night that counts buyers without an account tells no offer that customers have come or left', async () => {
  const few = Array.from({ length: 20 }, (_, nth) =>
    customer(`c${String(nth)}`, `c${String(nth)}`, nth * 9, 100 + nth),
  );
  const many = Array.from({ length: 60 }, (_, nth) => guest(`g${String(nth)}`, `g${String(nth)}`, 1, 9000));
  const { shopId, inShop, place } = await shopWith(few);
  const changes = () => inShop(({ tx }) => tx.segmentChange.count());
  await inShop(async (scope) => {
    await fitScores(scope, 'EUR', now);
    await scope.tx.segmentFit.update({ where: { shopId }, data: { guests: null } });
  });
  await place(many);
  const before = await inShop(allScores);
  await inShop((scope) => fitScores(scope, 'EUR', night));
  const after = await inShop(allScores);
  expect([...before].filter(([id, { group }]) => after.get(id)?.group !== group).length).toBeGreaterThan(5);
  expect(await changes()).toBe(0);
  // From then on they are told of again.
  await inShop(async (scope) => {
    await scope.tx.order.deleteMany({ where: { shopId, id: { startsWith: 'g' } } });
    await fitScores(scope, 'EUR', new Date(night.getTime() + dayMs));
  });
  expect(await changes()).toBeGreaterThan(5);
});
