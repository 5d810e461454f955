import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findLatestCustomer } from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let made: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices();
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>, of = shopId) => made.services.db.inShop(of, work);

/** So many mails of a template, all to one customer. */
const put = (of: ShopId, template: string, mails: number, customerId: string | null, data: string | null = 'sealed') =>
  inShop(
    ({ tx }) => tx.$executeRaw`
      INSERT INTO mail (shop_id, template, topic, source_kind, source_id, purpose, customer_id, data_sealed, state,
        requested_at, expires_at)
      SELECT ${of}::uuid, ${template}, 'points', 'order', gen_random_uuid()::text, '', ${customerId}, ${data}, 'sent',
        now(), now()
      FROM generate_series(1, ${mails})`,
    of,
  );

test('the newest of its kind counts whose content is kept, of this shop alone', async () => {
  const other = await insertShop(made.database);
  await put(shopId, 'a', 1, 'older');
  await put(shopId, 'a', 1, 'newer');
  await put(shopId, 'a', 1, 'forgotten', null);
  await put(shopId, 'a', 1, null);
  await put(shopId, 'b', 1, 'of another kind');
  await put(other, 'a', 1, 'of another shop');
  expect(await inShop((scope) => findLatestCustomer(scope, 'a'))).toBe('newer');
  expect(await inShop((scope) => findLatestCustomer(scope, 'c'))).toBeNull();
});

test('as many of the newest mails are looked through as is said, and no more', async () => {
  await put(shopId, 'rare', 1, 'c');
  await put(shopId, 'often', 9, 'd');
  expect(await inShop((scope) => findLatestCustomer(scope, 'rare', 10))).toBe('c');
  expect(await inShop((scope) => findLatestCustomer(scope, 'rare', 9))).toBeNull();
});

test('a large shop’s log is not read through for a kind that never went out', async () => {
  await put(shopId, 'often', 60_000, 'c');
  // As autovacuum leaves a table that grew.
  const owner = new pg.Client({ connectionString: made.database.adminUrl });
  await owner.connect();
  await owner.query('ANALYZE mail');
  await owner.end();
  const plan = await inShop(async (scope) => {
    const taken: string[] = [];
    // The very statement, with its plan in place of its answer.
    const tx = new Proxy(scope.tx, {
      get(target, name, receiver) {
        if (name !== '$queryRaw') return Reflect.get(target, name, receiver) as unknown;
        return async ([first = '', ...rest]: readonly string[], ...values: unknown[]) => {
          const words = [`EXPLAIN (ANALYZE, TIMING OFF) ${first}`, ...rest];
          const rows = await target.$queryRawUnsafe<Record<string, string>[]>(
            words.map((part, at) => (at === 0 ? part : `$${String(at)}${part}`)).join(''),
            ...values,
          );
          taken.push(...rows.flatMap((row) => Object.values(row)));
          return [];
        };
      },
    });
    expect(await findLatestCustomer({ ...scope, tx }, 'never')).toBeNull();
    return taken.join('\n');
  });
  expect(plan).toContain('Index Scan Backward using mail_pkey');
  expect(plan).not.toContain('Seq Scan');
  const read = [...plan.matchAll(/mail_pkey on mail .*actual rows=(\d+)/g)].map(([, rows]) => Number(rows));
  expect(read).toEqual([2_000]);
});
