import { z } from 'zod';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { Difference, LedgerCheck } from './check-ledger.ts';

/**
 * One statement, so that all of it sees the same moment. The first hundred differences. Sums are laid beside what they are
 * compared with and grouped, not joined: until somebody has counted the tables the planner takes each for one row, and
 * would add all postings up anew for every transaction.
 */
export async function findDifferences(scope: ShopScope): Promise<Difference[]> {
  const rows = await scope.tx.$queryRaw<
    { what: Difference['what']; id: bigint; bucket: string; kept: bigint; posted: bigint }[]
  >`
    WITH posted AS MATERIALIZED (
      SELECT account_id, lot_id, bucket, sum(amount)::bigint AS amount FROM ledger_posting
      WHERE shop_id = ${scope.shopId}::uuid AND bucket IN ('available', 'pending', 'held') GROUP BY 1, 2, 3
    ), by_account AS (
      SELECT account_id AS id, bucket, sum(amount)::bigint AS amount FROM posted GROUP BY 1, 2
    ), by_lot AS (
      SELECT lot_id AS id, bucket, sum(amount)::bigint AS amount FROM posted WHERE lot_id IS NOT NULL GROUP BY 1, 2
    ), kept_accounts AS (
      SELECT a.id, b.bucket, b.amount FROM ledger_account a
      CROSS JOIN LATERAL (VALUES ('available', a.available), ('pending', a.pending), ('held', a.held)) AS b(bucket, amount)
      WHERE a.shop_id = ${scope.shopId}::uuid
    ), kept_lots AS (
      SELECT l.id, b.bucket, b.amount FROM ledger_lot l
      CROSS JOIN LATERAL (VALUES ('available', l.available), ('pending', l.pending), ('held', l.held)) AS b(bucket, amount)
      WHERE l.shop_id = ${scope.shopId}::uuid
    ), by_transaction AS (
      SELECT p.transaction_id, a.unit, sum(p.amount) AS total FROM ledger_posting p
      JOIN ledger_account a ON a.shop_id = p.shop_id AND a.id = p.account_id
      WHERE p.shop_id = ${scope.shopId}::uuid GROUP BY 1, 2
    )
    SELECT 'account' AS what, id, bucket, coalesce(k.amount, 0) AS kept, coalesce(p.amount, 0) AS posted
    FROM kept_accounts k FULL JOIN by_account p USING (id, bucket) WHERE coalesce(k.amount, 0) <> coalesce(p.amount, 0)
    UNION ALL
    SELECT 'lot', id, bucket, coalesce(k.amount, 0), coalesce(p.amount, 0)
    FROM kept_lots k FULL JOIN by_lot p USING (id, bucket) WHERE coalesce(k.amount, 0) <> coalesce(p.amount, 0)
    UNION ALL
    SELECT 'transaction', id, coalesce(min(unit) FILTER (WHERE total <> 0), ''), coalesce(max(entries), 0)::bigint,
      coalesce(min(total) FILTER (WHERE total <> 0), 0)::bigint
    FROM (
      SELECT transaction_id AS id, unit, total, NULL AS entries FROM by_transaction
      UNION ALL SELECT id, NULL, NULL, entries FROM ledger_transaction WHERE shop_id = ${scope.shopId}::uuid
    ) t GROUP BY id HAVING count(total) = 0 OR bool_or(total <> 0)
    UNION ALL
    SELECT 'debt', id, 'available', sum(kept)::bigint, sum(held)::bigint
    FROM (
      SELECT id, available AS kept, 0 AS held FROM ledger_account
      WHERE shop_id = ${scope.shopId}::uuid AND owner_kind <> 'programme'
      UNION ALL SELECT account_id, 0, available FROM ledger_lot WHERE shop_id = ${scope.shopId}::uuid
    ) a GROUP BY id HAVING sum(kept) > sum(held) OR sum(kept) < sum(held) AND sum(held) > 0
    LIMIT 100`;
  return rows.map((row) => ({ ...row, id: Number(row.id), kept: Number(row.kept), posted: Number(row.posted) }));
}

export async function countLedger(scope: ShopScope): Promise<{ accounts: number; transactions: number }> {
  const where = { shopId: scope.shopId };
  return {
    accounts: await scope.tx.ledgerAccount.count({ where }),
    transactions: await scope.tx.ledgerTransaction.count({ where }),
  };
}

export async function saveCheck(scope: ShopScope, check: LedgerCheck): Promise<void> {
  const { checkedAt, accounts, transactions, differences } = check;
  await scope.tx.$executeRaw`
    INSERT INTO ledger_check (shop_id, checked_at, accounts, transactions, differences)
    VALUES (${scope.shopId}::uuid, ${checkedAt}, ${accounts}, ${transactions}, ${toJsonb(differences)}::jsonb)
    ON CONFLICT (shop_id) DO UPDATE SET checked_at = excluded.checked_at, accounts = excluded.accounts,
      transactions = excluded.transactions, differences = excluded.differences`;
}

const differencesSchema = z.array(
  z.object({
    what: z.enum(['account', 'lot', 'transaction', 'debt']),
    id: z.number(),
    bucket: z.string(),
    kept: z.number(),
    posted: z.number(),
  }),
);

/** The newest check, null before the first. */
export async function readCheck(scope: ShopScope): Promise<LedgerCheck | null> {
  const row = await scope.tx.ledgerCheck.findUnique({ where: { shopId: scope.shopId }, omit: { shopId: true } });
  return row && { ...row, differences: differencesSchema.parse(row.differences) };
}

/** Shops that keep a ledger. */
export async function readLedgerShops({ tx }: SystemScope): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM shop WHERE EXISTS (SELECT 1 FROM ledger_account WHERE shop_id = shop.id) ORDER BY 1`;
  return rows.map((row) => toShopId(row.id));
}

/** Shops in which a lot is due, or an account to be closed. */
export async function readShopsWithDueLots({ tx }: SystemScope, at: Date): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM shop s
    WHERE EXISTS (SELECT 1 FROM ledger_lot WHERE shop_id = s.id AND pending > 0 AND vest_at <= ${at})
      OR EXISTS (SELECT 1 FROM ledger_lot WHERE shop_id = s.id AND available > 0 AND expires_at <= ${at})
      OR EXISTS (SELECT 1 FROM ledger_account WHERE shop_id = s.id AND closes_at <= ${at})
    ORDER BY 1`;
  return rows.map((row) => toShopId(row.id));
}
