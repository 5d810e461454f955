import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';

/** Points for something else than an order. */
export interface Activity {
  readonly customerId: string;
  /** id of the earning rule, or `tier:` and the tier's id */
  readonly rule: string;
  /** tells repetitions apart */
  readonly reference: string;
  readonly kind: string;
  readonly version: number;
  readonly points: number;
}

/** Notes what is to be given; what was given before is left out of the answer. */
export async function addActivities(scope: ShopScope, activities: readonly Activity[], at: Date): Promise<Activity[]> {
  if (activities.length === 0) return [];
  const column = (read: (activity: Activity) => string | number) => toArrayLiteral(activities.map(read));
  const rows = await scope.tx.$queryRaw<Activity[]>`
    INSERT INTO loyalty_activity (shop_id, customer_id, rule, reference, kind, version, points, at)
    SELECT ${scope.shopId}::uuid, *, ${at}::timestamptz FROM unnest(
      ${column(({ customerId }) => customerId)}::text[],
      ${column(({ rule }) => rule)}::text[],
      ${column(({ reference }) => reference)}::text[],
      ${column(({ kind }) => kind)}::text[],
      ${column(({ version }) => version)}::int[],
      ${column(({ points }) => points)}::int[])
    ON CONFLICT DO NOTHING
    RETURNING customer_id AS "customerId", rule, reference, kind, version, points`;
  return rows.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
}

/** Whether a customer has kept at least one unit of a product. */
export async function hasBought({ tx, shopId }: ShopScope, customerId: string, productId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ bought: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
      WHERE o.shop_id = ${shopId}::uuid AND o.customer_id = ${customerId} AND NOT o.test AND o.cancelled_at IS NULL
        AND l.product_id = ${productId} AND l.refunded_quantity < l.quantity
    ) AS bought`;
  return row?.bought ?? false;
}

/** How often a member got points by a rule since a moment. */
export async function countActivities(
  scope: ShopScope,
  customerId: string,
  rule: string,
  since: Date,
): Promise<number> {
  return scope.tx.loyaltyActivity.count({ where: { shopId: scope.shopId, customerId, rule, at: { gte: since } } });
}

/** What a member got outside of orders, by rule. */
export async function readActivities(scope: ShopScope, customerId: string) {
  return scope.tx.loyaltyActivity.findMany({
    where: { shopId: scope.shopId, customerId },
    select: { rule: true, reference: true, kind: true, points: true, version: true, at: true },
    orderBy: { at: 'desc' },
  });
}
