import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { AccountRef, Bucket, Operation, OwnerBucket, ProgrammeBucket, Source } from './model.ts';
import type { Lapsed } from './reversal-rules.ts';
import type { UsedLot } from './rules.ts';

/** A transaction as it was posted, with whose account it is now. */
export interface Posted {
  readonly id: number;
  readonly operation: Operation;
  readonly amount: number;
  readonly ref: AccountRef;
}

/** What was posted for each source, null where nothing was. */
export async function findPosted(scope: ShopScope, sources: readonly Source[]): Promise<(Posted | null)[]> {
  const column = (read: (source: Source) => string) => toArrayLiteral(sources.map(read));
  const rows = await scope.tx.$queryRaw<
    {
      n: bigint;
      id: bigint;
      operation: Operation;
      amount: bigint;
      owner_kind: string;
      owner_id: string;
      unit: string;
    }[]
  >`
    SELECT s.n, t.id, t.operation, t.amount, a.owner_kind, a.owner_id, a.unit
    FROM unnest(${column((source) => source.kind)}::text[], ${column((source) => source.id)}::text[], ${column((source) => source.purpose)}::text[])
      WITH ORDINALITY AS s(kind, id, purpose, n)
    JOIN ledger_transaction t ON t.shop_id = ${scope.shopId}::uuid AND t.source_kind = s.kind AND t.source_id = s.id AND t.purpose = s.purpose
    JOIN ledger_account a ON a.shop_id = t.shop_id AND a.id = t.account_id`;
  const found = new Map(
    rows.map((row) => {
      const ref = { ownerKind: row.owner_kind, ownerId: row.owner_id, unit: row.unit };
      return [Number(row.n), { id: Number(row.id), operation: row.operation, amount: Number(row.amount), ref }];
    }),
  );
  return sources.map((_, index) => found.get(index + 1) ?? null);
}

export interface SpentBefore {
  readonly amount: number;
  /** what was not given back of it */
  readonly left: number;
  readonly ref: AccountRef;
}

/** What was spent for a thing, by purpose. */
export async function readSpendings(
  scope: ShopScope,
  { kind, id }: Omit<Source, 'purpose'>,
): Promise<ReadonlyMap<string, SpentBefore>> {
  const rows = await scope.tx.$queryRaw<
    { purpose: string; amount: bigint; back: bigint; owner_kind: string; owner_id: string; unit: string }[]
  >`
    SELECT t.purpose, t.amount, a.owner_kind, a.owner_id, a.unit, coalesce((
      SELECT sum(r.amount) FROM ledger_transaction r
      WHERE r.shop_id = ${scope.shopId}::uuid AND r.related_id = t.id AND r.operation = 'give-back'), 0)::bigint AS back
    FROM ledger_transaction t JOIN ledger_account a ON a.shop_id = t.shop_id AND a.id = t.account_id
    WHERE t.shop_id = ${scope.shopId}::uuid AND t.source_kind = ${kind} AND t.source_id = ${id} AND t.operation = 'spend'`;
  return new Map(
    rows.map(({ purpose, amount, back, owner_kind: ownerKind, owner_id: ownerId, unit }) => [
      purpose,
      { amount: Number(amount), left: Number(amount - back), ref: { ownerKind, ownerId, unit } },
    ]),
  );
}

/** What became of a transaction until now. */
export interface History {
  /** what was reversed of it */
  readonly reversed: number;
  /** bucket of the programme that it was booked against */
  readonly against: ProgrammeBucket;
  /** lots that it took from, by the bucket it took from, in its order */
  readonly used: Readonly<Record<'available' | 'held', readonly UsedLot[]>>;
  /** lots that it opened */
  readonly own: readonly number[];
  /** what of these and their successors lapsed and was not made good for yet */
  readonly lapsed: readonly Lapsed[];
}

/** Histories of transactions, by their ids. */
export async function readHistories(scope: ShopScope, ids: readonly number[]): Promise<Map<number, History>> {
  const given = toArrayLiteral(ids);
  const reversed = await scope.tx.$queryRaw<{ id: bigint; total: bigint }[]>`
    SELECT related_id AS id, sum(amount)::bigint AS total FROM ledger_transaction
    WHERE shop_id = ${scope.shopId}::uuid AND related_id = ANY(${given}::bigint[]) AND operation IN ('take-back', 'give-back') GROUP BY 1`;
  const own = await scope.tx.$queryRaw<{ id: bigint; of: bigint }[]>`
    SELECT id, transaction_id AS of FROM ledger_lot
    WHERE shop_id = ${scope.shopId}::uuid AND transaction_id = ANY(${given}::bigint[]) ORDER BY id`;
  const lapsed = await readLapsed(
    scope,
    own.map((row) => Number(row.id)),
  );
  const lines = Map.groupBy(await readLines(scope, given), (line) => Number(line.of));
  return new Map(
    ids.map((id): [number, History] => {
      const mine = lines.get(id) ?? [];
      const opened = own.filter((row) => Number(row.of) === id).map((row) => Number(row.id));
      return [
        id,
        {
          reversed: Number(reversed.find((row) => Number(row.id) === id)?.total ?? 0),
          against: againstOf(mine),
          used: { available: usedOf(mine, 'available'), held: usedOf(mine, 'held') },
          own: opened,
          lapsed: lapsed.filter(({ of }) => opened.includes(of)),
        },
      ];
    }),
  );
}

/** What of lots and of those that go on with them lapsed. */
async function readLapsed(scope: ShopScope, lots: readonly number[]): Promise<(Lapsed & { readonly of: number })[]> {
  if (lots.length === 0) return [];
  const given = toArrayLiteral(lots);
  const rows = await scope.tx.$queryRaw<{ bucket: Lapsed['bucket']; lot: bigint; of: bigint; amount: bigint }[]>`
    SELECT p.bucket, p.lot_id AS lot, l.of, sum(p.amount)::bigint AS amount
    FROM (
      SELECT id, id AS of FROM ledger_lot WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${given}::bigint[])
      UNION ALL
      SELECT id, origin_id FROM ledger_lot WHERE shop_id = ${scope.shopId}::uuid AND origin_id = ANY(${given}::bigint[])
    ) l JOIN ledger_posting p ON p.shop_id = ${scope.shopId}::uuid AND p.lot_id = l.id
    WHERE p.bucket IN ('expired', 'forfeited')
    GROUP BY 1, 2, 3 HAVING sum(p.amount) > 0 ORDER BY 1, 2`;
  return rows.map((row) => ({
    bucket: row.bucket,
    lot: Number(row.lot),
    of: Number(row.of),
    amount: Number(row.amount),
  }));
}

interface Line {
  of: bigint;
  bucket: Bucket;
  amount: bigint;
  lot: bigint | null;
  account: bigint | null;
  origin: bigint | null;
  vest_at: Date | null;
  expires_at: Date | null;
}

async function readLines(scope: ShopScope, ids: string): Promise<Line[]> {
  return scope.tx.$queryRaw<Line[]>`
    SELECT p.transaction_id AS of, p.bucket, p.amount, l.id AS lot, l.account_id AS account,
      CASE WHEN l.origin_id IS NULL THEN l.id ELSE l.origin_id END AS origin, l.vest_at, l.expires_at
    FROM ledger_posting p LEFT JOIN ledger_lot l ON l.shop_id = p.shop_id AND l.id = p.lot_id
    WHERE p.shop_id = ${scope.shopId}::uuid AND p.transaction_id = ANY(${ids}::bigint[]) ORDER BY p.transaction_id, p.entry`;
}

const usedOf = (lines: readonly Line[], bucket: OwnerBucket): UsedLot[] =>
  lines.flatMap((line) =>
    line.bucket !== bucket || line.amount >= 0n || line.lot === null || line.vest_at === null
      ? []
      : {
          lot: Number(line.lot),
          amount: -Number(line.amount),
          account: Number(line.account),
          origin: Number(line.origin),
          vestAt: line.vest_at,
          expiresAt: line.expires_at,
        },
  );

const ofOwners: readonly Bucket[] = ['available', 'pending', 'held'];
const isOfProgramme = (bucket: Bucket): bucket is ProgrammeBucket => !ofOwners.includes(bucket);

function againstOf(lines: readonly Line[]): ProgrammeBucket {
  const bucket = lines.find((line) => line.lot === null && isOfProgramme(line.bucket))?.bucket;
  if (bucket === undefined || !isOfProgramme(bucket))
    throw new Error('a transaction without the side of the programme');
  return bucket;
}
