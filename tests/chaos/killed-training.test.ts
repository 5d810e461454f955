import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import sweep from '#app/flows/sweep.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed } from '#tests/factories/random.ts';
import { insertOrders } from '#tests/integration/recommendations/insert-orders.ts';
import { storedVersion } from '#tests/integration/recommendations/stored-version.ts';
import { environmentOf, type RunningProcess, startProcess } from '#tests/setup/processes.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { contextAhead } from './healing.ts';
import { bury, isHeld } from './held-workers.ts';

/** the first, one between and the last */
const chunks = 3;
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
  await insertOrders(own.database, shop, { products: 40, customers: 30, orders: 180, seed: chaosSeed });
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

/** A statement before which a worker is held and killed: work that is done and not yet stored is the worst to lose. */
interface Stop {
  readonly while: string;
  readonly table: string;
  readonly when: string;
  /** 1 = the first such statement of that worker */
  readonly point: number;
  /** chunks that are stored by then */
  readonly counted?: number;
}

const beforeTheSwitch: readonly Stop[] = [
  { while: 'the history is stored', table: 'recommendation_snapshot', when: 'INSERT', point: 1 },
  { while: 'the plan is noted', table: 'recommendation_version', when: 'UPDATE OF stats', point: 1 },
  { while: 'the run remembers its version', table: 'run', when: 'UPDATE OF cursor', point: 1 },
  { while: 'the chunks are put in line', table: 'bullmq.job_dependency', when: 'INSERT', point: 1 },
  // Each worker but the first stores one chunk, and is killed over the next.
  ...Array.from({ length: chunks }, (_, counted) => ({
    while: `chunk ${String(counted + 1)} of ${String(chunks)} is stored`,
    table: 'recommendation_chunk',
    when: 'INSERT',
    point: counted === 0 ? 1 : 2,
    counted,
  })),
  { while: 'what an earlier try wrote is taken away', table: 'recommendation_voice', when: 'DELETE', point: 1 },
  { while: 'lists are stored', table: 'recommendation', when: 'INSERT', point: 1 },
  { while: 'what carts are answered from is stored', table: 'recommendation_voice', when: 'INSERT', point: 1 },
  { while: 'readers are switched', table: 'recommendation_version', when: 'UPDATE OF active_at', point: 1 },
];
const afterTheSwitch: readonly Stop[] = [
  { while: 'the chunks are taken away', table: 'recommendation_chunk', when: 'DELETE', point: 1 },
  { while: 'the former lists are taken away', table: 'recommendation', when: 'DELETE', point: 1 },
  { while: 'the publication is put in line', table: 'run', when: 'INSERT', point: 1 },
];

let places = 0;
async function stopAt({ table, when }: Stop, point: number): Promise<number> {
  places += 1;
  const key = lockClass + places;
  const name = `stop_${String(places)}`;
  await admin.query(`
    CREATE SEQUENCE ${name}; GRANT USAGE ON SEQUENCE ${name} TO trellis_app;
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('public.${name}') = ${String(point)} THEN PERFORM pg_advisory_xact_lock(${String(key)}); END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER ${name} AFTER ${when} ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION public.${name}()`);
  await admin.query('SELECT pg_advisory_lock($1)', [key]);
  return key;
}

/** Waits until a worker is held there, kills it as a power cut would, and lets a minute of silence pass. */
async function killThere(stop: Stop, point: number): Promise<void> {
  const key = await stopAt(stop, point);
  const worker = await startWorker();
  await waitFor(() => isHeld(admin, key), `a worker while ${stop.while}`, 60_000);
  await worker.kill();
  await bury(admin, key);
  const run = await latestRun();
  // Queued where the chunks of an earlier try are counted before the new one has begun.
  expect([stop.while, run?.error]).toEqual([stop.while, null]);
  expect(['running', 'queued']).toContain(run?.status);
  await sweep({}, contextAhead(own.services, 120_000));
  await own.database.db.asSystem(({ tx }) => tx.run.updateMany({ data: { heartbeatAt: new Date() } }));
}

const activeVersions = () =>
  own.services.db.inShop(shop, ({ tx }) =>
    tx.recommendationVersion.findMany({ where: { status: 'active' }, select: { version: true } }),
  );

test(`a training whose worker is killed in every kind of step and in every chunk gives what an undisturbed one gives (seed ${String(chaosSeed)})`, async () => {
  const { services } = own;
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
  const whole = await storedVersion(services, shop);

  await startRecompute(services, shop);
  let kept = 0;
  for (const stop of beforeTheSwitch) {
    await killThere(stop, stop.point);
    // What was counted before stays counted, and goes on from there.
    const stored = (await chunksStored()).length;
    expect(stored).toBeGreaterThanOrEqual(kept);
    if (stop.counted !== undefined) expect([stop.while, stored]).toEqual([stop.while, stop.counted]);
    kept = stored;
    expect({ while: stop.while, active: await activeVersions() }).toMatchObject({ active: [{ version: 1 }] });
    expect(await storedVersion(services, shop)).toEqual(whole);
  }
  expect(kept).toBe(chunks);

  let switchedTo: unknown = null;
  for (const stop of afterTheSwitch) {
    await killThere(stop, stop.point);
    // Readers have the new lists; nobody trains once more for what is left to do.
    switchedTo ??= await activeVersions();
    expect({ while: stop.while, active: await activeVersions() }).toEqual({ while: stop.while, active: switchedTo });
    expect(await storedVersion(services, shop)).toEqual(whole);
  }
  expect(switchedTo).not.toEqual([{ version: 1 }]);

  await Promise.all([startWorker(), startWorker()]);
  const finished = await waitFor(
    async () => {
      const run = await latestRun();
      return run?.status === 'succeeded' && run;
    },
    'the end of the training',
    60_000,
  );
  expect(finished).toMatchObject({ error: null, result: { report: { orders: 180, products: 40 } } });
  expect(await storedVersion(services, shop)).toEqual(whole);
  expect(await activeVersions()).toEqual(switchedTo);
  expect(await chunksStored()).toEqual([]);
  const counts = await services.db.inShop(shop, async ({ tx }) => [
    await tx.recommendationVersion.count({ where: { status: 'active' } }),
    await tx.recommendationVersion.count({ where: { status: 'training' } }),
    await tx.recommendationSnapshot.count(),
    // What follows a training follows it once.
    await tx.run.count({ where: { kind: 'publish' } }),
  ]);
  expect(counts).toEqual([1, 0, 0, 1]);
}, 480_000);
