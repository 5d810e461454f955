import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** Why an offer was taken back that the merchant did not take back. */
export const orderUndone = 'order-undone';

/** What an order that met a trigger is noted by. */
const prefix = 'order:';

/** Orders among these of which nothing is left, with their customers; null = the order is gone, and nobody knows whose it was. */
async function readUndone({ tx, shopId }: ShopScope, orderIds: readonly string[]) {
  return tx.$queryRaw<{ id: string; customerId: string | null }[]>`
    SELECT t.id, o.customer_id AS "customerId" FROM unnest(${toArrayLiteral([...new Set(orderIds)])}::text[]) AS t(id)
    LEFT JOIN "order" o ON o.shop_id = ${shopId}::uuid AND o.id = t.id
    WHERE o.id IS NULL OR (o.customer_id IS NOT NULL AND (o.cancelled_at IS NOT NULL OR o.test
      OR (o.total_minor > 0 AND o.refunded_minor >= o.total_minor)
      OR (SELECT bool_and(l.refunded_quantity >= l.quantity) FROM order_line l
        WHERE l.shop_id = o.shop_id AND l.order_id = o.id)))`;
}

/** Orders for which these were given, where no order carries their codes. */
export async function readUnbookedOrders({ tx, shopId }: ShopScope, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.personalOfferGrant.findMany({
    where: { shopId, id: { in: [...ids] }, state: 'given', bookedMinor: null, occurrence: { startsWith: prefix } },
    select: { occurrence: true },
  });
  return rows.map(({ occurrence }) => occurrence.slice(prefix.length));
}

/**
 * Offers that were made because of an order of which nothing is left: who waits for one never met its trigger, and what was
 * given and not used is taken back. Two statements where all orders stand. Comes after the step that books codes.
 * @returns how many are to be taken back
 */
export async function undoByOrders(scope: ShopScope, orderIds: readonly string[], now: Date): Promise<number> {
  const undone = await readUndone(scope, orderIds);
  const { tx, shopId } = scope;
  let taken = 0;
  // By the customer, whose offers are few; of an order that is gone by itself.
  for (const [gone, orders] of Map.groupBy(undone, ({ customerId }) => customerId === null)) {
    const where = {
      shopId,
      occurrence: { in: orders.map(({ id }) => prefix + id) },
      ...(gone ? {} : { customerId: { in: orders.flatMap(({ customerId }) => customerId ?? []) } }),
    };
    await tx.personalOfferGrant.deleteMany({ where: { ...where, state: 'waiting' } });
    const { count } = await tx.personalOfferGrant.updateMany({
      where: { ...where, state: 'given', bookedMinor: null, endsAt: { gt: now } },
      data: { state: 'withdrawing', reason: orderUndone },
    });
    taken += count;
  }
  return taken;
}
