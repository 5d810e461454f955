import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';
import { type AccountRef, type Owner, programme, type Source } from './model.ts';

export interface OwnersAccount {
  readonly id: number;
  readonly unit: string;
  /** it goes on in another one: what there is belongs to somebody else now */
  readonly merged: boolean;
}

/** Accounts that bear an owner's name, in an order that everybody shares. */
export async function readOwnersAccounts(scope: ShopScope, { ownerKind, ownerId }: Owner): Promise<OwnersAccount[]> {
  const rows = await scope.tx.ledgerAccount.findMany({
    where: { shopId: scope.shopId, ownerKind, ownerId },
    select: { id: true, unit: true, mergedInto: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, unit, mergedInto }) => ({ id: Number(id), unit, merged: mergedInto !== null }));
}

/** Sources of holds of an account of which something is still set aside. */
export async function readOpenHolds(scope: ShopScope, account: number): Promise<Source[]> {
  const rows = await scope.tx.$queryRaw<{ kind: string; id: string; purpose: string }[]>`
    SELECT h.source_kind AS kind, h.source_id AS id, h.purpose FROM (
      SELECT CASE WHEN t.related_id IS NULL THEN t.id ELSE t.related_id END AS hold
      FROM ledger_posting p JOIN ledger_transaction t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE p.shop_id = ${scope.shopId}::uuid AND p.account_id = ${account} AND p.bucket = 'held'
      GROUP BY 1 HAVING sum(p.amount) > 0
    ) open JOIN ledger_transaction h ON h.shop_id = ${scope.shopId}::uuid AND h.id = open.hold ORDER BY h.id`;
  return rows;
}

/** Notes that an account goes on in another, for everybody who was led to it before as well. */
export async function noteMerged(scope: ShopScope, from: number, into: number): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE ledger_account SET merged_into = ${into} WHERE shop_id = ${scope.shopId}::uuid AND (id = ${from} OR merged_into = ${from})`;
}

/** Takes the owner's name off an account. */
export async function forgetName(scope: ShopScope, id: number): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE ledger_account SET owner_id = 'erased-' || id::text, closes_at = NULL
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${id} AND owner_id NOT LIKE 'erased-%'`;
}

/** Takes the names off the accounts that one took over. */
export async function forgetMergedNames(scope: ShopScope, into: number): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE ledger_account SET owner_id = 'erased-' || id::text, closes_at = NULL
    WHERE shop_id = ${scope.shopId}::uuid AND merged_into = ${into} AND owner_id NOT LIKE 'erased-%'`;
}

/** Notes when an owner's accounts are to be closed, unless that is noted already. */
export async function noteClosing(scope: ShopScope, { ownerKind, ownerId }: Owner, closesAt: Date): Promise<void> {
  await scope.tx.ledgerAccount.updateMany({
    where: { shopId: scope.shopId, ownerKind, ownerId, closesAt: null },
    data: { closesAt },
  });
}

/** Owners whose accounts are to be closed by now. */
export async function findOwnersToClose(scope: ShopScope, at: Date, limit: number): Promise<Owner[]> {
  return scope.tx.ledgerAccount.findMany({
    where: { shopId: scope.shopId, closesAt: { lte: at } },
    select: { ownerKind: true, ownerId: true },
    distinct: ['ownerKind', 'ownerId'],
    orderBy: { id: 'asc' },
    take: limit,
  });
}

/** Units that a shop keeps accounts in. */
export async function readUnits(scope: ShopScope): Promise<string[]> {
  const rows = await scope.tx.ledgerAccount.findMany({
    where: { shopId: scope.shopId, ownerKind: programme },
    select: { unit: true },
    orderBy: { unit: 'asc' },
  });
  return rows.map(({ unit }) => unit);
}

/** Accounts of owners whose name is, or begins with, what is looked for; the first `limit` in the order of the names. */
export async function findAccounts(scope: ShopScope, name: string, limit: number): Promise<AccountRef[]> {
  return scope.tx.ledgerAccount.findMany({
    where: { shopId: scope.shopId, ownerKind: { not: programme }, ownerId: { startsWith: inPattern(name) } },
    select: { ownerKind: true, ownerId: true, unit: true },
    orderBy: [{ ownerId: 'asc' }, { unit: 'asc' }],
    take: limit,
  });
}

/** Accounts of these owners, in the order of their names. */
export async function findAccountsOf(
  scope: ShopScope,
  ownerKind: string,
  ownerIds: readonly string[],
): Promise<AccountRef[]> {
  return scope.tx.ledgerAccount.findMany({
    where: { shopId: scope.shopId, ownerKind, ownerId: { in: [...ownerIds] } },
    select: { ownerKind: true, ownerId: true, unit: true },
    orderBy: [{ ownerId: 'asc' }, { unit: 'asc' }],
  });
}

/** What moved in the accounts of these owners and in those that came to theirs, oldest first, for one who asks for it. */
export async function readMovementsOf(scope: ShopScope, ownerKind: string, ownerIds: readonly string[]) {
  return scope.tx.$queryRaw<
    {
      readonly unit: string;
      readonly at: Date;
      readonly operation: string;
      readonly source: string;
      readonly bucket: string;
      readonly amount: number;
    }[]
  >`
    WITH own AS (
      SELECT id FROM ledger_account
      WHERE shop_id = ${scope.shopId}::uuid AND owner_kind = ${ownerKind} AND owner_id = ANY(${[...ownerIds]}::text[])
    )
    SELECT a.unit, t.at, t.operation, t.source_kind AS source, p.bucket, p.amount::float8 AS amount
    FROM ledger_account a
    JOIN ledger_posting p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN ledger_transaction t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${scope.shopId}::uuid AND (a.id IN (SELECT id FROM own) OR a.merged_into IN (SELECT id FROM own))
    ORDER BY p.transaction_id, p.entry`;
}
