import { systemClock } from '#app/infra/clock.ts';
import type { Clock } from '#app/infra/clock.ts';
import type { Config } from '#app/infra/config.ts';
import { openDatabase } from '#app/infra/database.ts';
import { createForgivingCache } from '#app/infra/forgiving-cache.ts';
import { createLogger } from '#app/infra/log.ts';
import { createMemoryCache } from '#app/infra/memory-cache.ts';
import { createQueueBackend, createQueues, type QueueBackend, type Queues } from '#app/infra/queue.ts';
import { createRedisCache } from '#app/infra/redis-cache.ts';
import { createSecrets } from '#app/infra/secrets.ts';
import type { Services } from '#app/infra/services.ts';
import type { Platform, PlatformKind } from '#app/platforms/platform.ts';

export interface ProcessServices {
  readonly services: Services;
  readonly queues: Queues;
  readonly backend: QueueBackend;
  close(): Promise<void>;
}

/** What an adapter is made from: everything but the adapters themselves. */
export type PlatformDependencies = Omit<Services, 'platforms'>;

export interface ServiceOverrides {
  readonly clock?: Clock;
}

/**
 * Builds what one process needs from the outside, once. The adapters come in as a function, so that infra
 * never imports one.
 */
export function createServices(
  config: Config,
  processName: string,
  createPlatforms: (dependencies: PlatformDependencies) => Record<PlatformKind, Platform | null>,
  overrides: ServiceOverrides = {},
): ProcessServices {
  const clock = overrides.clock ?? systemClock;
  const db = openDatabase(config.DATABASE_URL, config.DATABASE_POOL);
  const backend = createQueueBackend(config);
  const queues = createQueues(backend);
  const log = createLogger(config.LOG_LEVEL, processName);
  const cache =
    config.REDIS_URL === undefined
      ? createMemoryCache(clock)
      : createForgivingCache(createRedisCache(config.REDIS_URL), log, clock);
  const base: PlatformDependencies = {
    config,
    db,
    queue: queues.queue,
    cache,
    clock,
    log,
    secrets: createSecrets(config.ENCRYPTION_KEYS),
  };
  return {
    services: { ...base, platforms: createPlatforms(base) },
    queues,
    backend,
    async close() {
      await queues.queue.close();
      await cache.close();
      await db.close();
    },
  };
}
