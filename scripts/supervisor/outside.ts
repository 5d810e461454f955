import { Redis } from 'ioredis';
import pg from 'pg';
import { StartError } from '#scripts/supervisor/state.ts';

/** @throws StartError when the PostgreSQL that `variable` names does not let us in; the sentence holds no password */
export async function assertPostgresReachable(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(`The database of ${variable} cannot be reached: ${reason(error)}.`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws StartError when the Redis of REDIS_URL does not let us in */
export async function assertRedisReachable(url: string): Promise<void> {
  if (!/^rediss?:\/\//.test(url)) throw new StartError('REDIS_URL must start with redis:// or rediss://.');
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 10_000, retryStrategy: () => null });
  let last: unknown = null;
  redis.on('error', (error) => (last = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new StartError(`The Redis of REDIS_URL cannot be reached: ${reason(last ?? error)}.`, { cause: error });
  } finally {
    redis.disconnect();
  }
}

/** A name with several addresses fails with several errors and no words of its own. */
function reason(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
