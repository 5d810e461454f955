import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capture, earn, hold, readBalances, release, reverse, spend } from '#app/domains/ledger/index.ts';
import { bindShop, type ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopId: ShopId;

beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
});
afterAll(async () => database.drop());

const day = 24 * 3_600_000;
const start = new Date('2026-01-31T12:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * day);
const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => database.db.inShop(shopId, work);
const customer = (ownerId: string) => ({ ownerKind: 'customer', ownerId, unit: 'points' });
const source = (kind: string, id: string) => ({ kind, id, purpose: 'points' });
const balances = (ownerId: string) => inShop((scope) => readBalances(scope, customer(ownerId)));

interface Given {
  at?: Date;
  vestAt?: Date | null;
  expiresAt?: Date | null;
}
const give = (
  ownerId: string,
  id: string,
  amount: number,
  { at = start, vestAt = null, expiresAt = null }: Given = {},
) =>
  inShop((scope) =>
    earn(scope, { account: customer(ownerId), source: source('order', id), at, amount, vestAt, expiresAt }),
  );
const take = (ownerId: string, id: string, amount: number, at = start) =>
  inShop((scope) => spend(scope, { account: customer(ownerId), source: source('redemption', id), at, amount }));
const undo = (kind: string, id: string, by: string, amount: number | null, at = start) =>
  inShop((scope) => reverse(scope, { original: source(kind, id), source: source('refund', by), at, amount }));

describe('commands', () => {
  it('earns once for each source, and tells what contradicts it', async () => {
    expect(await give('1', '1a', 100)).toMatchObject({ code: 'posted' });
    expect(await give('1', '1a', 100)).toMatchObject({ code: 'already' });
    expect(await give('1', '1a', 101)).toMatchObject({ code: 'conflict' });
    expect(await give('2', '1a', 100)).toMatchObject({ code: 'conflict' });
    expect(await take('1', '1a', 30)).toMatchObject({ code: 'posted' });
    expect(await take('1', '1b', 71)).toEqual({ code: 'insufficient', available: 70 });
    expect(await balances('1')).toEqual({ available: 70, pending: 0, held: 0 });
    expect(await balances('2')).toEqual({ available: 0, pending: 0, held: 0 });
  });

  it('does what is due before it spends, whether a job ran or not', async () => {
    await give('3', '3a', 50, { vestAt: after(14), expiresAt: after(30) });
    expect(await take('3', '3a', 50)).toEqual({ code: 'insufficient', available: 0 });
    expect(await take('3', '3b', 20, after(14))).toMatchObject({ code: 'posted' });
    expect(await take('3', '3c', 1, after(30))).toEqual({ code: 'insufficient', available: 0 });
    expect(await balances('3')).toEqual({ available: 0, pending: 0, held: 0 });
  });

  it('spends first what expires first, and gives it back the other way round', async () => {
    await give('4', '4a', 100, { expiresAt: after(60) });
    await give('4', '4b', 100, { expiresAt: after(30) });
    await take('4', '4a', 150);
    // 50 of the later lot are left; 60 come back: 50 to the later, 10 to the earlier one, which is about to expire.
    expect(await undo('redemption', '4a', '4a', 60)).toMatchObject({ code: 'posted' });
    expect(await undo('redemption', '4a', '4a', 60)).toMatchObject({ code: 'already' });
    expect(await balances('4')).toMatchObject({ available: 110 });
    expect(await take('4', '4b', 101, after(31))).toEqual({ code: 'insufficient', available: 100 });
    expect(await undo('redemption', '4a', '4b', 91, after(31))).toEqual({ code: 'exceeds', left: 90 });
  });

  it('carries what was spent and is taken back as a debt, which what comes next pays off', async () => {
    await give('5', '5a', 100);
    await take('5', '5a', 80);
    expect(await undo('order', '5a', '5a', null)).toMatchObject({ code: 'posted' });
    expect(await balances('5')).toMatchObject({ available: -80 });
    expect(await undo('order', '5a', '5b', 1)).toEqual({ code: 'exceeds', left: 0 });
    await give('5', '5b', 50, { vestAt: after(1) });
    expect(await balances('5')).toEqual({ available: -80, pending: 50, held: 0 });
    await give('5', '5c', 100, { at: after(2), expiresAt: after(3) });
    expect(await balances('5')).toMatchObject({ available: 70, pending: 0 });
    // The lot that expires had paid 30 of the debt and holds 70.
    expect(await take('5', '5d', 1, after(3))).toEqual({ code: 'insufficient', available: 0 });
  });

  it('asks for nothing twice that has expired', async () => {
    await give('6', '6a', 100, { expiresAt: after(10) });
    await give('6', '6b', 40);
    await take('6', '6a', 30);
    expect(await undo('order', '6a', '6a', 100, after(11))).toMatchObject({ code: 'posted' });
    // 70 expired, 30 were spent and come out of the other lot.
    expect(await balances('6')).toMatchObject({ available: 10 });
  });

  it('sets aside, uses up and releases', async () => {
    await give('7', '7a', 100);
    const holding = { account: customer('7'), source: source('redemption', '7h'), at: start, amount: 60 };
    expect(await inShop((scope) => hold(scope, holding))).toMatchObject({ code: 'posted' });
    expect(await balances('7')).toEqual({ available: 40, pending: 0, held: 60 });
    expect(await take('7', '7a', 41)).toEqual({ code: 'insufficient', available: 40 });
    const ending = (by: string, amount: number | null) => ({
      hold: holding.source,
      source: source('end', by),
      at: start,
      amount,
    });
    expect(await inShop((scope) => capture(scope, ending('7c', 45)))).toMatchObject({ code: 'posted' });
    expect(await inShop((scope) => release(scope, ending('7d', 16)))).toEqual({ code: 'exceeds', left: 15 });
    expect(await inShop((scope) => release(scope, ending('7e', null)))).toMatchObject({ code: 'posted' });
    expect(await inShop((scope) => release(scope, ending('7e', null)))).toMatchObject({ code: 'already' });
    expect(await inShop((scope) => release(scope, ending('7f', null)))).toEqual({ code: 'exceeds', left: 0 });
    expect(await balances('7')).toEqual({ available: 55, pending: 0, held: 0 });
    expect(await undo('end', '7c', '7g', null)).toMatchObject({ code: 'posted' });
    expect(await balances('7')).toEqual({ available: 100, pending: 0, held: 0 });
    expect(await undo('end', 'none', '7h', null)).toEqual({ code: 'not-found' });
    expect(await undo('end', '7e', '7i', null)).toEqual({ code: 'not-reversible' });
  });

  it('lets one of many win who spend the same at once', async () => {
    await give('8', '8a', 100);
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => take('8', `8-${String(index)}`, 30)));
    expect(outcomes.filter((one) => one.code === 'posted')).toHaveLength(3);
    expect(await balances('8')).toEqual({ available: 10, pending: 0, held: 0 });
    const same = await Promise.all(Array.from({ length: 8 }, () => take('8', '8-same', 10)));
    expect(same.map((one) => one.code).sort()).toEqual([...Array<string>(7).fill('already'), 'posted']);
  });
});

/** As the app's own role, which row-level security binds and which owns no table. */
async function raw(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shopId);
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

describe('the database itself', () => {
  const head = (id: number, entries: number) =>
    `INSERT INTO ledger_transaction (shop_id, id, operation, source_kind, source_id, purpose, account_id, amount, entries, at)
     SELECT '${shopId}', ${String(id)}, 'earn', 'raw', '${String(id)}', '', id, 5, ${String(entries)}, '2026-01-01'
     FROM ledger_account WHERE owner_id = 'raw'`;
  const line = (id: number, entry: number, amount: number, owner: string, bucket: string, more = "'2026-01-01'") =>
    `INSERT INTO ledger_posting (shop_id, transaction_id, entry, account_id, bucket, amount, at)
     SELECT '${shopId}', ${String(id)}, ${String(entry)}, id, '${bucket}', ${String(amount)}, ${more}
     FROM ledger_account WHERE owner_id = '${owner}' AND unit = 'points'`;

  beforeAll(async () => {
    await give('raw', 'raw', 100);
    await raw(head(900_001, 2), line(900_001, 1, 5, 'raw', 'available'), line(900_001, 2, -5, '', 'issued'));
  });

  it('takes in what is balanced, and keeps the balance', async () => {
    await raw(head(900_002, 2), line(900_002, 2, -5, '', 'issued'), line(900_002, 1, 5, 'raw', 'available'));
    expect(await balances('raw')).toEqual({ available: 110, pending: 0, held: 0 });
  });

  const whole = /not balanced or not complete/;
  it.each([
    ['no posting', whole, () => [head(900_010, 2)]],
    ['half of it', whole, () => [head(900_011, 2), line(900_011, 1, 5, 'raw', 'available')]],
    [
      'sides that differ',
      whole,
      () => [head(900_012, 2), line(900_012, 1, 5, 'raw', 'available'), line(900_012, 2, -4, '', 'issued')],
    ],
    [
      'a gap',
      whole,
      () => [head(900_013, 3), line(900_013, 1, 5, 'raw', 'available'), line(900_013, 3, -5, '', 'issued')],
    ],
    [
      'an unknown bucket',
      whole,
      () => [head(900_014, 2), line(900_014, 1, 5, 'raw', 'available'), line(900_014, 2, -5, '', 'lost')],
    ],
    [
      'a bucket of the other side',
      whole,
      () => [head(900_015, 2), line(900_015, 1, 5, 'raw', 'issued'), line(900_015, 2, -5, '', 'issued')],
    ],
    [
      'another time',
      whole,
      () => [
        head(900_016, 2),
        line(900_016, 1, 5, 'raw', 'available', "'2025-01-01'"),
        line(900_016, 2, -5, '', 'issued'),
      ],
    ],
    ['postings of nothing', /no transaction 900017/, () => [line(900_017, 1, 5, 'raw', 'available')]],
    [
      'postings before what they belong to',
      /no transaction 900021/,
      () => [line(900_021, 1, 5, 'raw', 'available'), line(900_021, 2, -5, '', 'issued'), head(900_021, 2)],
    ],
    [
      'more than there is',
      /would leave -/,
      () => [head(900_018, 2), line(900_018, 1, -500, 'raw', 'available'), line(900_018, 2, 500, '', 'issued')],
    ],
    ['more lines for what is complete', /takes no more/, () => [line(900_001, 3, 5, 'raw', 'available')]],
    ['a line of nothing', /check constraint/, () => [head(900_019, 2), line(900_019, 1, 0, 'raw', 'available')]],
    ['a second transaction for a source', /unique constraint/, () => [head(900_001, 2).replace('900001,', '900020,')]],
    ['another amount', /append-only/, () => ['UPDATE ledger_posting SET amount = 6 WHERE transaction_id = 900001']],
    ['another reason', /append-only/, () => ["UPDATE ledger_transaction SET details = '{}' WHERE id = 900001"]],
    ['no posting any more', /nothing is deleted/, () => ['DELETE FROM ledger_posting WHERE transaction_id = 900001']],
    ['no transaction any more', /nothing is deleted/, () => ['DELETE FROM ledger_transaction WHERE id = 900001']],
    ['no account any more', /nothing is deleted/, () => ["DELETE FROM ledger_account WHERE owner_id = 'raw'"]],
    ['no lot any more', /nothing is deleted/, () => ['DELETE FROM ledger_lot']],
    ['another balance', /balances are/, () => ["UPDATE ledger_account SET available = 1000 WHERE owner_id = 'raw'"]],
    ['another unit', /balances are/, () => ["UPDATE ledger_account SET unit = 'USD' WHERE owner_id = 'raw'"]],
    ['a fuller lot', /by postings alone/, () => ['UPDATE ledger_lot SET available = 1000']],
    ['a longer life', /by postings alone/, () => ["UPDATE ledger_lot SET expires_at = '2099-01-01'"]],
    [
      'an account that begins with something',
      /balances are/,
      () => [
        `INSERT INTO ledger_account (shop_id, owner_kind, owner_id, unit, available, opened_at) VALUES ('${shopId}', 'customer', 'rich', 'points', 9, now())`,
      ],
    ],
    ['no triggers', /must be owner/, () => ['ALTER TABLE ledger_posting DISABLE TRIGGER ALL']],
    ['no triggers for itself', /permission denied/, () => ["SET LOCAL session_replication_role = 'replica'"]],
    ['an empty table', /permission denied/, () => ['TRUNCATE ledger_posting CASCADE']],
  ] as const)('refuses %s', async (_what, message, statements) => {
    const before = await balances('raw');
    await expect(raw(...statements())).rejects.toThrow(message);
    expect(await balances('raw')).toEqual(before);
  });
});
