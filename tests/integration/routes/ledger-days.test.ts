import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { earn } from '#app/domains/ledger/index.ts';
import { pointsOf } from '#app/domains/loyalty/index.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { loader as page } from '#app/routes/ledger/route.tsx';
import { loader as csv } from '#app/routes/ledger_.statement.csv.ts';
import { loader as pdf } from '#app/routes/ledger_.statement.pdf.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { textsOfPdf } from '#tests/setup/pdf-texts.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { asMerchant } from '../loyalty/as-merchant.ts';
import { saveCustomer } from '../loyalty/loyal-shop.ts';

let made: TestServices;
const now = new Date('2026-12-01T12:00:00Z');

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => made.dispose());

/** Points by the moment at which each was given. */
async function open(timeZone: string, given: Readonly<Record<string, number>>, customer = 'anna'): Promise<ShopId> {
  const shopId = await insertShop(made.database, { timeZone });
  await made.services.db.inShop(shopId, async (scope) => {
    for (const [moment, amount] of Object.entries(given)) {
      const source = { kind: 'test', id: moment, purpose: '' };
      const lot = { account: pointsOf(customer), vestAt: null, expiresAt: null };
      await earn(scope, { ...lot, source, amount, at: new Date(moment) });
    }
  });
  return shopId;
}

const address = 'kind=customer&owner=anna&unit=points';
const readPage = async (shopId: ShopId, query: string) => page(asMerchant(made, shopId, `/ledger?${query}`));
async function readCsv(shopId: ShopId, query: string): Promise<Record<string, string>[]> {
  const answer = await csv(asMerchant(made, shopId, `/ledger/statement/csv?${address}${query}`));
  const [heads = [], ...rows] = (await answer.text())
    .trim()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ''])));
}
async function readPdf(shopId: ShopId, query: string): Promise<string[]> {
  const answer = await pdf(asMerchant(made, shopId, `/ledger/statement/pdf?${address}${query}`));
  return textsOfPdf(Buffer.from(await answer.arrayBuffer())).map(({ text }) => text);
}

describe('a day of the ledger is one of the shop', () => {
  // Each moment on its own side of the shop's midnight, two of them on the other side of midnight in UTC.
  it.each<[string, string, Record<string, number>]>([
    [
      'Europe/Berlin',
      'in summer',
      {
        '2026-07-09T21:59:59.999Z': 1,
        '2026-07-09T22:00:00.000Z': 10,
        '2026-07-10T21:59:59.999Z': 100,
        '2026-07-10T22:00:00.000Z': 1_000,
      },
    ],
    [
      'America/Los_Angeles',
      'behind UTC',
      {
        '2026-07-10T06:59:59.999Z': 1,
        '2026-07-10T07:00:00.000Z': 10,
        '2026-07-11T06:59:59.999Z': 100,
        '2026-07-11T07:00:00.000Z': 1_000,
      },
    ],
    [
      'Pacific/Kiritimati',
      'far ahead',
      {
        '2026-07-09T09:59:59.999Z': 1,
        '2026-07-09T10:00:00.000Z': 10,
        '2026-07-10T09:59:59.999Z': 100,
        '2026-07-10T10:00:00.000Z': 1_000,
      },
    ],
    [
      'UTC',
      'as before',
      {
        '2026-07-09T23:59:59.999Z': 1,
        '2026-07-10T00:00:00.000Z': 10,
        '2026-07-10T23:59:59.999Z': 100,
        '2026-07-11T00:00:00.000Z': 1_000,
      },
    ],
  ])('%s, %s', async (timeZone, _why, given) => {
    const shopId = await open(timeZone, given);
    const { account } = await readPage(shopId, `${address}&day=2026-07-10`);
    expect(account).toMatchObject({ day: '2026-07-10', balances: { available: '111' } });
    const days = '&from=2026-07-10&until=2026-07-10';
    const rows = await readCsv(shopId, days);
    expect(rows.map((row) => [row['available'], row[`day (${timeZone})`]])).toEqual([
      ['100', '2026-07-10'],
      ['10', '2026-07-10'],
    ]);
    const texts = await readPdf(shopId, days);
    const zone = timeZone.replaceAll('_', ' ');
    expect(texts).toContain(`From Jul 10, 2026 to Jul 10, 2026, days and times of ${zone}`);
    expect(texts.find((text) => text.startsWith('At the end:'))).toContain('available 111,');
  });

  it('on the days on which the clocks change, 23 and 25 hours long', async () => {
    const shopId = await open('Europe/Berlin', {
      '2026-03-28T23:00:00Z': 1,
      '2026-03-29T21:59:59Z': 10,
      '2026-03-29T22:00:00Z': 100,
      '2026-10-24T22:00:00Z': 1_000,
      '2026-10-25T22:59:59Z': 10_000,
      '2026-10-25T23:00:00Z': 100_000,
    });
    const of = async (day: string) =>
      (await readCsv(shopId, `&from=${day}&until=${day}`)).map((row) => row['available']);
    expect(await of('2026-03-29')).toEqual(['10', '1']);
    expect(await of('2026-10-25')).toEqual(['10000', '1000']);
  });

  it('a day that is not over, or never comes, ends now', async () => {
    const shopId = await open('America/New_York', { '2026-12-01T11:00:00Z': 7 });
    for (const day of ['2026-12-01', '2099-01-01', '9999-12-31']) {
      const { account } = await readPage(shopId, `${address}&day=${day}`);
      expect(account?.balances.available).toBe('7');
      expect(await readPdf(shopId, `&until=${day}`)).toContain(
        'From the beginning to Dec 1, 2026, days and times of America/New York',
      );
    }
    expect((await readPage(shopId, `${address}&day=0001-01-01`)).account?.balances.available).toBe('0');
    expect(await readCsv(shopId, '&from=0000-01-01&until=0000-01-01')).toEqual([]);
  });
});

it('an account is found by the whole e-mail address, as well as by the beginning of the number', async () => {
  const shopId = await open('UTC', { '2026-11-01T00:00:00Z': 5 }, 'anna');
  const other = await open('UTC', { '2026-11-01T00:00:00Z': 5 }, 'ben');
  for (const [shop, id] of [
    [shopId, 'anna'],
    [shopId, 'nobody'],
    [other, 'ben'],
  ] as const)
    await made.services.db.inShop(shop, (scope) => saveCustomer(made, scope, id, new Date('2026-01-01T00:00:00Z')));
  const find = async (search: string) =>
    (await readPage(shopId, `search=${encodeURIComponent(search)}`)).accounts.map(({ ownerId }) => ownerId);
  expect(await find(' Anna@Example.com')).toEqual(['anna']);
  expect(await find('an')).toEqual(['anna']);
  for (const nobody of ['anna@', 'nobody@example.com', 'ben@example.com', '@', ''])
    expect(await find(nobody)).toEqual([]);
});
