import { defineConfig } from 'prisma/config';

/** Prisma's CLI is used for `generate` only; migrations run through `scripts/db-migration.ts`. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
});
