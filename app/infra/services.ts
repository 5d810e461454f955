import type { Logger } from 'pino';
import type { Cache } from '#app/infra/cache.ts';
import type { Clock } from '#app/infra/clock.ts';
import type { Config } from '#app/infra/config.ts';
import type { Database } from '#app/infra/database.ts';
import type { Queue } from '#app/infra/jobs.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import type { Platform, PlatformKind } from '#app/platforms/platform.ts';

/** Everything from the outside that a use case may need; made once a process, passed as an argument. */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  readonly queue: Queue;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly platforms: Readonly<Record<PlatformKind, Platform | null>>;
}
