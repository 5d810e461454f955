import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';

/**
 * What orders of the mirror mean for codes of ours: one that stands and carries a code uses it, one that was cancelled
 * (perhaps before it was heard of), deleted or lost the code releases it. Told again nothing changes. One statement for
 * orders without news of codes, four at most. What that means for whoever issued them `readStandings` says.
 * @param returnsUses whether the store counts the use of a cancelled order back, so that the code works again
 */
export async function settleOrders(
  scope: ShopScope,
  orderIds: readonly string[],
  { now, returnsUses }: { readonly now: Date; readonly returnsUses: boolean },
): Promise<void> {
  const ids = toArrayLiteral([...new Set(orderIds)].sort());
  const rows = await scope.tx.$queryRaw<Touched[]>`
    WITH carried AS (
      SELECT c.id AS code_id, o.id AS order_id, max((entered->>'minor')::bigint) AS minor,
        CASE WHEN o.cancelled_at IS NULL THEN NULL ELSE ${now}::timestamptz END AS released
      FROM "order" o CROSS JOIN LATERAL jsonb_array_elements(o.discount_codes) AS entered
      JOIN discount_code c ON c.shop_id = ${scope.shopId}::uuid AND c.code = upper(entered->>'code')
      WHERE o.shop_id = ${scope.shopId}::uuid AND o.id = ANY(${ids}::text[]) AND o.discount_codes <> '[]'
        AND NOT o.test
      GROUP BY 1, 2, 4
    ), used AS (
      INSERT INTO discount_code_use AS known (shop_id, code_id, order_id, discount_minor, used_at, released_at)
      SELECT ${scope.shopId}::uuid, code_id, order_id, minor, ${now}, released FROM carried ORDER BY code_id, order_id
      ON CONFLICT (shop_id, code_id, order_id) DO UPDATE
        SET released_at = CASE WHEN excluded.released_at IS NULL THEN NULL ELSE coalesce(known.released_at, excluded.released_at) END,
          discount_minor = excluded.discount_minor
      WHERE (known.released_at IS NULL) <> (excluded.released_at IS NULL) OR known.discount_minor <> excluded.discount_minor
      RETURNING code_id, released_at IS NULL AS stands
    ), released AS (
      UPDATE discount_code_use u SET released_at = ${now}
      WHERE u.shop_id = ${scope.shopId}::uuid AND u.order_id = ANY(${ids}::text[]) AND u.released_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM carried WHERE carried.code_id = u.code_id AND carried.order_id = u.order_id)
      RETURNING code_id
    )
    SELECT code_id, stands AS used FROM used UNION SELECT code_id, false FROM released`;
  if (rows.length === 0) return;
  await countUses(
    scope,
    rows.map(({ code_id }) => code_id),
    { now, returnsUses },
  );
  const used = rows.flatMap((row) => (row.used ? row.code_id : []));
  if (used.length > 0) await withdrawSuccessors(scope, used);
}

interface Touched {
  readonly code_id: bigint;
  readonly used: boolean;
}

/** Brings codes in line with the orders that carry them. */
async function countUses(
  scope: ShopScope,
  ids: readonly bigint[],
  { now, returnsUses }: { readonly now: Date; readonly returnsUses: boolean },
): Promise<void> {
  const wanted = toArrayLiteral([...new Set(ids)].sort((a, b) => (a < b ? -1 : 1)).map(String));
  // Locked one after the other: two batches that share codes wait for each other in one order only.
  await scope.tx.$queryRaw`
    SELECT id FROM discount_code WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${wanted}::bigint[]) ORDER BY id FOR UPDATE`;
  await scope.tx.$executeRaw`
    UPDATE discount_code c SET
      used = counted.standing, order_id = counted.latest, used_at = counted.used_at,
      state = CASE
        WHEN c.uses IS NOT NULL AND counted.spent >= c.uses THEN 'used'
        WHEN c.state <> 'used' THEN c.state
        -- It was taken back between the order and its end.
        WHEN c.todo = 'remove' OR (c.todo IS NULL AND c.store_id IS NULL) THEN 'withdrawn'
        WHEN c.ends_at <= ${now} THEN 'expired'
        ELSE 'open' END
    FROM (
      SELECT wanted.id,
        count(u.code_id) FILTER (WHERE u.released_at IS NULL)::int AS standing,
        count(u.code_id) FILTER (WHERE u.released_at IS NULL OR NOT ${returnsUses}::boolean)::int AS spent,
        (array_agg(u.order_id ORDER BY u.used_at DESC, u.order_id DESC) FILTER (WHERE u.released_at IS NULL))[1] AS latest,
        max(u.used_at) FILTER (WHERE u.released_at IS NULL) AS used_at
      FROM unnest(${wanted}::bigint[]) AS wanted(id)
      LEFT JOIN discount_code_use u ON u.shop_id = ${scope.shopId}::uuid AND u.code_id = wanted.id
      GROUP BY 1
    ) AS counted
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.id = counted.id`;
}

/** A code was used that another one had taken the place of (`renewCode`, `joinCodes`): that one goes, where nobody has used it. */
async function withdrawSuccessors(scope: ShopScope, used: readonly bigint[]): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE discount_code c SET state = 'withdrawn', todo = 'remove' FROM discount_code old
    WHERE old.shop_id = ${scope.shopId}::uuid AND old.id = ANY(${toArrayLiteral(used.map(String))}::bigint[])
      AND c.shop_id = ${scope.shopId}::uuid AND c.source_kind = old.source_kind AND c.source_id = old.source_id
      AND c.purpose = regexp_replace(old.purpose, ' of [^ ]+$', '') AND c.id <> old.id AND c.uses IS NOT NULL
      AND c.state IN ('wanted', 'open', 'refused')`;
}
