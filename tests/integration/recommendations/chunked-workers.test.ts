import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { startRecompute } from '#app/flows/start-runs.ts';
import { countChunk, finishTraining, recommendForShop } from '#app/flows/jobs.ts';
import { type BullWorker, openWorker } from '#app/infra/queue.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { startTestRedis, type TestRedis } from '#tests/setup/redis.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { jobs } from '#workers/jobs.ts';
import { createRunJob } from '#workers/run-job.ts';
import { insertOrders } from './insert-orders.ts';
import { storedVersion } from './stored-version.ts';

const orders = 330;
const chunkOrders = 60;
const chunks = 6;

describe.each(['PostgreSQL', 'Redis'] as const)('a training in chunks with its queue on %s', (kind) => {
  let redis: TestRedis | null;
  let own: TestServices;
  let shop: ShopId;
  let workers: BullWorker[];

  beforeEach(async () => {
    workers = [];
    redis = kind === 'Redis' ? await startTestRedis() : null;
    own = await createTestServices({
      platforms: createPlatforms,
      env: { TRAINING_CHUNK_ORDERS: String(chunkOrders), ...(redis ? { REDIS_URL: redis.url } : {}) },
    });
    shop = await insertShop(own.database);
    await insertOrders(own.database, shop, { products: 40, customers: 30, orders, seed: 5 });
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await own.dispose();
    await redis?.stop();
  });

  it('gives what one go gives, bit for bit, with one worker and with three', async () => {
    const { services } = own;
    await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
    const whole = await storedVersion(services, shop);
    expect(whole.voices).toHaveLength(41);

    const run = createRunJob(services, jobs);
    const taken: string[] = [];
    for (const loops of [1, 3]) {
      taken.length = 0;
      while (workers.length < loops)
        workers.push(
          openWorker(
            own.backend,
            'training',
            1,
            (name, data, attempt) => {
              taken.push(name);
              return run(name, data, attempt);
            },
            new AbortController().signal,
          ),
        );
      const { id } = await startRecompute(services, shop);
      const finished = await waitFor(
        async () => {
          const [latest] = await services.db.inShop(shop, (scope) => listRuns(scope, { limit: 1, kind: 'recommend' }));
          return latest?.id === id && latest.status !== 'queued' && latest.status !== 'running' && latest;
        },
        'the end of the training',
        40_000,
      );
      expect(finished).toMatchObject({ status: 'succeeded', error: null, attempts: 2 });
      expect(await storedVersion(services, shop)).toEqual(whole);
      expect(taken).toEqual([recommendForShop.id, ...Array<string>(chunks).fill(countChunk.id), finishTraining.id]);
      // Nothing is left of what the chunks were counted from, and one version came of them.
      const left = await services.db.inShop(shop, async ({ tx }) => [
        await tx.recommendationSnapshot.count(),
        await tx.recommendationChunk.count(),
        await tx.recommendationVersion.count({ where: { status: 'training' } }),
      ]);
      expect(left).toEqual([0, 0, 0]);
    }
    const versions = await services.db.inShop(shop, ({ tx }) =>
      tx.recommendationVersion.findMany({ orderBy: { version: 'asc' }, select: { version: true, status: true } }),
    );
    expect(versions).toEqual([
      { version: 1, status: 'retired' },
      { version: 2, status: 'retired' },
      { version: 3, status: 'active' },
    ]);
  });
});
