import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import {
  type Account,
  type AccountRef,
  type Balances,
  type Bucket,
  type Draft,
  type Existing,
  openedSchema,
  type Operation,
  programme,
  type Source,
} from './model.ts';
import type { Lapsed, Part, UsedLot } from './rules.ts';

export interface Opened {
  /** locked until the transaction ends, in the order asked for */
  readonly accounts: readonly Account[];
  /** id of the programme's account */
  readonly programme: number;
  readonly existing: Existing | null;
}

/**
 * Locks the accounts of owners of one unit, opening those that are missing, and reads them with what was posted for the
 * source before. Whoever was merged into another owner has that one's account.
 */
export async function open(scope: ShopScope, refs: readonly AccountRef[], source: Source, at: Date): Promise<Opened> {
  const [first] = refs;
  if (!first) throw new Error('no account to open');
  if (refs.some((ref) => ref.ownerKind === programme || ref.ownerId === '')) throw new Error('not an owner');
  const all = [...refs, { ownerKind: programme, ownerId: '', unit: first.unit }];
  const column = (read: (ref: AccountRef) => string) => toArrayLiteral(all.map(read));
  const rows = await scope.tx.$queryRaw<{ opened: unknown }[]>`
    SELECT ledger_open(${scope.shopId}::uuid, ${column((ref) => ref.ownerKind)}::text[], ${column((ref) => ref.ownerId)}::text[],
      ${column((ref) => ref.unit)}::text[], ${toArrayLiteral([source.kind, source.id, source.purpose])}::text[], ${at}) AS opened`;
  const { accounts, existing } = openedSchema.parse(rows[0]?.opened);
  const own = accounts.slice(0, -1);
  const shopSide = accounts.at(-1);
  if (!shopSide) throw new Error('the programme has no account');
  return { accounts: own, programme: shopSide.id, existing };
}

/** Writes transactions with their postings and new lots. Returns their ids, null where the source has one already. */
export async function write(scope: ShopScope, drafts: readonly Draft[]): Promise<(number | null)[]> {
  const rows = await scope.tx.$queryRaw<{ ids: (bigint | null)[] }[]>`
    SELECT ledger_write(${scope.shopId}::uuid, ${toJsonb(drafts)}::jsonb) AS ids`;
  return (rows[0]?.ids ?? []).map((id) => (id === null ? null : Number(id)));
}

/**
 * What is kept of an owner, from the balances that the database keeps; nothing where there is no account. CASE and not
 * coalesce, which row-level security keeps from the index (it counts as leaking).
 */
export async function readBalances(scope: ShopScope, ref: AccountRef): Promise<Balances> {
  const rows = await scope.tx.$queryRaw<{ available: bigint; pending: bigint; held: bigint }[]>`
    SELECT b.available, b.pending, b.held FROM ledger_account a
    JOIN ledger_account b ON b.shop_id = a.shop_id AND b.id = CASE WHEN a.merged_into IS NULL THEN a.id ELSE a.merged_into END
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.owner_kind = ${ref.ownerKind} AND a.owner_id = ${ref.ownerId} AND a.unit = ${ref.unit}`;
  const row = rows[0];
  return { available: Number(row?.available ?? 0), pending: Number(row?.pending ?? 0), held: Number(row?.held ?? 0) };
}

/** A transaction as it was posted, with whose account it is now. */
export interface Posted {
  readonly id: number;
  readonly operation: Operation;
  readonly amount: number;
  readonly ref: AccountRef;
}

export async function findPosted(scope: ShopScope, source: Source): Promise<Posted | null> {
  const rows = await scope.tx.$queryRaw<
    { id: bigint; operation: Operation; amount: bigint; owner_kind: string; owner_id: string; unit: string }[]
  >`
    SELECT t.id, t.operation, t.amount, a.owner_kind, a.owner_id, a.unit
    FROM ledger_transaction t JOIN ledger_account a ON a.shop_id = t.shop_id AND a.id = t.account_id
    WHERE t.shop_id = ${scope.shopId}::uuid AND t.source_kind = ${source.kind} AND t.source_id = ${source.id} AND t.purpose = ${source.purpose}`;
  const row = rows[0];
  if (!row) return null;
  const ref = { ownerKind: row.owner_kind, ownerId: row.owner_id, unit: row.unit };
  return { id: Number(row.id), operation: row.operation, amount: Number(row.amount), ref };
}

/** Sum of what followed a transaction by these operations. */
export async function readFollowed(scope: ShopScope, id: number, operations: readonly Operation[]): Promise<number> {
  const rows = await scope.tx.$queryRaw<{ total: bigint }[]>`
    SELECT coalesce(sum(amount), 0)::bigint AS total FROM ledger_transaction
    WHERE shop_id = ${scope.shopId}::uuid AND related_id = ${id} AND operation = ANY(${toArrayLiteral(operations)}::text[])`;
  return Number(rows[0]?.total ?? 0);
}

/** What of a hold is still set aside, by lot, the first to expire first. */
export async function readHeld(scope: ShopScope, holdId: number): Promise<Part[]> {
  const rows = await scope.tx.$queryRaw<{ lot: bigint; amount: bigint }[]>`
    SELECT p.lot_id AS lot, sum(p.amount)::bigint AS amount
    FROM ledger_transaction t JOIN ledger_posting p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
    WHERE t.shop_id = ${scope.shopId}::uuid AND (t.id = ${holdId} OR t.related_id = ${holdId}) AND p.bucket = 'held'
    GROUP BY p.lot_id HAVING sum(p.amount) > 0
    ORDER BY min(p.entry) FILTER (WHERE t.id = ${holdId})`;
  return rows.map((row) => ({ lot: Number(row.lot), amount: Number(row.amount) }));
}

/** The lots that a transaction took from, in its order, and the bucket of the programme that it went to. */
export async function readUsed(
  scope: ShopScope,
  id: number,
  bucket: Bucket,
): Promise<{ lots: UsedLot[]; against: Bucket | null }> {
  const rows = await scope.tx.$queryRaw<
    {
      bucket: Bucket;
      amount: bigint;
      lot: bigint | null;
      account: bigint | null;
      origin: bigint | null;
      vest_at: Date | null;
      expires_at: Date | null;
    }[]
  >`
    SELECT p.bucket, p.amount, l.id AS lot, l.account_id AS account, coalesce(l.origin_id, l.id) AS origin, l.vest_at, l.expires_at
    FROM ledger_posting p LEFT JOIN ledger_lot l ON l.shop_id = p.shop_id AND l.id = p.lot_id
    WHERE p.shop_id = ${scope.shopId}::uuid AND p.transaction_id = ${id} ORDER BY p.entry`;
  const lots = rows.flatMap((row) =>
    row.bucket !== bucket || row.amount >= 0n || row.lot === null || row.vest_at === null
      ? []
      : {
          lot: Number(row.lot),
          amount: -Number(row.amount),
          account: Number(row.account),
          origin: Number(row.origin),
          vestAt: row.vest_at,
          expiresAt: row.expires_at,
        },
  );
  const against = rows.find((row) => row.lot === null && !['available', 'pending', 'held'].includes(row.bucket));
  return { lots, against: against?.bucket ?? null };
}

/** The lots that an earning opened, and what of them and their successors lapsed and was not made good for yet. */
export async function readEarned(
  scope: ShopScope,
  id: number,
): Promise<{ own: number[]; lapsed: Lapsed[]; against: Bucket | null }> {
  const own = await scope.tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM ledger_lot WHERE shop_id = ${scope.shopId}::uuid AND transaction_id = ${id} ORDER BY id`;
  const ids = toArrayLiteral(own.map((row) => Number(row.id)));
  const lapsed = await scope.tx.$queryRaw<{ bucket: Lapsed['bucket']; lot: bigint; amount: bigint }[]>`
    SELECT p.bucket, p.lot_id AS lot, sum(p.amount)::bigint AS amount
    FROM ledger_posting p
    WHERE p.shop_id = ${scope.shopId}::uuid AND p.bucket IN ('expired', 'forfeited') AND p.lot_id IN (
      SELECT l.id FROM ledger_lot l WHERE l.shop_id = ${scope.shopId}::uuid AND l.id = ANY(${ids}::bigint[])
      UNION ALL
      SELECT l.id FROM ledger_lot l WHERE l.shop_id = ${scope.shopId}::uuid AND l.origin_id = ANY(${ids}::bigint[]))
    GROUP BY 1, 2 HAVING sum(p.amount) > 0 ORDER BY 1, 2`;
  const { against } = await readUsed(scope, id, 'available');
  return {
    own: own.map((row) => Number(row.id)),
    lapsed: lapsed.map((row) => ({ bucket: row.bucket, lot: Number(row.lot), amount: Number(row.amount) })),
    against,
  };
}

/** Owners of accounts in which a lot is due, in an order that everybody shares, `limit` at most. */
export async function findDueAccounts(scope: ShopScope, at: Date, limit: number): Promise<AccountRef[]> {
  const rows = await scope.tx.$queryRaw<{ owner_kind: string; owner_id: string; unit: string }[]>`
    SELECT a.owner_kind, a.owner_id, a.unit FROM ledger_account a WHERE a.shop_id = ${scope.shopId}::uuid AND a.id IN (
      (SELECT account_id FROM ledger_lot
       WHERE shop_id = ${scope.shopId}::uuid AND pending > 0 AND vest_at <= ${at} ORDER BY vest_at LIMIT ${limit})
      UNION
      (SELECT account_id FROM ledger_lot
       WHERE shop_id = ${scope.shopId}::uuid AND available > 0 AND expires_at <= ${at} ORDER BY expires_at LIMIT ${limit}))
    ORDER BY a.unit, a.id LIMIT ${limit}`;
  return rows.map((row) => ({ ownerKind: row.owner_kind, ownerId: row.owner_id, unit: row.unit }));
}

/** Notes that an account goes on in another, for everybody who was led to it before as well. */
export async function noteMerged(scope: ShopScope, from: number, into: number): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE ledger_account SET merged_into = ${into} WHERE shop_id = ${scope.shopId}::uuid AND (id = ${from} OR merged_into = ${from})`;
}

/** Takes the owner's name off an account and off those that it took over. */
export async function forgetOwner(scope: ShopScope, id: number): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE ledger_account SET owner_id = 'erased-' || id::text
    WHERE shop_id = ${scope.shopId}::uuid AND (id = ${id} OR merged_into = ${id}) AND owner_id NOT LIKE 'erased-%'`;
}
