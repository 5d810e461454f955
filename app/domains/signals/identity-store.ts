import type { Database, ShopScope } from '#app/infra/database.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { IdentityEdge } from './identity-rules.ts';

/**
 * Adds evidence to an edge. Orders are counted where they stand, so that one that comes again counts once. An edge that was split takes it in silence unless it is put together again.
 */
export async function writeEdge(
  scope: ShopScope,
  edge: {
    readonly visitorId: string;
    readonly customerId: string;
    readonly by: 'order' | 'login';
    readonly at: Date;
    readonly again: boolean;
  },
): Promise<void> {
  const { visitorId, customerId, by, at, again } = edge;
  await scope.tx.$executeRaw`
    INSERT INTO visitor_identity AS known (shop_id, visitor_id, customer_id, orders, logins, first_seen_at, last_seen_at)
    VALUES (${scope.shopId}::uuid, ${visitorId}, ${customerId},
      (SELECT count(*) FROM "order" o WHERE o.shop_id = ${scope.shopId}::uuid AND o.customer_id = ${customerId}
        AND o.visitor_id = ${visitorId} AND o.cancelled_at IS NULL AND NOT o.test),
      ${by === 'login' ? 1 : 0}, ${at}, ${at})
    ON CONFLICT (shop_id, visitor_id, customer_id) DO UPDATE SET
      orders = EXCLUDED.orders, logins = known.logins + EXCLUDED.logins,
      first_seen_at = least(known.first_seen_at, EXCLUDED.first_seen_at),
      last_seen_at = greatest(known.last_seen_at, EXCLUDED.last_seen_at),
      split_at = CASE WHEN ${again} THEN NULL ELSE known.split_at END`;
}

export async function splitEdge(scope: ShopScope, visitorId: string, customerId: string, now: Date): Promise<boolean> {
  const { count } = await scope.tx.visitorIdentity.updateMany({
    where: { shopId: scope.shopId, visitorId, customerId, splitAt: null },
    data: { splitAt: now },
  });
  return count === 1;
}

/** Whom an order names, where it names both. */
export async function readPairOf(
  scope: ShopScope,
  orderId: string,
): Promise<{ visitorId: string; customerId: string } | null> {
  const rows = await scope.tx.$queryRaw<{ visitorId: string; customerId: string }[]>`
    SELECT visitor_id AS "visitorId", customer_id AS "customerId" FROM "order"
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${orderId} AND visitor_id IS NOT NULL AND customer_id IS NOT NULL
      AND cancelled_at IS NULL AND NOT test`;
  return rows[0] ?? null;
}

/** More edges of one person than this are a till or a test. */
const mostEdges = 200;

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
