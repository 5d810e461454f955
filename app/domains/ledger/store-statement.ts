import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef, Balances, Details, Operation, ProgrammeBucket, Source } from './model.ts';
import { type Outstanding, readOutstanding } from './store-outstanding.ts';

/** One transaction in an owner's statement; what moved, and what was available after it. */
export interface StatementRow extends Balances {
  readonly transactionId: number;
  readonly at: Date;
  readonly operation: Operation;
  readonly source: Source;
  readonly details: Details;
  readonly balance: number;
}

export interface Statement {
  /** newest first */
  readonly rows: readonly StatementRow[];
  /** for the page after this one (`before`); null on the last */
  readonly next: number | null;
}

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

interface Row {
  id: bigint;
  at: Date;
  operation: Operation;
  source_kind: string;
  source_id: string;
  purpose: string;
  details: unknown;
  available: bigint;
  pending: bigint;
  held: bigint;
  balance: bigint;
}

/**
 * What happened in an account, newest first, with the balance after each. Everything before two customers became one
 * stays in the account it happened in and comes as one line.
 * @param before the `next` of the page before
 */
export async function readStatement(
  scope: ShopScope,
  ref: AccountRef,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<Statement> {
  const rows = await scope.tx.$queryRaw<Row[]>`
    WITH account AS (
      SELECT coalesce(merged_into, id) AS id FROM ledger_account
      WHERE shop_id = ${scope.shopId}::uuid AND owner_kind = ${ref.ownerKind} AND owner_id = ${ref.ownerId} AND unit = ${ref.unit}
    ), moved AS (
      SELECT transaction_id AS id,
        coalesce(sum(amount) FILTER (WHERE bucket = 'available'), 0)::bigint AS available,
        coalesce(sum(amount) FILTER (WHERE bucket = 'pending'), 0)::bigint AS pending,
        coalesce(sum(amount) FILTER (WHERE bucket = 'held'), 0)::bigint AS held
      FROM ledger_posting WHERE shop_id = ${scope.shopId}::uuid AND account_id = (SELECT id FROM account)
        AND transaction_id < coalesce(${before}::bigint, 9223372036854775807)
      GROUP BY 1
    ), running AS (
      SELECT *, sum(available) OVER (ORDER BY id)::bigint AS balance FROM moved
    )
    SELECT r.*, t.at, t.operation, t.source_kind, t.source_id, t.purpose, t.details
    FROM running r JOIN ledger_transaction t ON t.shop_id = ${scope.shopId}::uuid AND t.id = r.id
    ORDER BY r.id DESC LIMIT ${limit + 1}`;
  const page = rows.slice(0, limit).map(toRow);
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.transactionId ?? null) : null };
}

function toRow(row: Row): StatementRow {
  return {
    transactionId: Number(row.id),
    at: row.at,
    operation: row.operation,
    source: { kind: row.source_kind, id: row.source_id, purpose: row.purpose },
    details: detailsSchema.parse(row.details),
    available: Number(row.available),
    pending: Number(row.pending),
    held: Number(row.held),
    balance: Number(row.balance),
  };
}

/** The balances of an account at an instant, that instant's postings included. */
export async function readBalancesAt(scope: ShopScope, ref: AccountRef, at: Date): Promise<Balances> {
  const rows = await scope.tx.$queryRaw<{ bucket: keyof Balances; amount: bigint }[]>`
    SELECT p.bucket, sum(p.amount)::bigint AS amount FROM ledger_account a
    JOIN ledger_posting p ON p.shop_id = a.shop_id AND p.account_id = CASE WHEN a.merged_into IS NULL THEN a.id ELSE a.merged_into END
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.owner_kind = ${ref.ownerKind} AND a.owner_id = ${ref.ownerId} AND a.unit = ${ref.unit}
      AND p.at <= ${at} GROUP BY 1`;
  return {
    available: 0,
    pending: 0,
    held: 0,
    ...Object.fromEntries(rows.map((row) => [row.bucket, Number(row.amount)])),
  };
}

export interface Totals {
  /** what owners have, and owe, at this moment */
  readonly outstanding: Outstanding;
  /** what was booked in the time asked for, above zero as it is named: issued, redeemed, expired, adjusted (given by hand), forfeited */
  readonly moved: Readonly<Record<ProgrammeBucket, number>>;
}

/** What a programme owes its customers, and what became of what it gave, from `from` until before `to`. */
export async function readTotals(
  scope: ShopScope,
  unit: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Totals> {
  const rows = await scope.tx.$queryRaw<{ bucket: ProgrammeBucket; amount: bigint }[]>`
    SELECT p.bucket, sum(p.amount)::bigint AS amount FROM ledger_account a
    JOIN ledger_posting p ON p.shop_id = a.shop_id AND p.account_id = a.id
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.owner_kind = 'programme' AND a.owner_id = '' AND a.unit = ${unit}
      AND p.at >= ${from} AND p.at < ${to} GROUP BY 1`;
  const booked = (bucket: ProgrammeBucket) => Number(rows.find((row) => row.bucket === bucket)?.amount ?? 0);
  return {
    outstanding: await readOutstanding(scope, unit),
    moved: {
      issued: 0 - booked('issued'),
      redeemed: booked('redeemed'),
      expired: booked('expired'),
      adjusted: 0 - booked('adjusted'),
      forfeited: booked('forfeited'),
    },
  };
}

/** Lots that still hold something, the first to expire first: what vests when, and what expires when. */
export async function readLots(
  scope: ShopScope,
  ref: AccountRef,
): Promise<(Balances & { readonly vestAt: Date; readonly expiresAt: Date | null })[]> {
  const rows = await scope.tx.$queryRaw<
    { vest_at: Date; expires_at: Date | null; available: bigint; pending: bigint; held: bigint }[]
  >`
    SELECT l.vest_at, l.expires_at, l.available, l.pending, l.held FROM ledger_account a
    JOIN ledger_lot l ON l.shop_id = a.shop_id AND l.account_id = CASE WHEN a.merged_into IS NULL THEN a.id ELSE a.merged_into END
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.owner_kind = ${ref.ownerKind} AND a.owner_id = ${ref.ownerId} AND a.unit = ${ref.unit}
      AND (l.available > 0 OR l.pending > 0 OR l.held > 0)
    ORDER BY l.expires_at NULLS LAST, l.vest_at, l.id`;
  return rows.map((row) => ({
    vestAt: row.vest_at,
    expiresAt: row.expires_at,
    available: Number(row.available),
    pending: Number(row.pending),
    held: Number(row.held),
  }));
}
