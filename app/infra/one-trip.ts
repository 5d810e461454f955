import pg from 'pg';
import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { Database } from '#app/infra/database.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';

/** A statement that every connection plans once: planning costs a multiple of what looking up a few rows costs. */
export interface PreparedStatement {
  /** of its own among all statements of the app */
  readonly name: string;
  /** PostgreSQL's types of $2, $3 and so on; $1 is the shop, a uuid */
  readonly types: readonly string[];
  readonly text: string;
}

const prepared = new WeakMap<pg.PoolClient, Set<string>>();

/**
 * Reads as one shop in a single round trip: statements of one simple query share a transaction, so the shop that
 * the first one binds holds for the second and is gone after it. A transaction of four messages costs several times
 * as much, which is what a shopper would wait for.
 * @param values of $2 and so on
 */
export async function inOneTrip<Row>(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  { name, types, text }: PreparedStatement,
  values: readonly (string | number | readonly string[])[],
): Promise<Row[]> {
  if (!isUuid(shopId)) throw new Error('not a shop id');
  const given = [shopId, ...values].map((value) =>
    literal(typeof value === 'object' ? toArrayLiteral(value) : String(value)),
  );
  const read = `SET LOCAL app.shop_id = '${shopId}'; EXECUTE ${name}(${given.join()})`;
  const client = await db.pool.connect();
  const known = prepared.get(client) ?? new Set();
  prepared.set(client, known);
  try {
    const first = known.has(name) ? '' : `PREPARE ${name}(${['uuid', ...types].join()}) AS ${text}; `;
    const rows = await query<Row>(client, `${first}${read}`);
    known.add(name);
    client.release();
    return rows;
  } catch (error) {
    // Whether it was prepared is not known now, so that the connection must go.
    client.release(true);
    throw error;
  }
}

/**
 * The rows of the last of several statements. By callback: behind the driver's own promises every result outlives the
 * collections of young garbage, which then take tens of milliseconds instead of one (measured with --trace-gc).
 */
function query<Row>(client: pg.PoolClient, statements: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query(statements, (error: Error | null, results: unknown) => {
      if (error) reject(error);
      else resolve((results as readonly { rows: Row[] }[]).at(-1)?.rows ?? []);
    });
  });
}

/** The driver goes through a text letter by letter, which for a list of ids is more work than everything else. */
const literal = (text: string): string => (/['\\]/.test(text) ? pg.escapeLiteral(text) : `'${text}'`);
