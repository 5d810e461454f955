import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopA: ShopId;
let shopB: ShopId;
let tables: { name: string; keyed: boolean }[];

beforeAll(async () => {
  database = await createTestDatabase();
  shopA = await insertShop(database);
  shopB = await insertShop(database);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const found = await admin.query<{ table_name: string; keyed: boolean }>(
    `SELECT t.table_name, bool_or(c.column_name = 'shop_id') AS keyed
     FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
     WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE '\\_prisma%'
     GROUP BY 1 ORDER BY 1`,
  );
  await admin.end();
  tables = found.rows.map((row) => ({ name: row.table_name, keyed: row.keyed }));
});

afterAll(async () => database.drop());

async function as<T>(shop: ShopId | '*' | null, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.db.pool.connect();
  try {
    await client.query('BEGIN');
    if (shop !== null) await bindShop(client, shop);
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** A value for every column that must have one, made from its type, so that new tables need no upkeep here. */
async function insertRow(client: pg.PoolClient, table: string, shopId: ShopId): Promise<void> {
  const columns = await client.query<{ column_name: string; udt_name: string }>(
    `SELECT column_name, udt_name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND (column_name = 'shop_id' OR is_nullable = 'NO' AND (column_default IS NULL OR column_name = 'id'))`,
    [table],
  );
  const values = columns.rows.map(({ column_name: column, udt_name: type }) => {
    if (column === 'shop_id' || (table === 'shop' && column === 'id')) return shopId;
    if (type === 'uuid') return shopB;
    if (type === 'timestamptz' || type === 'date') return new Date(0);
    if (type === 'bool') return true;
    if (type.startsWith('int') || type.startsWith('float') || type === 'numeric') return 7;
    if (type === 'jsonb') return '{}';
    if (type.startsWith('_')) return [];
    return 'x';
  });
  const names = columns.rows.map((column) => `"${column.column_name}"`).join(', ');
  const marks = values.map((_, index) => `$${index + 1}`).join(', ');
  await client.query(`INSERT INTO public."${table}" (${names}) VALUES (${marks})`, values);
}

describe('row-level security', () => {
  it('finds the tables of every domain', () => {
    expect(tables.map((table) => table.name)).toEqual(
      expect.arrayContaining(['bundle', 'order', 'product', 'shop', 'signal', 'webhook_inbox']),
    );
    expect(tables.filter((table) => !table.keyed).map((table) => table.name)).toEqual(['shop']);
  });

  it('lets shop A read, change and delete nothing of shop B in any table', async () => {
    for (const { name, keyed } of tables) {
      const key = keyed ? 'shop_id' : 'id';
      const client = await database.db.pool.connect();
      try {
        await client.query('BEGIN');
        await bindShop(client, '*');
        // A trigger refuses postings that belong to nothing.
        if (name === 'ledger_posting') await insertRow(client, 'ledger_transaction', shopB);
        if (name !== 'shop') await insertRow(client, name, shopB);
        await bindShop(client, shopA);
        const read = await client.query(`SELECT 1 FROM public."${name}" WHERE "${key}" = $1`, [shopB]);
        const changed = await client.query(`UPDATE public."${name}" SET "${key}" = "${key}" WHERE "${key}" = $1`, [
          shopB,
        ]);
        const removed = await client.query(`DELETE FROM public."${name}" WHERE "${key}" = $1`, [shopB]);
        expect({ name, read: read.rowCount, changed: changed.rowCount, removed: removed.rowCount }).toEqual({
          name,
          read: 0,
          changed: 0,
          removed: 0,
        });
        await bindShop(client, shopB);
        const own = await client.query(`SELECT 1 FROM public."${name}" WHERE "${key}" = $1`, [shopB]);
        expect({ name, own: own.rowCount }).toEqual({ name, own: 1 });
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    }
  });

  it('refuses a row for shop B written by shop A in any table', async () => {
    for (const { name } of tables.filter((table) => table.name !== 'shop')) {
      await expect(
        as(shopA, (client) => insertRow(client, name, shopB)),
        name,
      ).rejects.toThrow(/row-level security/);
    }
  });

  it('shows nothing at all when no shop is bound', async () => {
    for (const { name } of tables) {
      const seen = await as(null, (client) => client.query(`SELECT 1 FROM public."${name}"`));
      expect({ name, rows: seen.rowCount }).toEqual({ name, rows: 0 });
    }
  });
});
