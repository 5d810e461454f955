import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkLedger,
  closeAccount,
  earn,
  findAccounts,
  hold,
  joinAccounts,
  readBalances,
  readBalancesAt,
  readCheck,
  readLots,
  readOutstandingAt,
  readStatement,
  readTotals,
  readUnits,
  reverse,
  settleDue,
  spend,
  type StatementSpan,
  statementTable,
} from '#app/domains/ledger/index.ts';
import { deleteTenant } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
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
const customer = (ownerId: string, unit = 'points') => ({ ownerKind: 'customer', ownerId, unit });
const source = (kind: string, id: string) => ({ kind, id, purpose: '' });
const balances = (ownerId: string) => inShop((scope) => readBalances(scope, customer(ownerId)));
const proven = async () => expect((await inShop((scope) => checkLedger(scope, start))).differences).toEqual([]);

const give = (
  account: ReturnType<typeof customer>,
  id: string,
  amount: number,
  { at = start, vestAt = null, expiresAt = null }: { at?: Date; vestAt?: Date | null; expiresAt?: Date | null } = {},
) => inShop((scope) => earn(scope, { account, source: source('order', id), at, amount, vestAt, expiresAt }));
const take = (ownerId: string, id: string, amount: number, at = start) =>
  inShop((scope) => spend(scope, { account: customer(ownerId), source: source('redemption', id), at, amount }));
const undo = (kind: string, id: string, amount: number | null, at = start) =>
  inShop((scope) =>
    reverse(scope, { original: source(kind, id), source: source(`refund of ${kind}`, id), at, amount }),
  );

describe('two customers who become one', () => {
  it('carries lots with their dates over, and what comes for the first reaches the second', async () => {
    await give(customer('j1'), 'j1', 100, { expiresAt: after(10) });
    await give(customer('j1'), 'j1p', 40, { vestAt: after(5) });
    await give(customer('j2'), 'j2', 30, { expiresAt: after(20) });
    await take('j1', 'j1', 70);
    const join = { from: customer('j1'), into: customer('j2'), source: source('merge', 'j'), at: after(1) };
    expect(await inShop((scope) => joinAccounts(scope, join))).toMatchObject({ code: 'posted' });
    expect(await inShop((scope) => joinAccounts(scope, join))).toMatchObject({ code: 'already' });
    for (const owner of ['j1', 'j2']) expect(await balances(owner)).toEqual({ available: 60, pending: 40, held: 0 });
    expect(await give(customer('j1'), 'j1', 100)).toMatchObject({ code: 'already' });
    // 20 come back to a new lot that expires as the old one did.
    expect(await undo('redemption', 'j1', 20, after(1))).toMatchObject({ code: 'posted' });
    expect(await balances('j2')).toMatchObject({ available: 80 });
    // 50 of that earning are left in the second's account; the other 50 come out of what else there is.
    expect(await undo('order', 'j1', 100, after(1))).toMatchObject({ code: 'posted' });
    expect(await balances('j2')).toEqual({ available: -20, pending: 40, held: 0 });
    await proven();
  });

  it('carries a debt over', async () => {
    await give(customer('d1'), 'd1', 100);
    await take('d1', 'd1', 100);
    await undo('order', 'd1', null);
    await give(customer('d2'), 'd2', 30);
    await inShop((scope) =>
      joinAccounts(scope, { from: customer('d1'), into: customer('d2'), source: source('merge', 'd'), at: start }),
    );
    expect(await balances('d2')).toEqual({ available: -70, pending: 0, held: 0 });
    await proven();
  });

  it('waits for what is held', async () => {
    await give(customer('h1'), 'h1', 10);
    await inShop((scope) =>
      hold(scope, { account: customer('h1'), source: source('redemption', 'h1'), at: start, amount: 4 }),
    );
    const join = { from: customer('h1'), into: customer('h2'), source: source('merge', 'h'), at: start };
    expect(await inShop((scope) => joinAccounts(scope, join))).toEqual({ code: 'held', held: 4 });
    expect(await inShop((scope) => closeAccount(scope, { account: customer('h1'), at: start }))).toMatchObject({
      code: 'held',
    });
  });
});

describe('a customer who is erased', () => {
  it('forfeits what is left, keeps no name, and a later refund asks for nothing twice', async () => {
    await give(customer('e1'), 'e1', 100);
    await give(customer('e1'), 'e1p', 20, { vestAt: after(5) });
    await take('e1', 'e1', 30);
    for (let time = 0; time < 2; time += 1) {
      const closed = await inShop((scope) => closeAccount(scope, { account: customer('e1'), at: after(1) }));
      expect(closed).toEqual({ code: 'closed' });
    }
    expect(await balances('e1')).toEqual({ available: 0, pending: 0, held: 0 });
    expect(await undo('order', 'e1', 70, after(2))).toMatchObject({ code: 'posted' });
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const left = await admin.query(
      `SELECT owner_id, available FROM ledger_account WHERE available <> 0 AND owner_id LIKE 'e%'
       UNION ALL SELECT owner_id, 1 FROM ledger_account WHERE owner_id = 'e1' AND opened_at < '2026-01-31'`,
    );
    await admin.end();
    expect(left.rows).toEqual([]);
    await proven();
  });
});

describe('what is read', () => {
  it('is a table for a file, every line with its balance, money in its main unit', async () => {
    const account = customer('s9', 'EUR');
    await give(account, 's9', 1_250);
    await inShop((scope) => spend(scope, { account, source: source('redemption', 's9'), at: after(1), amount: 250 }));
    const all = async (span: StatementSpan) => {
      const rows: string[][] = [];
      for await (const batch of statementTable(inShop, account, span)) rows.push(...batch);
      return rows;
    };
    const rows = await all({ from: null, until: null });
    const ofSpan = async (span: StatementSpan) => (await all(span)).slice(1).map(([, , operation]) => operation);
    expect([
      await ofSpan({ from: after(1), until: null }),
      await ofSpan({ from: null, until: after(1) }),
      await ofSpan({ from: after(2), until: after(3) }),
    ]).toEqual([['spend'], ['earn'], []]);
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['operation', 'source', 'source_id', 'available', 'pending', 'held', 'balance', 'unit'],
      ['spend', 'redemption', 's9', '-2.50', '0.00', '0.00', '10.00', 'EUR'],
      ['earn', 'order', 's9', '12.50', '0.00', '0.00', '12.50', 'EUR'],
    ]);
    expect(await inShop((scope) => findAccounts(scope, 's9', 5))).toEqual([account]);
    expect(await inShop(readUnits)).toContain('EUR');
  });

  it('gives every line with the balance after it, page by page, and the balance at an instant', async () => {
    const account = customer('s1');
    await give(account, 's1', 100, { vestAt: after(2), expiresAt: after(9) });
    await take('s1', 's1', 30, after(3));
    await inShop((scope) => settleDue(scope, after(9), 100));
    const read = (before: number | null) => inShop((scope) => readStatement(scope, account, { before, limit: 3 }));
    const first = await read(null);
    expect(first.rows.map((row) => [row.operation, row.pending, row.available, row.balance])).toEqual([
      ['expire', 0, -70, 0],
      ['spend', 0, -30, 70],
      ['vest', -100, 100, 100],
    ]);
    const second = await read(first.next);
    expect(second.rows.map((row) => [row.operation, row.pending, row.balance])).toEqual([['earn', 100, 0]]);
    expect(second.next).toBeNull();
    const at = (time: Date) => inShop((scope) => readBalancesAt(scope, account, time));
    expect(await at(after(-1))).toEqual({ available: 0, pending: 0, held: 0 });
    expect(await at(after(2.5))).toEqual({ available: 0, pending: 100, held: 0 });
    expect(await at(after(3))).toEqual({ available: 70, pending: 0, held: 0 });
    expect(await inShop((scope) => readLots(scope, account))).toEqual([]);
  });

  it('adds up what a programme owes, in each unit for itself', async () => {
    await give(customer('t1', 'USD'), 't1', 500, { expiresAt: after(3) });
    await give(customer('t2', 'USD'), 't2', 700, { vestAt: after(3) });
    await inShop((scope) =>
      spend(scope, { account: customer('t1', 'USD'), source: source('payout', 't1'), at: after(1), amount: 200 }),
    );
    const totals = (from: Date, to: Date) => inShop((scope) => readTotals(scope, 'USD', { from, to }));
    expect(await totals(start, after(1))).toMatchObject({ moved: { issued: 1200, redeemed: 0 } });
    expect(await totals(start, after(2))).toEqual({
      outstanding: { available: 300, pending: 700, held: 0, debts: 0, debtors: 0 },
      moved: { issued: 1200, redeemed: 200, expired: 0, adjusted: 0, forfeited: 0 },
    });
  });

  it('keeps a debt beside what others have, now and at an instant', async () => {
    const account = customer('debtor', 'GBP');
    await give(customer('creditor', 'GBP'), 'g2', 300);
    await give(account, 'g1', 100);
    await inShop((scope) => spend(scope, { account, source: source('payout', 'g1'), at: after(1), amount: 80 }));
    await undo('order', 'g1', null, after(2));
    await give(account, 'g3', 50, { at: after(4), vestAt: after(9) });
    const standing = (at: Date) => inShop((scope) => readOutstandingAt(scope, 'GBP', at));
    const { outstanding } = await inShop((scope) => readTotals(scope, 'GBP', { from: start, to: after(5) }));
    expect(outstanding).toEqual({ available: 300, pending: 50, held: 0, debts: 80, debtors: 1 });
    expect(await standing(after(5))).toEqual(outstanding);
    expect(await standing(after(1))).toEqual({ available: 320, pending: 0, held: 0, debts: 0, debtors: 0 });
    expect(await standing(after(3))).toEqual({ available: 300, pending: 0, held: 0, debts: 80, debtors: 1 });
    await proven();
  });
});

describe('the proof', () => {
  it('finds what somebody with all rights changed behind the triggers', async () => {
    await give(customer('p1'), 'p1', 100);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const tamper = (amount: number) =>
      admin.query(`SET session_replication_role = 'replica';
        UPDATE ledger_account SET available = available + ${String(amount)} WHERE owner_id = 'p1'`);
    try {
      await tamper(7);
      const { differences } = await inShop((scope) => checkLedger(scope, after(1)));
      expect(differences).toMatchObject([
        { what: 'account', bucket: 'available', kept: 107, posted: 100 },
        { what: 'debt', kept: 107, posted: 100 },
      ]);
      expect((await inShop(readCheck))?.differences).toHaveLength(2);
    } finally {
      await tamper(-7);
      await admin.end();
    }
    await proven();
  });

  it('goes with the tenant, and with nothing less', async () => {
    const other = await insertShop(database);
    await database.db.inShop(other, (scope) =>
      earn(scope, {
        account: customer('x'),
        source: source('order', 'x'),
        at: start,
        amount: 5,
        vestAt: null,
        expiresAt: null,
      }),
    );
    await database.db.inShop(other, deleteTenant);
    expect(await database.db.inShop(other, (scope) => scope.tx.ledgerPosting.count())).toBe(0);
  });
});
