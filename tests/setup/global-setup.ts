import type { TestProject } from 'vitest/node';
import { startTemporaryPostgres } from '#scripts/testing/temporary-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** addresses of the migrated template: as the app's role and as the superuser */
    postgres: { url: string; adminUrl: string };
  }
}

/** One PostgreSQL for the whole run with a migrated template; every test file clones its own database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, adminUrl, stop } = await startTemporaryPostgres('test', false);
  project.provide('postgres', { url, adminUrl });
  return stop;
}
