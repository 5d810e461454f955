import { afterAll, beforeAll, expect, it } from 'vitest';
import { earnForOrders, type ProgrammeSettings, saveProgramme } from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { loader as statement } from '#app/routes/ledger_.statement.csv.ts';
import { loader as memberPage } from '#app/routes/loyalty_.members_.$id/route.tsx';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { asMerchant } from './as-merchant.ts';
import { began, type LoyalShop, loyalShop, on, orderOf, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
let now = on(1);

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => made.dispose());

const earn = (shop: LoyalShop, orders: readonly PlatformOrder[]) =>
  shop.inShop(async (scope) => {
    await upsertOrders(scope, orders);
    await earnForOrders(
      scope,
      orders.map(({ id }) => id),
      now,
    );
  });
const change = async (shop: LoyalShop, settings: Partial<ProgrammeSettings>) => {
  const next = { revision: 2, settings: { ...plainProgramme, ...settings } };
  const saved = await shop.inShop((scope) => saveProgramme(scope, next, now));
  if (!saved.ok) throw new Error(saved.message);
};
const ordersOf = async (shop: LoyalShop, query = '') => {
  const path = `/loyalty/members/anna${query}`;
  return (await memberPage(asMerchant(made, shop.shopId, path, { params: { id: 'anna' } }))).orders;
};
async function statementOf(shop: LoyalShop): Promise<Record<string, string>[]> {
  const answer = await statement(
    asMerchant(made, shop.shopId, '/ledger/statement/csv?kind=customer&owner=anna&unit=points'),
  );
  const [heads = [], ...rows] = (await answer.text())
    .trim()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ''])));
}

it('orders before and after a change of the rules each show their own', async () => {
  now = on(1);
  const shop = await loyalShop(made);
  await earn(shop, [orderOf('1', 10_000)]);
  now = on(10);
  await change(shop, {
    rules: [
      { id: 'money', kind: 'amount', on: true, points: 3, perMinor: 100 },
      { id: 'each', kind: 'order', on: true, points: 50 },
    ],
    caps: { perDay: 200, perYear: null },
  });
  now = on(11);
  await earn(shop, [orderOf('2', 10_000, { placedAt: now })]);
  // An older order that changes stays with its own rules.
  await earn(shop, [orderOf('1', 10_000, { refundedMinor: 4_000, updatedAt: now })]);
  const { rows } = await ordersOf(shop);
  const shown = rows.map(({ name, points, version, from, reasons }) => ({ name, points, version, from, reasons }));
  expect(shown).toEqual([
    {
      ...{ name: '#2', points: 200, version: 2, from: on(10) },
      reasons: [
        { text: 'Money spent: 3 points for every €1.00', points: 300 },
        { text: 'Each order: 50 points', points: 50 },
        { text: 'Limit reached: orders give at most 200 a day', points: -150 },
      ],
    },
    {
      ...{ name: '#1', points: 60, version: 1, from: began },
      reasons: [{ text: 'Money spent: 1 point for every €1.00', points: 60 }],
    },
  ]);
  const lines = await statementOf(shop);
  expect(lines.map((line) => [line['operation'], line['source_id'], line['version'], line['version_from']])).toEqual([
    ['take-back', '1', '1', began.toISOString()],
    ['earn', '2', '2', on(10).toISOString()],
    ['earn', '1', '1', began.toISOString()],
  ]);
  const [back, second, first] = lines.map((line) => line['rules']);
  expect([back, first]).toEqual(Array(2).fill('Money spent: 1 point for every €1.00 = 60'));
  expect(second).toBe(
    'Money spent: 3 points for every €1.00 = 300; Each order: 50 points = 50; Limit reached: orders give at most 200 a day = -150',
  );
});

it('says why money gave nothing, which tier counted, and that nothing is left of an order', async () => {
  now = on(1);
  const levels: ProgrammeSettings['tiers']['levels'] = [
    { id: 'all', name: 'Friend', at: 0, multiplierBps: 15_000, entryPoints: 40, freeShipping: false, perks: [] },
  ];
  const shop = await loyalShop(made, { tiers: { ...plainProgramme.tiers, levels } });
  await earn(shop, [orderOf('1', 2_000)]);
  now = on(2);
  await earn(shop, [orderOf('2', 2_000, { placedAt: now, currency: 'USD' })]);
  now = on(3);
  await earn(shop, [orderOf('3', 2_000, { placedAt: now })]);
  now = on(4);
  await earn(shop, [orderOf('1', 2_000, { cancelledAt: now, updatedAt: now })]);
  const words = (await ordersOf(shop)).rows.map(({ name, reasons }) => [name, ...reasons.map(({ text }) => text)]);
  expect(words).toEqual([
    ['#3', 'Money spent: 1 point for every €1.00', 'Tier Friend: 1.5 times the points for money'],
    ['#2', 'No rate for USD: money in it gives no points'],
    ['#1'],
  ]);
  const reached = (await statementOf(shop)).find((line) => line['source'] === 'loyalty-activity');
  expect([reached?.['version'], reached?.['rules']]).toEqual(['1', 'Reached Friend: 40 points']);
});

it('shows all orders of a member, page after page', async () => {
  now = on(1);
  const shop = await loyalShop(made);
  // Two of a moment, so that a page may end between them.
  const placed = Array.from({ length: 45 }, (_, at) => orderOf(String(at), 100, { placedAt: on(Math.floor(at / 2)) }));
  now = on(60);
  await earn(shop, placed);
  const seen: string[] = [];
  let [query, pages] = ['', 0];
  for (let more = true; more; pages += 1) {
    const { rows, first, next } = await ordersOf(shop, query);
    expect(first).toBe(pages === 0);
    seen.push(...rows.map(({ orderId }) => orderId));
    query = `?orders=${encodeURIComponent(next ?? '')}`;
    more = next !== null;
  }
  expect([pages, seen.length, new Set(seen).size]).toEqual([3, 45, 45]);
  // The database knows no year 0.
  for (const page of ['nonsense', '0000-01-01T00:00:00.000Z 1', '9999-12-31T23:59:59.999Z 1'])
    expect((await ordersOf(shop, `?orders=${page}`)).rows[0]?.orderId).toBe('44');
});
