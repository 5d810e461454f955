import type { ShopScope } from '#app/infra/database.ts';

/** What became of points, or minor units; taken back is in none of them. */
export interface Fates {
  /** still the owners' */
  readonly left: number;
  readonly redeemed: number;
  /** expired or forfeited */
  readonly lapsed: number;
}

/**
 * What had become, until `at`, of what owners were given before a moment: by orders, by hand or by an import alike. Who is
 * redeemed first is told by the lots that each redemption emptied, so that what was given later does not count; lots that
 * went on in another account when two customers became one are as old as they were.
 */
export async function readFates(
  scope: ShopScope,
  unit: string,
  { givenBefore, at }: { readonly givenBefore: Date; readonly at: Date },
): Promise<Fates> {
  const { shopId, tx } = scope;
  const moved = await readMovedLots(scope, givenBefore);
  const ids = (lots: readonly MovedLot[]) => lots.map(({ id }) => id);
  // Lists instead of joins: of a shop that was just imported the database has no statistics, and would join row by row.
  const [row] = await tx.$queryRaw<{ left: bigint; redeemed: bigint; lapsed: bigint }[]>`
    WITH fates AS (
      SELECT sum("left") AS "left", sum(redeemed) AS redeemed, sum(lapsed) AS lapsed FROM (
        SELECT lot_id, at, CASE WHEN bucket IN ('available', 'pending', 'held') THEN amount ELSE 0 END AS "left", 0 AS redeemed,
          CASE WHEN bucket IN ('expired', 'forfeited') THEN amount ELSE 0 END AS lapsed FROM ledger_posting
        WHERE shop_id = ${shopId}::uuid AND lot_id IS NOT NULL AND at <= ${at} AND account_id = ANY(ARRAY(
          SELECT id FROM ledger_account WHERE shop_id = ${shopId}::uuid AND unit = ${unit}))
        UNION ALL
        SELECT lot_id, at, 0, -amount, 0 FROM ledger_posting
        WHERE shop_id = ${shopId}::uuid AND lot_id IS NOT NULL AND bucket IN ('available', 'held')
          AND transaction_id = ANY(ARRAY(
            SELECT transaction_id FROM ledger_posting
            WHERE shop_id = ${shopId}::uuid AND bucket = 'redeemed' AND at <= ${at} AND account_id = ANY(ARRAY(
              SELECT id FROM ledger_account
              WHERE shop_id = ${shopId}::uuid AND owner_kind = 'programme' AND unit = ${unit}))))
      ) p
      GROUP BY lot_id
      HAVING CASE WHEN lot_id = ANY(${ids(moved)}::bigint[])
        THEN lot_id = ANY(${ids(moved.filter(({ old }) => old))}::bigint[]) ELSE min(at) < ${givenBefore} END
    )
    SELECT coalesce(sum("left"), 0)::bigint AS "left", coalesce(sum(redeemed), 0)::bigint AS redeemed,
      coalesce(sum(lapsed), 0)::bigint AS lapsed FROM fates`;
  return { left: Number(row?.left ?? 0), redeemed: Number(row?.redeemed ?? 0), lapsed: Number(row?.lapsed ?? 0) };
}

interface MovedLot {
  readonly id: bigint;
  /** given before the moment */
  readonly old: boolean;
}

/** Lots that went on in another account: few, as few customers become one. */
async function readMovedLots({ shopId, tx }: ShopScope, givenBefore: Date): Promise<MovedLot[]> {
  const lots = await tx.$queryRaw<{ id: bigint; origin: bigint }[]>`
    SELECT id, origin_id AS origin FROM ledger_lot WHERE shop_id = ${shopId}::uuid AND origin_id IS NOT NULL`;
  if (lots.length === 0) return [];
  const origins = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT lot_id AS id FROM ledger_posting
    WHERE shop_id = ${shopId}::uuid AND lot_id = ANY(${lots.map(({ origin }) => origin)}::bigint[])
    GROUP BY lot_id HAVING min(at) < ${givenBefore}`;
  const old = new Set(origins.map(({ id }) => id));
  return lots.map(({ id, origin }) => ({ id, old: old.has(origin) }));
}
