import type { Database, ShopScope, SystemScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import { type ShopId, toShopId, type VisitorId } from '#app/shared/ids.ts';
import type { Happening } from './affinity.ts';
import type { Signal } from './model.ts';

/** Writes a batch of any shops in one statement; an event id that a shop already has is left alone. Returns how many were new. */
export async function insertSignals(scope: SystemScope, signals: readonly Signal[]): Promise<number> {
  // Sorted, so that two processes with the same events lock them in the same order.
  const sorted = signals.toSorted((a, b) => (`${a.shopId}${a.id}` < `${b.shopId}${b.id}` ? -1 : 1));
  return scope.tx.$executeRaw`
    INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, query, quantity, surface, dwell_ms, occurred_at, received_at)
    SELECT "shopId", id, "visitorId", kind, "productId", query, quantity, surface, "dwellMs", "occurredAt", "receivedAt"
    FROM jsonb_to_recordset(${toJsonb(sorted)}::jsonb) AS new (
      "shopId" uuid, id uuid, "visitorId" text, kind text, "productId" text, query text, quantity int, surface text,
      "dwellMs" int,
      "occurredAt" timestamptz, "receivedAt" timestamptz)
    ON CONFLICT (shop_id, id) DO NOTHING`;
}

/** Forgets what these visitors did as far as it was heard since then. */
export async function deleteSignalsSince(
  scope: ShopScope,
  visitorIds: readonly VisitorId[],
  since: Date,
): Promise<number> {
  return scope.tx.$executeRaw`
    DELETE FROM signal WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[])
      AND received_at >= ${since}`;
}

/** True for a shop that has the app installed. */
export async function isInstalled(scope: ShopScope): Promise<boolean> {
  return (await scope.tx.shop.count({ where: { id: scope.shopId, status: { not: 'uninstalled' } } })) > 0;
}

export async function readShopIds(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.shop.findMany({ select: { id: true } });
  return rows.map((row) => toShopId(row.id));
}

/** Forgets a shop's signals from before `before`, at most `limit` at once; returns how many went. */
export async function deleteSignalsBefore(scope: ShopScope, before: Date, limit: number): Promise<number> {
  return scope.tx.$executeRaw`
    DELETE FROM signal WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM signal WHERE shop_id = ${scope.shopId}::uuid AND occurred_at < ${before} LIMIT ${limit}))`;
}

/** Forgets what these visitors did (a customer asked to be erased). */
export async function deleteSignalsOf(scope: ShopScope, visitorIds: readonly string[]): Promise<number> {
  // As one array: a till's walk-in customer has more visits than a statement may have parameters.
  return scope.tx.$executeRaw`
    DELETE FROM signal WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[])`;
}

/** One JSON text: the driver takes rows apart column by column, which a shopper waits for. Times in ms since 1970. */
const latestOf = `(SELECT coalesce(json_agg(json_build_array(left(s.id::text, 13), s.kind, s.product_id, s.query,
      floor(extract(epoch FROM s.occurred_at) * 1000), s.dwell_ms) ORDER BY s.occurred_at), '[]')
    FROM (SELECT * FROM signal WHERE shop_id = $1 AND visitor_id = $2 AND occurred_at >= $3
      ORDER BY occurred_at DESC LIMIT 100) s)`;

const latestSignals: PreparedStatement = {
  name: 'latest_signals',
  types: ['text', 'timestamptz'],
  text: `SELECT ${latestOf} AS latest`,
};

/** What one visitor did since `since`, the latest hundred, oldest first. In one round trip: a shopper waits for it. */
export async function fetchLatestSignals(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  visitorId: string,
  since: Date,
): Promise<readonly Happening[]> {
  const values = [visitorId, since.toISOString()];
  const [row] = await inOneTrip<{ latest: Happening[] }>(db, shopId, latestSignals, values);
  return row?.latest ?? [];
}

const visitorAtOnce: PreparedStatement = {
  name: 'visitor_at_once',
  types: ['text', 'timestamptz'],
  text: `SELECT EXISTS (SELECT FROM visitor_identity WHERE shop_id = $1 AND visitor_id = $2) AS joined, ${latestOf} AS latest`,
};

/** The same, and whether anything says who the visitor is: most are nobody. */
export async function fetchVisitor(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  visitorId: string,
  since: Date,
): Promise<{ readonly isJoined: boolean; readonly latest: readonly Happening[] }> {
  const values = [visitorId, since.toISOString()];
  const [row] = await inOneTrip<{ joined: boolean; latest: Happening[] }>(db, shopId, visitorAtOnce, values);
  return { isJoined: row?.joined === true, latest: row?.latest ?? [] };
}

type VisitorSignal = Pick<
  Signal,
  'kind' | 'productId' | 'query' | 'quantity' | 'surface' | 'dwellMs' | 'occurredAt'
> & {
  readonly visitorId: string;
};

/** What these visitors did, oldest first, for a customer who asks for their data. */
export async function readSignalsOf(scope: ShopScope, visitorIds: readonly string[]): Promise<VisitorSignal[]> {
  return scope.tx.$queryRaw<VisitorSignal[]>`
    SELECT visitor_id AS "visitorId", kind, product_id AS "productId", query, quantity, surface, dwell_ms AS "dwellMs", occurred_at AS "occurredAt"
    FROM signal WHERE shop_id = ${scope.shopId}::uuid AND visitor_id = ANY(${[...visitorIds]}::text[]) ORDER BY occurred_at`;
}
