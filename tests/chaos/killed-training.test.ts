import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { insertOrders } from '#tests/integration/recommendations/insert-orders.ts';
import { storedVersion } from '#tests/integration/recommendations/stored-version.ts';
import { environmentOf, type RunningProcess, startProcess } from '#tests/setup/processes.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { contextAhead } from './healing.ts';

const chunks = 5;
const lockClass = 7_320_000;
/** Nobody listens there: what follows a training must not go out. */
const nowhere = 'http://127.0.0.1:9/{shop}';
const env = { TRAINING_CHUNK_ORDERS: '60', SHOPIFY_ORIGIN: nowhere };

let own: TestServices;
let shop: ShopId;
let admin: pg.Client;
let processes: RunningProcess[];

beforeEach(async () => {
  processes = [];
  own = await createTestServices({ platforms: createPlatforms, env });
  admin = new pg.Client({ connectionString: own.database.adminUrl });
  await admin.connect();
  shop = await insertShop(own.database);
  await insertOrders(own.database, shop, { products: 40, customers: 30, orders: 300, seed: chaosSeed });
});
afterEach(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await admin.end();
  await own.dispose();
});

const startWorker = async () => {
  const worker = await startProcess('workers/index.ts', { ...environmentOf(own), ...env });
  processes.push(worker);
  return worker;
};
const latestRun = async () =>
  (await own.services.db.inShop(shop, (scope) => listRuns(scope, { limit: 1, kind: 'recommend' })))[0];
const chunksStored = () =>
  own.services.db.inShop(shop, ({ tx }) =>
    tx.recommendationChunk.findMany({ select: { chunk: true }, orderBy: { chunk: 'asc' } }),
  );

/** Work that is done and not yet stored is the worst to lose: whoever gets there for the n-th time is held. */
const stops = [
  { table: 'recommendation_snapshot', when: 'INSERT' },
  { table: 'recommendation_chunk', when: 'INSERT' },
  { table: 'recommendation', when: 'INSERT' },
  { table: 'recommendation_version', when: `UPDATE OF active_at` },
] as const;

async function stopAt(place: number, point: number): Promise<number> {
  const stop = stops[place];
  if (!stop) throw new Error('no such place');
  const key = lockClass + place * 100 + point;
  const name = `stop_${String(place)}`;
  await admin.query(`
    CREATE SEQUENCE ${name}; GRANT USAGE ON SEQUENCE ${name} TO trellis_app;
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('${name}') = ${String(point)} THEN PERFORM pg_advisory_xact_lock(${String(key)}); END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER ${name} AFTER ${stop.when} ON ${stop.table} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`);
  await admin.query('SELECT pg_advisory_lock($1)', [key]);
  return key;
}

/** Waits until a worker is held there, kills it as a power cut would, and lets a minute of silence pass. */
async function killThere(key: number, worker: RunningProcess): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await admin.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1`,
        [key],
      );
      return rows.length > 0;
    },
    `stop ${String(key)}`,
    60_000,
  );
  await worker.kill();
  await admin.query('SELECT pg_advisory_unlock($1)', [key]);
  expect(await latestRun()).toMatchObject({ status: 'running', error: null });
  await sweep({}, contextAhead(own.services, 120_000));
  await own.database.db.asSystem(({ tx }) => tx.run.updateMany({ data: { heartbeatAt: new Date() } }));
}

test(`a training whose worker is killed in every kind of step gives what an undisturbed one gives (seed ${String(chaosSeed)})`, async () => {
  const { services } = own;
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
  const whole = await storedVersion(services, shop);
  const anyChunk = 1 + Math.floor(seededRandom(chaosSeed)() * chunks);
  const keys: number[] = [];
  for (const [place, point] of [1, anyChunk, 1, 1].entries()) keys.push(await stopAt(place, point));

  await startRecompute(services, shop);
  let kept = 0;
  for (const key of keys) {
    await killThere(key, await startWorker());
    // What was counted before stays counted, and goes on from there.
    const stored = (await chunksStored()).length;
    expect(stored).toBeGreaterThanOrEqual(kept);
    if (key === keys[1]) expect(stored).toBe(anyChunk - 1);
    kept = stored;
    const active = await services.db.inShop(shop, ({ tx }) =>
      tx.recommendationVersion.findMany({ where: { status: 'active' }, select: { version: true } }),
    );
    expect(active).toEqual([{ version: 1 }]);
    expect(await storedVersion(services, shop)).toEqual(whole);
  }
  expect(kept).toBe(chunks);

  await Promise.all([startWorker(), startWorker()]);
  const finished = await waitFor(
    async () => {
      const run = await latestRun();
      return run?.status === 'succeeded' && run;
    },
    'the end of the training',
    60_000,
  );
  expect(finished).toMatchObject({ error: null, result: { report: { orders: 300, products: 40 } } });
  expect(await storedVersion(services, shop)).toEqual(whole);
  expect(await chunksStored()).toEqual([]);
  const counts = await services.db.inShop(shop, async ({ tx }) => [
    await tx.recommendationVersion.count({ where: { status: 'active' } }),
    await tx.recommendationVersion.count({ where: { status: 'training' } }),
    // What follows a training follows it once.
    await tx.run.count({ where: { kind: 'publish' } }),
  ]);
  expect(counts).toEqual([1, 0, 1]);
}, 240_000);
