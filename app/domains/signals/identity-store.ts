import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { Database, ShopScope } from '#app/infra/database.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { IdentityEdge } from './identity-rules.ts';

/**
 * Adds evidence to edges. Orders are counted where they stand, so that one that comes again counts once. An edge that
 * was split takes it in silence.
 */
export async function writeEdges(
  scope: ShopScope,
  pairs: readonly { readonly visitorId: string; readonly customerId: string }[],
  { by, at }: { readonly by: 'order' | 'login'; readonly at: Date },
): Promise<void> {
  if (pairs.length === 0) return;
  // In a fixed order, so that two writers do not wait for each other in a circle.
  await scope.tx.$executeRaw`
    INSERT INTO visitor_identity AS known (shop_id, visitor_id, customer_id, orders, logins, first_seen_at, last_seen_at)
    SELECT ${scope.shopId}::uuid, pair.visitor_id, pair.customer_id,
      (SELECT count(*) FROM "order" o WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id = pair.customer_id
        AND o.visitor_id = pair.visitor_id AND o.cancelled_at IS NULL AND NOT o.test),
      ${by === 'login' ? 1 : 0}::int, ${at}::timestamptz, ${at}::timestamptz
    FROM (SELECT DISTINCT * FROM unnest(
      ${toArrayLiteral(pairs.map(({ visitorId }) => visitorId))}::text[],
      ${toArrayLiteral(pairs.map(({ customerId }) => customerId))}::text[]) AS pair(visitor_id, customer_id)
      ORDER BY visitor_id, customer_id) pair
    ON CONFLICT (shop_id, visitor_id, customer_id) DO UPDATE SET
      orders = EXCLUDED.orders, logins = known.logins + EXCLUDED.logins,
      first_seen_at = least(known.first_seen_at, EXCLUDED.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, EXCLUDED.last_seen_at)`;
}

/** More edges of one person than this are a till, a test, or made up. */
const mostEdges = 200;
/** Each login takes away more than it may bring. */
const mostDropped = 100;

/**
 * Whoever is logged in may claim any browser: of those without an order the newest are kept, and with the others goes what
 * was done there, unless something was bought or the browser is somebody else's as well. Ordered with, or taken apart, a browser stays.
 */
export async function dropOldLogins({ tx, shopId }: ShopScope, customerId: string): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM visitor_identity WHERE shop_id = ${shopId}::uuid AND customer_id = ${customerId} AND visitor_id = ANY(ARRAY(
        SELECT visitor_id FROM visitor_identity
        WHERE shop_id = ${shopId}::uuid AND customer_id = ${customerId} AND orders = 0 AND split_at IS NULL
        ORDER BY last_seen_at DESC, visitor_id OFFSET ${mostEdges} LIMIT ${mostDropped}))
      RETURNING visitor_id)
    DELETE FROM signal s USING gone WHERE s.shop_id = ${shopId}::uuid AND s.visitor_id = gone.visitor_id
      AND NOT EXISTS (SELECT FROM visitor_identity other WHERE other.shop_id = ${shopId}::uuid
        AND other.visitor_id = gone.visitor_id AND other.customer_id <> ${customerId})
      AND NOT EXISTS (SELECT FROM signal bought WHERE bought.shop_id = ${shopId}::uuid
        AND bought.visitor_id = gone.visitor_id AND bought.kind = 'purchase')`;
}

/** Puts together what was taken apart, with the evidence of both times; false where it is not apart. */
export async function rejoinEdge(scope: ShopScope, visitorId: string, customerId: string): Promise<boolean> {
  const { count } = await scope.tx.visitorIdentity.updateMany({
    where: { shopId: scope.shopId, visitorId, customerId, splitAt: { not: null } },
    data: { splitAt: null },
  });
  return count === 1;
}

export async function splitEdge(scope: ShopScope, visitorId: string, customerId: string, now: Date): Promise<boolean> {
  const { count } = await scope.tx.visitorIdentity.updateMany({
    where: { shopId: scope.shopId, visitorId, customerId, splitAt: null },
    data: { splitAt: now },
  });
  return count === 1;
}

/** Counts the orders of these visitors anew, each where it stands: some were cancelled, or are gone. What logins say stays. */
export async function recountIdentities({ tx, shopId }: ShopScope, visitorIds: readonly string[]): Promise<void> {
  if (visitorIds.length === 0) return;
  // In a fixed order, so that two writers do not wait for each other in a circle.
  await tx.$executeRaw`
    UPDATE visitor_identity known SET orders = (
      SELECT count(*) FROM "order" o WHERE o.shop_id = ${shopId}::uuid AND o.customer_id = known.customer_id
        AND o.visitor_id = known.visitor_id AND o.cancelled_at IS NULL AND NOT o.test)
    FROM (SELECT visitor_id, customer_id FROM visitor_identity
      WHERE shop_id = ${shopId}::uuid AND visitor_id = ANY(${toArrayLiteral(visitorIds)}::text[]) AND orders > 0
      ORDER BY visitor_id, customer_id FOR UPDATE) held
    WHERE known.shop_id = ${shopId}::uuid AND known.visitor_id = held.visitor_id AND known.customer_id = held.customer_id`;
}

interface OrderPair {
  readonly visitorId: string;
  readonly customerId: string;
  /** whether the order still says it: one that was cancelled does not */
  readonly stands: boolean;
  /** whether orders made the browser somebody else's, too, of which this may have been one */
  readonly contested: boolean;
}

/** Whom orders name, where they name both. */
export async function readPairsOf(scope: ShopScope, orderIds: readonly string[]): Promise<OrderPair[]> {
  return scope.tx.$queryRaw<OrderPair[]>`
    SELECT visitor_id AS "visitorId", customer_id AS "customerId", cancelled_at IS NULL AND NOT test AS stands,
      EXISTS (SELECT FROM visitor_identity other WHERE other.shop_id = ${scope.shopId}::uuid AND other.visitor_id = o.visitor_id
        AND other.customer_id <> o.customer_id AND other.orders > 0) AS contested
    FROM "order" o
    WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${toArrayLiteral(orderIds)}::text[])
      AND visitor_id IS NOT NULL AND customer_id IS NOT NULL`;
}

/** Edges of visitors, or of customers; split ones included. */
export async function readEdges(
  scope: ShopScope,
  of: { readonly visitorIds: readonly string[] } | { readonly customerIds: readonly string[] },
): Promise<IdentityEdge[]> {
  const which =
    'visitorIds' in of ? { visitorId: { in: [...of.visitorIds] } } : { customerId: { in: [...of.customerIds] } };
  return scope.tx.visitorIdentity.findMany({
    where: { shopId: scope.shopId, ...which },
    omit: { shopId: true },
    orderBy: { lastSeenAt: 'desc' },
    take: mostEdges,
  });
}

const edgesOfVisitor: PreparedStatement = {
  name: 'edges_of_visitor',
  types: ['text'],
  text: 'SELECT 1 FROM visitor_identity WHERE shop_id = $1 AND visitor_id = $2 LIMIT 1',
};

/** Whether anything says who a visitor is, in one round trip: most are nobody, and a shopper waits for it. */
export async function hasEdges(db: Pick<Database, 'pool'>, shopId: ShopId, visitorId: string): Promise<boolean> {
  return (await inOneTrip(db, shopId, edgesOfVisitor, [visitorId])).length > 0;
}

/** Forgets whom these visitors and customers belong to; returns the visitors. */
export async function deleteIdentities(
  scope: ShopScope,
  visitorIds: readonly string[],
  customerIds: readonly string[],
): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ visitor_id: string }[]>`
    DELETE FROM visitor_identity WHERE shop_id = ${scope.shopId}::uuid
      AND (visitor_id = ANY(${[...visitorIds]}::text[]) OR customer_id = ANY(${[...customerIds]}::text[]))
    RETURNING visitor_id`;
  return [...new Set(rows.map((row) => row.visitor_id))];
}
