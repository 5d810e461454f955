import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#app/infra/database.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
/** of one connection, so that every read follows another on it */
let db: Database;
let a: ShopId;
let b: ShopId;

/** Asks for everybody's rows: what it gets is what row-level security lets through. */
const everything: PreparedStatement = {
  name: 'everything',
  types: [],
  text: 'SELECT id FROM shop WHERE $1::uuid IS NOT NULL',
};
const echo: PreparedStatement = {
  name: 'echo',
  types: ['text', 'text[]', 'int'],
  text: 'SELECT $2 AS text, $3 AS list, 1 / $4 AS share WHERE $1::uuid IS NOT NULL',
};

beforeAll(async () => {
  database = await createTestDatabase();
  [a, b] = [await insertShop(database), await insertShop(database)];
  db = openDatabase(database.url, 1);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const shopsSeenBy = (shop: ShopId) => inOneTrip<{ id: string }>(db, shop, everything, []);

describe('a read in one round trip', () => {
  it('sees its own shop alone, on a connection that read for another before', async () => {
    for (const shop of [a, b, a, b, b, a, a, b, a]) expect(await shopsSeenBy(shop)).toEqual([{ id: shop }]);
  });

  it('leaves its connection bound to no shop', async () => {
    await shopsSeenBy(a);
    expect((await db.pool.query('SELECT id FROM shop')).rows).toEqual([]);
  });

  it.each(["it's", 'back\\slash', '"quoted"', '', "'); DROP TABLE shop; --", '$1', '{a,b}'])(
    'takes %j for what it is',
    async (text) => {
      const [row] = await inOneTrip<{ text: string; list: string[] }>(db, a, echo, [text, [text, 'x'], 1]);
      expect(row).toMatchObject({ text, list: [text, 'x'] });
    },
  );

  it('refuses what is no shop', async () => {
    await expect(inOneTrip(db, '*' as ShopId, everything, [])).rejects.toThrow('not a shop id');
  });

  it('works again after a failure', async () => {
    await expect(inOneTrip(db, a, echo, ['', [], 0])).rejects.toThrow('division by zero');
    expect(await shopsSeenBy(b)).toEqual([{ id: b }]);
    expect(await inOneTrip(db, a, echo, ['', [], 1])).toMatchObject([{ share: 1 }]);
  });
});
