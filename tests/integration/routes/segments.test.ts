import type { LoaderFunctionArgs } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fitScores, readGuests } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { loader as csvLoader } from '#app/routes/segments_.csv.ts';
import { loader as peopleLoader } from '#app/routes/segments_.people/route.tsx';
import { loader as pageLoader } from '#app/routes/segments/route.tsx';
import { type BoxedOrder, insertBoxed, keyOf } from '../segments/guest-orders.ts';
import { startTwoShops, type TwoShops } from '../tenants/two-shops.ts';

let shops: TwoShops;
const deeds = [3, 30, 100, 300];

beforeAll(async () => {
  shops = await startTwoShops();
  const { services } = shops.test;
  const now = services.clock.now();
  // Each customer has a double without an account.
  const orders = deeds.flatMap((days, nth): BoxedOrder[] => {
    const deed = { placedAt: new Date(now.getTime() - days * 86_400_000), totalMinor: 500 + 1000 * nth };
    return [
      { ...deed, id: `c${String(nth)}`, customerId: `anna${String(nth)}` },
      { ...deed, id: `g${String(nth)}`, customerId: null, box: `ida${String(nth)}` },
    ];
  });
  await inShop(async (scope) => {
    await insertBoxed(services.secrets, scope, orders);
    await fitScores(scope, 'EUR', now);
  });
});
afterAll(() => shops.close());

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> =>
  shops.test.services.db.inShop(shops.a.shopId, work);

const argsOf = (path: string): LoaderFunctionArgs => {
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    headers: { authorization: `Bearer ${shops.token()}` },
  });
  const context = { services: shops.test.services };
  return { request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs;
};

/** Customer, group and end of the key of each row. */
async function fileOf(query: string): Promise<string[][]> {
  const text = await (await csvLoader(argsOf(`/segments/csv${query}`))).text();
  const [heads = [], ...rows] = text
    .trim()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));
  return rows.map((row) => ['customer_id', 'group', 'without_account'].map((name) => row[heads.indexOf(name)] ?? ''));
}

it('the page counts buyers without an account in all, on the map and in each group', async () => {
  const page = await pageLoader(argsOf('/segments'));
  const guests = await inShop((scope) => readGuests(scope, null, '', 100));
  expect(guests).toHaveLength(deeds.length);
  expect(page.fit?.guests).toBe(deeds.length);
  const counted = (parts: readonly { customers: number }[]) => parts.reduce((sum, one) => sum + one.customers, 0);
  expect(counted(page.groups)).toBe(page.fit?.buyers);
  expect(counted(page.map.flat())).toBe(page.fit?.buyers);
  for (const { group, guests: without } of page.groups)
    expect(without).toBe(guests.filter((one) => one.group === group).length);
});

it('a group’s file holds them by nothing but the end of a key, beside customers who did the same', async () => {
  const rows = await fileOf('');
  const key = (nth: number) => keyOf(shops.test.services.secrets, `ida${String(nth)}`);
  deeds.forEach((_days, nth) => {
    const [, group] = rows.find(([id]) => id === `anna${String(nth)}`) ?? [];
    expect(rows).toContainEqual(['', group, `#${key(nth).slice(-6)}`]);
  });
  const text = await (await csvLoader(argsOf('/segments/csv'))).text();
  for (const nth of deeds.keys()) expect(text).not.toContain(key(nth).slice(0, 12));
  const group = rows.find(([id]) => id === '')?.[1] ?? '';
  const own = rows.filter((row) => row[1] === group);
  expect(await fileOf(`?group=${group}`)).toEqual(own);
  // The list shows customers, and so does its file.
  expect(await fileOf(`?segment=${group}`)).toEqual(own.filter(([id]) => id !== ''));
  const list = await peopleLoader(argsOf(`/segments/people?segment=${group}`));
  expect(list.guests).toBe(own.filter(([id]) => id === '').length);
  expect(list.rows.map(({ customerId }) => customerId)).toEqual(own.map(([id]) => id).filter((id) => id !== ''));
});
