import pg from 'pg';
import { earn, earnAll, readBalances } from '#app/domains/ledger/index.ts';
import { openDatabase } from '#app/infra/database.ts';
import { startBenchDatabase } from './lib/database.ts';
import { median } from './lib/load.ts';
import { createBenchShop } from './lib/shop.ts';
import { markdownTable, milliseconds, whole } from './lib/table.ts';

const POSTINGS = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 5;
/** transactions in a round */
const EARNINGS = Number(process.argv[3] ?? 3000);
const WRITERS = 8;
const READS = EARNINGS * 5;
const start = Date.UTC(2026, 0, 1);

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();
const { db: small, shopId } = await createBenchShop(database);
await small.close();
const db = openDatabase(database.url, WRITERS);
const customer = (index: number) => ({ ownerKind: 'customer', ownerId: String(index), unit: 'points' });

/** A million postings of fifty thousand customers, in the shape that earnings have, written by the ledger's own function. */
async function fill(): Promise<void> {
  await admin.query(`SELECT set_config('app.shop_id', $1, false)`, [shopId]);
  await admin.query(
    `INSERT INTO ledger_account (shop_id, owner_kind, owner_id, unit, opened_at)
     SELECT $1::uuid, 'customer', n::text, 'points', now() FROM generate_series(1, 50000) n
     UNION ALL SELECT $1::uuid, 'programme', '', 'points', now()`,
    [shopId],
  );
  const batch = 10_000;
  for (let from = 0; from < POSTINGS / 2; from += batch) {
    await admin.query(
      `SELECT ledger_write($1::uuid, (
         SELECT jsonb_agg(jsonb_build_object('operation', 'earn', 'source', jsonb_build_object('kind', 'fill', 'id', n::text, 'purpose', ''),
           'account', a.id, 'amount', 100, 'overdraft', false, 'details', '{}'::jsonb, 'at', '2026-01-01T00:00:00Z',
           'lots', jsonb_build_array(jsonb_build_object('account', a.id, 'vestAt', '2026-01-01T00:00:00Z')),
           'postings', jsonb_build_array(
             jsonb_build_object('account', a.id, 'bucket', 'available', 'amount', 100, 'lot', -(n - $2::int)),
             jsonb_build_object('account', p.id, 'bucket', 'issued', 'amount', -100))) ORDER BY n)
         FROM generate_series($2::int + 1, $2::int + $3::int) n
         JOIN ledger_account a ON a.shop_id = $1::uuid AND a.owner_kind = 'customer' AND a.owner_id = (n % 50000 + 1)::text AND a.unit = 'points'
         JOIN ledger_account p ON p.shop_id = $1::uuid AND p.owner_kind = 'programme' AND p.owner_id = '' AND p.unit = 'points'), NULL)`,
      [shopId, from, Math.min(batch, POSTINGS / 2 - from)],
    );
  }
  await admin.query('VACUUM ANALYZE ledger_account, ledger_transaction, ledger_posting, ledger_lot');
}

/** Runs `work` for every number below EARNINGS, so many at once, by several writers. Returns earnings a second. */
async function rate(work: (indices: readonly number[]) => Promise<unknown>, together: number): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (next < EARNINGS) {
        const first = next;
        next += together;
        await work(Array.from({ length: together }, (_, at) => first + at));
      }
    }),
  );
  return (next * 1000) / (performance.now() - begun);
}

let round = 0;
const earning = (index: number): Parameters<typeof earn>[1] => ({
  account: customer((index * 7919) % 50_000),
  source: { kind: 'order', id: `${String(round)}-${String(index)}`, purpose: 'points' },
  at: new Date(start),
  amount: 25,
  vestAt: new Date(start + 14 * 24 * 3_600_000),
  expiresAt: null,
});
const earnThem = (indices: readonly number[]) =>
  db.inShop(shopId, async (scope) => {
    const [only, ...others] = indices.map(earning);
    if (!only) return;
    const outcomes = others.length === 0 ? [await earn(scope, only)] : await earnAll(scope, [only, ...others]);
    for (const { code } of outcomes) if (code !== 'posted') throw new Error(code);
  });

/** The same rows, in a transaction as well, into tables with the same keys and indexes and nothing that guards them. */
async function insertThem(indices: readonly number[]): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('BEGIN');
    for (const index of indices) await insertRows(client, round * EARNINGS * 2 + index);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function insertRows(client: pg.PoolClient, id: number): Promise<void> {
  const account = (id * 7919) % 50_000;
  await client.query(
    `INSERT INTO bare_transaction (shop_id, id, operation, source_kind, source_id, purpose, account_id, amount, entries, at)
     VALUES ($1, $2, 'earn', 'order', $3, 'points', $4, 25, 2, $5)`,
    [shopId, id, String(id), account, new Date(start)],
  );
  await client.query(
    `INSERT INTO bare_lot (shop_id, id, account_id, transaction_id, vest_at, pending) VALUES ($1, $2, $3, $2, $4, 25)`,
    [shopId, id, account, new Date(start)],
  );
  await client.query(
    `INSERT INTO bare_posting (shop_id, transaction_id, entry, account_id, bucket, amount, lot_id, at)
     VALUES ($1, $2, 1, $3, 'pending', 25, $2, $4), ($1, $2, 2, 1, 'issued', -25, NULL, $4)`,
    [shopId, id, account, new Date(start)],
  );
}

/** Rounds in turn, with so many earnings in a transaction; both rates and their ratios. */
async function compare(together: number) {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let time = 0; time < ROUNDS; time += 1, round += 1) {
    bare.push(await rate(insertThem, together));
    ours.push(await rate(earnThem, together));
  }
  const ratios = ours.map((one, index) => one / (bare[index] ?? one));
  return [
    `earnings a second, ${together === 1 ? 'each a transaction' : `${whole(together)} in a transaction, as orders are applied`}, ${String(WRITERS)} writers, ${whole(POSTINGS)} postings before`,
    whole(median(ours)),
    whole(median(bare)),
    `${median(ratios).toFixed(2)} (rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')})`,
    'at least 0.33',
  ];
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;

try {
  await fill();
  for (const name of ['transaction', 'lot', 'posting'])
    await admin.query(`CREATE TABLE bare_${name} (LIKE ledger_${name} INCLUDING ALL);
      INSERT INTO bare_${name} SELECT * FROM ledger_${name}; GRANT ALL ON bare_${name} TO trellis_app; ANALYZE bare_${name}`);
  await admin.query('CHECKPOINT');
  // Behind the ids that the copied rows have.
  const [first] = (await admin.query<{ n: string }>('SELECT max(id) + 1 AS n FROM ledger_transaction')).rows;
  round = Math.ceil(Number(first?.n) / EARNINGS);
  const rows = [await compare(1), await compare(100)];
  const waits: number[] = [];
  await db.inShop(
    shopId,
    async (scope) => {
      for (let index = 0; index < READS; index += 1) {
        const begun = performance.now();
        await readBalances(scope, customer((index * 6007) % 50_000));
        waits.push(performance.now() - begun);
      }
    },
    { timeoutMs: 300_000 },
  );
  waits.sort((a, b) => a - b);
  console.log(
    markdownTable(
      ['ledger', 'Trellis', 'bare INSERTs of the same rows', 'ratio', 'to reach'],
      [
        ...rows,
        [
          `balance of one owner, ${whole(READS)} reads one after the other: median, p99`,
          `${milliseconds(percentile(waits, 0.5))}, ${milliseconds(percentile(waits, 0.99))}`,
          '',
          '',
          'p99 under 1 ms',
        ],
      ],
    ),
  );
} finally {
  await db.close();
  await admin.end();
  await database.stop();
}
