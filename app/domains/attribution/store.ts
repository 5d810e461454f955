import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type Programme, type Touch, type TouchKind, winnerOf } from './rules.ts';

/**
 * Notes what led to orders and says who is paid for each. An order belongs to one programme: a claim that stands is
 * given up only for one that counts more, and the loser learns of it by `readClaims`.
 * @returns the winner of each order that was named
 */
export async function claimOrders(scope: ShopScope, touches: readonly Touch[], now: Date): Promise<Touch[]> {
  if (touches.length === 0) return [];
  const ids = [...new Set(touches.map(({ orderId }) => orderId))].sort();
  const rows = [...touches].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const column = (read: (touch: Touch) => string | Date) => toArrayLiteral(rows.map(read));
  await scope.tx.$executeRaw`
    INSERT INTO attribution_touch (shop_id, order_id, programme, owner_id, how, touched_at)
    SELECT ${scope.shopId}::uuid, * FROM unnest(${column(({ orderId }) => orderId)}::text[],
      ${column(({ programme }) => programme)}::text[], ${column(({ ownerId }) => ownerId)}::text[],
      ${column(({ how }) => how)}::text[], ${column(({ touchedAt }) => touchedAt)}::timestamptz[])
    ON CONFLICT DO NOTHING`;
  // Two programmes that claim at once wait here for each other, and the second sees what the first has noted.
  await scope.tx.$executeRaw`
    INSERT INTO attribution_claim (shop_id, order_id, programme, owner_id, how, claimed_at)
    SELECT ${scope.shopId}::uuid, id, '', '', '', ${now}::timestamptz FROM unnest(${toArrayLiteral(ids)}::text[]) AS id
    ORDER BY id ON CONFLICT (shop_id, order_id) DO UPDATE SET claimed_at = attribution_claim.claimed_at`;
  const known = Map.groupBy(await readTouches(scope, ids), ({ orderId }) => orderId);
  const winners = ids.flatMap((id) => winnerOf(known.get(id) ?? []) ?? []);
  const won = (read: (touch: Touch) => string) => toArrayLiteral(winners.map(read));
  await scope.tx.$executeRaw`
    UPDATE attribution_claim c SET programme = w.programme, owner_id = w.owner_id, how = w.how,
      claimed_at = ${now}::timestamptz
    FROM unnest(${won(({ orderId }) => orderId)}::text[], ${won(({ programme }) => programme)}::text[],
      ${won(({ ownerId }) => ownerId)}::text[], ${won(({ how }) => how)}::text[]) AS w(order_id, programme, owner_id, how)
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.order_id = w.order_id
      AND (c.programme, c.owner_id, c.how) IS DISTINCT FROM (w.programme, w.owner_id, w.how)`;
  return winners;
}

const keyOf = (touch: Touch) => [touch.orderId, touch.programme, touch.ownerId, touch.how].join(' ');

/** Everything that led to these orders. */
export async function readTouches(scope: ShopScope, orderIds: readonly string[]): Promise<Touch[]> {
  const rows = await scope.tx.attributionTouch.findMany({
    where: { shopId: scope.shopId, orderId: { in: [...orderIds] } },
    omit: { shopId: true },
  });
  return rows.map((row) => ({ ...row, programme: row.programme as Programme, how: row.how as TouchKind }));
}

/** Whom these orders are paid to, by order. */
export async function readClaims(
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<Map<string, { programme: Programme; ownerId: string }>> {
  const rows = await scope.tx.attributionClaim.findMany({
    where: { shopId: scope.shopId, orderId: { in: [...orderIds] }, programme: { not: '' } },
    select: { orderId: true, programme: true, ownerId: true },
  });
  return new Map(
    rows.map(({ orderId, programme, ownerId }) => [orderId, { programme: programme as Programme, ownerId }]),
  );
}
