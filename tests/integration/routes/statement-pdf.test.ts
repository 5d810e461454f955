import type { LoaderFunctionArgs } from '@remix-run/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { earn, hold, readBalances, readBalancesAt, readStatement, spend } from '#app/domains/ledger/index.ts';
import { pointsOf } from '#app/domains/loyalty/index.ts';
import { loader } from '#app/routes/ledger_.statement.pdf.ts';
import { textsOfPdf } from '#tests/setup/pdf-texts.ts';
import { startTwoShops, type TwoShops } from '../tenants/two-shops.ts';

let shops: TwoShops;
const day = 86_400_000;
/** The page may be long: more than fits on one sheet. */
const movements = 60;
let first: Date;

beforeAll(async () => {
  shops = await startTwoShops();
  const { services } = shops.test;
  const { shopId, customer } = shops.a;
  const account = pointsOf(customer);
  const now = services.clock.now();
  first = new Date(now.getTime() - 40 * day);
  const source = (id: number) => ({ kind: 'test', id: String(id), purpose: '' });
  await services.db.inShop(shopId, async (scope) => {
    for (let id = 0; id < movements; id += 1) {
      const at = new Date(now.getTime() - 30 * day + id * 3_600_000);
      const lot = { account, vestAt: id % 4 === 0 ? new Date(now.getTime() + day) : at, expiresAt: null };
      await earn(scope, { ...lot, amount: 10 + id, source: source(id), at });
      if (id % 3 === 0) await spend(scope, { account, amount: 7, source: source(1_000 + id), at });
    }
    await hold(scope, { account, amount: 25, source: source(2_000), at: now });
  });
});
afterAll(() => shops.close());

/** All texts of the file as they are drawn, one after the other. */
async function textsOf(query: string, owner = shops.a.customer): Promise<string[]> {
  const account = `kind=customer&owner=${encodeURIComponent(owner)}&unit=points`;
  const request = new Request(`http://127.0.0.1:3000/ledger/statement/pdf?${account}${query}`, {
    headers: { authorization: `Bearer ${shops.token()}` },
  });
  const context = { services: shops.test.services };
  const answer = await loader({ request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="statement.pdf"');
  return textsOfPdf(Buffer.from(await answer.arrayBuffer())).map(({ text }) => text);
}

/** Rows of the table by their numbers: available, pending, held, balance. */
function rowsOf(texts: readonly string[]): number[][] {
  const heads = ['When', 'What', 'For', 'Available', 'Pending', 'Held', 'Balance'];
  const cells = texts.slice(texts.indexOf('When')).filter((text) => !heads.includes(text) && !/^Page \d+$/.test(text));
  const rows = Array.from({ length: cells.length / heads.length }, (_, at) =>
    cells.slice(at * heads.length, (at + 1) * heads.length),
  );
  return rows.map((row) => row.slice(3).map(Number));
}

const endOf = (texts: readonly string[]) => texts.find((text) => text.startsWith('At the end:'));
const said = ({ available, pending, held }: Awaited<ReturnType<typeof readBalances>>) =>
  `At the end: available ${String(available)}, pending ${String(pending)}, held ${String(held)} (points)`;
const inShop = <T>(work: Parameters<typeof shops.test.services.db.inShop<T>>[1]) =>
  shops.test.services.db.inShop(shops.a.shopId, work);

it('the statement says what the ledger says, row by row and at its end', async () => {
  const account = pointsOf(shops.a.customer);
  const [texts, balances, statement] = [
    await textsOf(''),
    await inShop((scope) => readBalances(scope, account)),
    await inShop((scope) => readStatement(scope, account, { before: null, limit: 500 })),
  ];
  expect(balances.pending).toBeGreaterThan(0);
  expect(balances.held).toBe(25);
  expect(endOf(texts)).toBe(said(balances));
  const rows = rowsOf(texts);
  expect(rows).toEqual(statement.rows.map((row) => [row.available, row.pending, row.held, row.balance]));
  expect(rows.length).toBeGreaterThan(movements);
  const sums = [0, 1, 2].map((column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  expect(sums).toEqual([balances.available, balances.pending, balances.held]);
  expect(rows[0]?.[3]).toBe(balances.available);
});

it('that of some days ends with what there was on the last of them', async () => {
  const last = new Date(shops.test.services.clock.now().getTime() - 29 * day).toISOString().slice(0, 10);
  const until = new Date(Date.parse(`${last}T00:00:00Z`) + day - 1);
  const then = await inShop((scope) => readBalancesAt(scope, pointsOf(shops.a.customer), until));
  const texts = await textsOf(`&from=${first.toISOString().slice(0, 10)}&until=${last}`);
  expect(endOf(texts)).toBe(said(then));
  const sums = [0, 1, 2].map((column) => rowsOf(texts).reduce((sum, row) => sum + (row[column] ?? 0), 0));
  // Nothing was before: the rows of these days are all there is until then.
  expect(sums).toEqual([then.available, then.pending, then.held]);
});

it('a line says in words what it was for, and a shop and an owner are written in their letters', async () => {
  const now = shops.test.services.clock.now();
  const source = { kind: 'order', id: '5000000000001', purpose: '' };
  await inShop(async (scope) => {
    await earn(scope, { account: pointsOf('顧客 7'), vestAt: null, expiresAt: null, amount: 3, source, at: now });
    await scope.tx.$executeRaw`UPDATE shop SET name = 'Κατάστημα Łódź' WHERE id = ${shops.a.shopId}::uuid`;
  });
  const texts = await textsOf('', '顧客 7');
  expect(texts).toContain('Κατάστημα Łódź');
  expect(texts).toContain('Order 5000000000001');
  expect(texts.join('')).toContain('Statement of customer 顧客 7');
});
