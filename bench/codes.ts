import pg from 'pg';
import { listRuns } from '#app/domains/activity/index.ts';
import type { OfferTerms } from '#app/domains/personal-offers/index.ts';
import { saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type BenchDatabase, startBenchDatabase } from './lib/database.ts';
import { type ServerProcess, startServer } from './lib/server-process.ts';
import { appEnvironment } from './lib/shop.ts';
import { type BenchStore, shopifyStore, woocommerceStore } from './lib/stores.ts';
import { markdownTable, whole } from './lib/table.ts';

/** One personal offer to so many customers at once: a code for each, made in the store while workers are killed. */
const CODES = Number(process.argv[2] ?? 50_000);
/** A twentieth gets nothing, so that the others can be compared with somebody. */
const PEOPLE = Math.ceil((CODES / 0.95) * 1.005);
const ONLY = process.argv[3];
const LONGEST_MS = 1_800_000;

const terms: OfferTerms = {
  trigger: { type: 'segment', segments: ['lost'], present: true },
  among: [],
  gift: { type: 'percentage', sizes: [500, 1000], on: 'everything', productIds: [] },
  minSubtotalMinor: null,
  validDays: 14,
  budget: { minor: null, count: null },
  cap: { times: 1, days: 30 },
  channels: { mail: true, store: true },
  note: '',
  holdoutBps: 500,
  until: null,
};

/** Customers who are lost. @returns how many there are, those of the store's past among them */
async function fillSegment(admin: pg.Client, shopId: ShopId): Promise<number> {
  const ids = Array.from({ length: PEOPLE }, (_, at) => String(9_000_000_000_001 + at));
  await admin.query(
    `INSERT INTO customer (shop_id, id, tags, platform_created_at, platform_updated_at)
     SELECT $1, id, '{}', now() - interval '3 years', now() FROM unnest($2::text[]) AS id`,
    [shopId, ids],
  );
  await admin.query(
    `INSERT INTO customer_score (shop_id, customer_id, orders, spent_minor, first_order_at, last_order_at, recency, frequency,
       money, sure, "group", group_since, scored_at)
     SELECT $1, id, 1, 5000, now() - interval '3 years', now() - interval '3 years', 1, 1, 1, 1, 'lost', now(), now()
     FROM unnest($2::text[]) AS id`,
    [shopId, ids],
  );
  const { rows } = await admin.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM customer_score WHERE "group" = 'lost'`,
  );
  return rows[0]?.n ?? 0;
}

interface Count {
  readonly waiting: number;
  readonly given: number;
  readonly made: number;
  readonly other: number;
}

async function countAll(admin: pg.Client): Promise<Count> {
  const { rows } = await admin.query<Count>(
    `SELECT (SELECT count(*)::int FROM personal_offer_grant WHERE state = 'waiting') AS waiting,
       (SELECT count(*)::int FROM personal_offer_grant WHERE state = 'given') AS given,
       count(*) FILTER (WHERE state = 'open' AND todo IS NULL)::int AS made,
       count(*) FILTER (WHERE state NOT IN ('open', 'wanted'))::int AS other FROM discount_code`,
  );
  const [row] = rows;
  if (!row) throw new Error('nothing was counted');
  return row;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

/** Looks until something holds. @returns when it did */
async function until(admin: pg.Client, what: string, holds: (count: Count) => boolean): Promise<number> {
  for (const begun = performance.now(); performance.now() - begun < LONGEST_MS;) {
    if (holds(await countAll(admin))) {
      process.stderr.write(`${what}: after ${seconds(performance.now() - begun)} s\n`);
      return performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within half an hour`);
}

/**
 * What connecting starts is done: orders are imported, learnt from and published, customers divided, and no job waits. One
 * that came later would divide the customers anew who are put in below.
 */
async function untilSettled(admin: pg.Client): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < LONGEST_MS;) {
    const { rows } = await admin.query<{ settled: boolean; error: string | null }>(
      `SELECT (SELECT count(DISTINCT kind) FROM run WHERE status = 'succeeded' AND kind IN ('import', 'recommend', 'publish')) = 3
         AND EXISTS (SELECT FROM customer_score)
         AND NOT EXISTS (SELECT FROM bullmq.job WHERE state IN ('waiting', 'active', 'waiting-children')) AS settled,
         (SELECT min(error) FROM run WHERE status = 'failed') AS error`,
    );
    if (rows[0]?.error) throw new Error(rows[0].error);
    if (rows[0]?.settled) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('not settled within half an hour');
}

async function startOffer(services: Services, shopId: ShopId): Promise<void> {
  const saved = await saveOffer(services, shopId, null, { title: 'Come back', terms, revision: 0 });
  if (!saved.ok) throw new Error(saved.message);
  await switchOffer(services, shopId, saved.value.id, { intent: 'start' });
}

/** None is lost and none is there twice: the customers', ours and the store's codes are the very same. */
async function prove(admin: pg.Client, store: ServerProcess, people: number): Promise<string[]> {
  const { rows } = await admin.query<{ code: string; grant: string; customer: string }>(
    `SELECT c.code, g.id AS grant, g.customer_id AS customer FROM discount_code c
     JOIN personal_offer_grant g ON g.id::text = c.source_id AND g.customer_id = c.customer_id
     WHERE c.source_kind = 'personal-offer' AND c.state = 'open' AND g.state = 'given'`,
  );
  const grants = await admin.query<{ all: number; given: number; out: number }>(
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE state = 'given'))::int AS given,
       (count(*) FILTER (WHERE state = 'held-out'))::int AS out FROM personal_offer_grant`,
  );
  const [{ all, given: codes, out } = { all: 0, given: 0, out: 0 }] = grants.rows;
  const inStore = ((await store.ask('codes')) as string[]).map((code) => code.toUpperCase());
  const known = new Set(inStore);
  if (codes < CODES) throw new Error(`only ${String(codes)} codes were issued`);
  const proof = {
    customers: [all, people],
    'given or held out': [codes + out, people],
    'customers with a code': [new Set(rows.map(({ customer }) => customer)).size, codes],
    'codes of ours': [new Set(rows.map(({ code }) => code)).size, codes],
    'grants with a code': [rows.length, codes],
    'codes in the store': [inStore.length, codes],
    'different ones': [known.size, codes],
    'of ours in the store': [rows.filter(({ code }) => known.has(code)).length, codes],
  } as const;
  for (const [what, [is, wanted]] of Object.entries(proof))
    if (is !== wanted) throw new Error(`${what}: ${String(is)}, not ${String(wanted)}`);
  return [whole(inStore.length), whole(codes - rows.length), whole(inStore.length - known.size)];
}

async function measure(name: string, database: BenchDatabase, store: BenchStore): Promise<string[]> {
  const environment = { ...appEnvironment(database), ...store.environment };
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const own = createServices(readConfig(environment), 'bench', createPlatforms);
  let worker = await startServer('worker.ts', environment);
  try {
    const shopId = await store.connect(own.services);
    await untilSettled(admin);
    const people = await fillSegment(admin, shopId);
    await admin.query('ANALYZE');
    const before = await worker.peakMemoryMb();
    const begun = performance.now();
    await startOffer(own.services, shopId);
    // Killed while it decides, and when half of the codes are made.
    await until(admin, 'decisions', ({ given }) => given > CODES / 4);
    await worker.kill();
    const [first, given] = [performance.now(), (await countAll(admin)).given];
    worker = await startServer('worker.ts', environment);
    const again = await until(admin, 'the next decision', (count) => count.given > given);
    await until(admin, 'half of the codes', ({ made }) => made > CODES / 2);
    await worker.kill();
    const [second, made] = [performance.now(), (await countAll(admin)).made];
    worker = await startServer('worker.ts', environment);
    const resumed = await until(admin, 'the next code', (count) => count.made > made);
    const memory = await worker.peakMemoryMb();
    const all = await until(admin, 'all codes', (count) => count.waiting === 0 && count.made === count.given);
    const { made: codes } = await countAll(admin);
    const still = again - first + (resumed - second);
    const runs = await own.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 50, kind: 'codes' }));
    process.stderr.write(
      `${name}: runs ${runs.map(({ status, attempts }) => `${status} ${String(attempts)}`).join(', ')}\n`,
    );
    return [
      name,
      ...(await prove(admin, store.server, people)),
      seconds(all - begun),
      seconds(still),
      whole((codes / (all - begun - still)) * 1000),
      `${whole(before)} → ${whole(memory)} → ${whole(await worker.peakMemoryMb())}`,
    ];
  } finally {
    await Promise.all([worker.stop(), store.server.stop()]);
    await own.close();
    await admin.end();
  }
}

const stores = {
  Shopify: () => shopifyStore(null),
  WooCommerce: () => woocommerceStore(null, true),
} as const;

const rows: string[][] = [];
for (const [name, open] of Object.entries(stores)) {
  if (ONLY !== undefined && ONLY.toLowerCase() !== name.toLowerCase()) continue;
  const database = await startBenchDatabase();
  try {
    rows.push(await measure(name, database, await open()));
  } finally {
    await database.stop();
  }
}
console.log(
  markdownTable(
    [
      'one personal offer',
      'codes in the store',
      'lost',
      'doubled',
      'seconds in all',
      'of them nothing moved after the two kills',
      'codes a second, without those',
      'most memory of the worker, MB: before, after the second kill, at the end',
    ],
    rows,
  ),
);
