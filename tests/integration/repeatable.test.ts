import { afterAll, beforeAll, expect, it } from 'vitest';
import { TransactionConflict } from '#app/infra/transaction-conflict.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
});
afterAll(async () => database.drop());

/** Two transactions that each hold what the other asks for next. Returns how often each was tried. */
async function embrace(repeatable: boolean): Promise<{ tries: number[]; ends: string[] }> {
  const tries = [0, 0];
  const met = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const ends = await Promise.allSettled(
    [0, 1].map((me) =>
      database.db.inShop(
        shopId,
        async ({ tx }) => {
          tries[me] = (tries[me] ?? 0) + 1;
          await tx.$queryRaw`SELECT pg_advisory_xact_lock(${me}::bigint)::text`;
          met[me]?.resolve(undefined);
          await met[1 - me]?.promise;
          await tx.$queryRaw`SELECT pg_advisory_xact_lock(${1 - me}::bigint)::text`;
        },
        { repeatable },
      ),
    ),
  );
  return { tries, ends: ends.map((end) => end.status).sort() };
}

it('a transaction that met another is run again where that is allowed, and fails where it is not', async () => {
  const again = await embrace(true);
  expect(again.ends).toEqual(['fulfilled', 'fulfilled']);
  expect(again.tries.sort()).toEqual([1, 2]);
  expect(await embrace(false)).toMatchObject({ tries: [1, 1], ends: ['fulfilled', 'rejected'] });
});

it('is given up after three tries, and other failures are not repeated', async () => {
  for (const [error, expected] of [
    [new TransactionConflict('again'), 3],
    [new Error('wrong'), 1],
  ] as const) {
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(error);
    };
    await expect(database.db.inShop(shopId, work, { repeatable: true })).rejects.toThrow(error.message);
    expect(tries).toBe(expected);
  }
});
