import { afterAll, beforeAll, expect, it } from 'vitest';
import { expireCodes, findShopsWithOpenCodes } from '#app/domains/codes/index.ts';
import type { SystemScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

const now = new Date('2026-06-01T12:00:00Z');
const ended = 5_000;
let database: TestDatabase;
let shopId: ShopId;

beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
  await database.db.inShop(
    shopId,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO discount_code (shop_id, code, source_kind, source_id, purpose, title, terms, offer, starts_at, issued_at, state, ends_at)
      SELECT ${shopId}::uuid, 'CODE' || n, 'test', n::text, '', 'Reward', '{}', 'offer', ${now}, ${now},
        CASE n WHEN 0 THEN 'open' ELSE 'expired' END, ${now}::timestamptz - n * interval '1 minute'
      FROM generate_series(${ended}::int, 0, -1) n`,
  );
});
afterAll(() => database.drop());

/** Rows of codes that were looked at for it. */
const rowsRead = (work: (scope: SystemScope) => Promise<unknown>): Promise<number> =>
  database.db.asSystem(async (scope) => {
    await scope.tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    await work(scope);
    const [row] = await scope.tx.$queryRaw<{ read: number }[]>`
      SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = 'discount_code'`;
    return row?.read ?? 0;
  });

it('looks each minute at none of the codes that ended long ago', async () => {
  expect(await rowsRead((scope) => findShopsWithOpenCodes(scope))).toBeLessThan(10);
  let expired = 0;
  const read = await rowsRead(async (scope) => {
    expired = await expireCodes(scope, now);
  });
  expect(expired).toBe(1);
  expect(read).toBeLessThan(10);
});
