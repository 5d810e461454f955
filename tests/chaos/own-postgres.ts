import { openDatabase } from '#app/infra/database.ts';
import { startTemporaryPostgres, type TemporaryPostgres } from '#scripts/testing/temporary-postgres.ts';
import type { TestDatabase } from '#tests/setup/database.ts';

export interface OwnPostgres extends Pick<TemporaryPostgres, 'restart' | 'stop'> {
  readonly database: TestDatabase;
}

/** A PostgreSQL that only this test uses, durable as in production, with a migrated database. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const server = await startTemporaryPostgres('chaos', true);
  const db = openDatabase(server.url, 5);
  return {
    database: { db, url: server.url, adminUrl: server.adminUrl, leave: () => db.close(), drop: () => db.close() },
    restart: server.restart,
    async stop() {
      await db.close();
      await server.stop();
    },
  };
}
