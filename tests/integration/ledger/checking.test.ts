import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLedger, earnAll, readCheck, spend } from '#app/domains/ledger/index.ts';
import checkLedgers from '#app/domains/ledger/check-ledgers.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-06-01T00:00:00Z');
const customer = (ownerId: string) => ({ ownerKind: 'customer', ownerId, unit: 'points' });
const source = (id: number) => ({ kind: 'order', id: String(id), purpose: '' });

let made: TestServices;
let admin: pg.Client;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  admin = new pg.Client({ connectionString: made.database.adminUrl });
  await admin.connect();
  // As it is until somebody counts the tables, which on a busy machine may take long.
  for (const table of ['account', 'lot', 'posting', 'transaction'])
    await admin.query(`ALTER TABLE ledger_${table} SET (autovacuum_enabled = false)`);
});
afterAll(async () => {
  await admin.end();
  await made.dispose();
});

/** Each of a hundred customers gets the same again and again. */
async function earnMuch(shopId: Awaited<ReturnType<typeof insertShop>>, times: number): Promise<void> {
  for (let from = 0; from < times; from += 1_000)
    await made.services.db.inShop(shopId, (scope) =>
      earnAll(
        scope,
        Array.from({ length: 1_000 }, (_, at) => ({
          ...{ account: customer(`c${String(at % 100)}`), source: source(from + at), at: now, amount: 5 },
          ...{ vestAt: null, expiresAt: null },
        })),
      ),
    );
}

it('takes a moment for thousands of transactions that the planner knows nothing of', async () => {
  const shopId = await insertShop(made.database);
  const begun = performance.now();
  await earnMuch(shopId, 4_000);
  const earned = performance.now();
  const check = await made.services.db.inShop(shopId, (scope) => checkLedger(scope, now));
  expect(check).toMatchObject({ accounts: 101, transactions: 4_000, differences: [] });
  // Where each transaction has all postings added up it takes many times as long as to write them.
  expect(performance.now() - earned).toBeLessThan(earned - begun);
});

it('finds transactions that do not add up, and those that are empty', async () => {
  const shopId = await insertShop(made.database, { domain: 'tampered.example.com' });
  await earnMuch(shopId, 1_000);
  const spent = await made.services.db.inShop(shopId, (scope) =>
    spend(scope, { account: customer('c1'), source: { kind: 'spend', id: '1', purpose: '' }, amount: 3, at: now }),
  );
  const { rows } = await admin.query<{ id: string }>(
    `SELECT id FROM ledger_transaction WHERE shop_id = $1 AND operation = 'earn' ORDER BY id LIMIT 1`,
    [shopId],
  );
  const empty = Number(rows[0]?.id);
  await admin.query(`SET session_replication_role = 'replica'`);
  await admin.query(`DELETE FROM ledger_posting WHERE shop_id = $1 AND transaction_id = $2`, [shopId, empty]);
  await admin.query(
    `UPDATE ledger_posting SET amount = amount + 1 WHERE shop_id = $1 AND bucket = 'redeemed' AND amount = 3`,
    [shopId],
  );
  await admin.query(`SET session_replication_role = 'origin'`);
  const { differences } = await made.services.db.inShop(shopId, (scope) => checkLedger(scope, now));
  const unsound = differences.filter(({ what }) => what === 'transaction').toSorted((a, b) => a.id - b.id);
  expect(unsound).toMatchObject([
    { id: empty, kept: 2, posted: 0 },
    { id: 'transactionId' in spent ? spent.transactionId : 0, bucket: 'points', posted: 1 },
  ]);
});

it('goes on with other shops where one cannot be checked, and says so', async () => {
  const [first, second] = [
    await insertShop(made.database, { domain: 'a.example.com' }),
    await insertShop(made.database, { domain: 'b.example.com' }),
  ];
  for (const shopId of [first, second]) await earnMuch(shopId, 1_000);
  // Of one of them the proof cannot be kept.
  await admin.query(
    `ALTER TABLE ledger_check ADD CONSTRAINT broken CHECK (shop_id <> '${[first, second].toSorted()[0] ?? ''}') NOT VALID`,
  );
  const job = { services: made.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
  try {
    await expect(checkLedgers({}, job)).rejects.toThrow(/could not be checked/);
  } finally {
    await admin.query(`ALTER TABLE ledger_check DROP CONSTRAINT broken`);
  }
  const other = [first, second].toSorted()[1] ?? first;
  expect(await made.services.db.inShop(other, readCheck)).toMatchObject({ differences: [] });
});
