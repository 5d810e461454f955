import { randomUUID } from 'node:crypto';
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

/** The earning in the ledger that an activity is; its id tells nobody's. */
export interface Given extends Activity {
  readonly sourceId: string;
}

/** Notes what is to be given; what was given before, and not taken back, is left out of the answer. */
export async function addActivities(scope: ShopScope, activities: readonly Activity[], at: Date): Promise<Given[]> {
  if (activities.length === 0) return [];
  const column = (read: (activity: Activity) => string | number) => toArrayLiteral(activities.map(read));
  const rows = await scope.tx.$queryRaw<Given[]>`
    INSERT INTO loyalty_activity AS known (shop_id, customer_id, rule, reference, kind, version, points, source_id, at)
    SELECT ${scope.shopId}::uuid, *, ${at}::timestamptz FROM unnest(
      ${column(({ customerId }) => customerId)}::text[],
      ${column(({ rule }) => rule)}::text[],
      ${column(({ reference }) => reference)}::text[],
      ${column(({ kind }) => kind)}::text[],
      ${column(({ version }) => version)}::int[],
      ${column(({ points }) => points)}::int[],
      ${column(() => randomUUID())}::uuid[])
    ON CONFLICT (shop_id, customer_id, rule, reference) DO UPDATE SET kind = excluded.kind, version = excluded.version,
      points = excluded.points, source_id = excluded.source_id, at = excluded.at, taken_back_at = NULL
    WHERE known.taken_back_at IS NOT NULL
    RETURNING customer_id AS "customerId", rule, reference, kind, version, points, source_id AS "sourceId"`;
  return rows.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
}

/** What tells an activity apart. */
export type ActivityKey = Pick<Activity, 'customerId' | 'rule' | 'reference'>;

const keysOf = (activities: readonly ActivityKey[]) => {
  const column = (read: (key: ActivityKey) => string) => toArrayLiteral(activities.map(read));
  return {
    customers: column(({ customerId }) => customerId),
    rules: column(({ rule }) => rule),
    references: column(({ reference }) => reference),
  };
};

/** Notes that these are taken back; those that were before, or were never given, are left out of the answer. */
export async function removeActivities(
  scope: ShopScope,
  activities: readonly ActivityKey[],
  at: Date,
): Promise<Given[]> {
  if (activities.length === 0) return [];
  const { customers, rules, references } = keysOf(activities);
  const rows = await scope.tx.$queryRaw<Given[]>`
    UPDATE loyalty_activity a SET taken_back_at = ${at}
    FROM unnest(${customers}::text[], ${rules}::text[], ${references}::text[]) AS k(customer_id, rule, reference)
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.customer_id = k.customer_id AND a.rule = k.rule
      AND a.reference = k.reference AND a.taken_back_at IS NULL AND a.source_id IS NOT NULL
    RETURNING a.customer_id AS "customerId", a.rule, a.reference, a.kind, a.version, a.points, a.source_id AS "sourceId"`;
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
  return scope.tx.loyaltyActivity.count({
    where: { shopId: scope.shopId, customerId, rule, takenBackAt: null, at: { gte: since } },
  });
}

/** What a member got outside of orders, by rule. */
export async function readActivities(scope: ShopScope, customerId: string) {
  return scope.tx.loyaltyActivity.findMany({
    where: { shopId: scope.shopId, customerId, takenBackAt: null },
    select: { rule: true, reference: true, kind: true, points: true, version: true, at: true },
    orderBy: { at: 'desc' },
  });
}
