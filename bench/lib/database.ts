import { startTemporaryPostgres, type TemporaryPostgres } from '#scripts/testing/temporary-postgres.ts';

export type BenchDatabase = Pick<TemporaryPostgres, 'url' | 'adminUrl' | 'stop'>;

/** A migrated PostgreSQL of its own, durable as in production: numbers without fsync would flatter everybody. */
export const startBenchDatabase = (): Promise<BenchDatabase> => startTemporaryPostgres('bench', true);
