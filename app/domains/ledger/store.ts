import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import {
  type Account,
  type AccountRef,
  type Balances,
  type Draft,
  type Existing,
  openedSchema,
  postedSchema,
  programme,
  type Source,
} from './model.ts';
import { numbered } from './after.ts';
import type { Books, Part } from './rules.ts';

export interface Opened {
  /** locked until the transaction ends, in the order asked for */
  readonly accounts: readonly Account[];
  /** the programme's accounts, by unit */
  readonly programmes: ReadonlyMap<string, number>;
  /** what was posted for each source before */
  readonly existing: readonly (Existing | null)[];
}

/** What is to be locked and asked for. */
interface Asked {
  readonly refs: readonly AccountRef[];
  readonly sources: readonly Source[];
  readonly at: Date;
}

/**
 * Locks the accounts of owners, opening those that are missing, and reads them with what was posted for the sources
 * before. Whoever was merged into another owner has that one's account. All owners of a transaction in one call, which
 * locks in one order for everybody.
 */
export async function open(scope: ShopScope, asked: Asked): Promise<Opened> {
  const [owners, sources] = columnsOf(asked);
  const rows = await scope.tx.$queryRaw<{ opened: unknown }[]>`
    /* prepare ledger_open */ SELECT ledger_open(${scope.shopId}::uuid, ${owners.kinds}::text[], ${owners.ids}::text[], ${owners.units}::text[],
      ${sources.kinds}::text[], ${sources.ids}::text[], ${sources.purposes}::text[], ${asked.at}::timestamptz) AS opened`;
  return toOpened(asked.refs, openedSchema.parse(rows[0]?.opened));
}

/**
 * Locks like `open`, and writes at once what was drafted on blank books if that is what it comes to on the true ones:
 * no source is taken, nothing is due in the accounts and nobody owes.
 * @returns ids, null where a source was taken meanwhile; or what there is, for other drafts
 */
export async function openOrWrite(
  scope: ShopScope,
  asked: Asked,
  drafts: readonly Draft[],
): Promise<{ readonly ids: readonly (number | null)[] } | { readonly opened: Opened }> {
  const [owners, sources] = columnsOf(asked);
  const rows = await scope.tx.$queryRaw<{ posted: unknown }[]>`
    /* prepare ledger_post */ SELECT ledger_post(${scope.shopId}::uuid, ${owners.kinds}::text[], ${owners.ids}::text[], ${owners.units}::text[],
      ${sources.kinds}::text[], ${sources.ids}::text[], ${sources.purposes}::text[], ${asked.at}::timestamptz,
      ${toTransactions(drafts)}::jsonb) AS posted`;
  const posted = postedSchema.parse(rows[0]?.posted);
  return 'ids' in posted ? posted : { opened: toOpened(asked.refs, posted) };
}

const unitsOf = (refs: readonly AccountRef[]) => [...new Set(refs.map((ref) => ref.unit))];

/** Books of owners who have nothing. Accounts are named by their place in what `openOrWrite` asks for, from 1. */
export function blankBooks(refs: readonly AccountRef[]): Opened {
  const accounts = refs.map((_, index) => ({ id: index + 1, available: 0, pending: 0, held: 0, lots: [] }));
  const programmes = new Map(unitsOf(refs).map((unit, index) => [unit, refs.length + index + 1]));
  return { accounts, programmes, existing: [] };
}

function columnsOf({ refs, sources }: Asked) {
  if (refs.some((ref) => ref.ownerKind === programme || ref.ownerId === '')) throw new Error('not an owner');
  const all = [...refs, ...unitsOf(refs).map((unit) => ({ ownerKind: programme, ownerId: '', unit }))];
  const column = <Item>(items: readonly Item[], read: (item: Item) => string) => toArrayLiteral(items.map(read));
  return [
    {
      kinds: column(all, (ref) => ref.ownerKind),
      ids: column(all, (ref) => ref.ownerId),
      units: column(all, (ref) => ref.unit),
    },
    {
      kinds: column(sources, (source) => source.kind),
      ids: column(sources, (source) => source.id),
      purposes: column(sources, (source) => source.purpose),
    },
  ] as const;
}

function toOpened(refs: readonly AccountRef[], { accounts, existing }: Omit<Opened, 'programmes'>): Opened {
  const shopSide = accounts.slice(refs.length).map((account) => account.id);
  const units = unitsOf(refs).flatMap((unit, index) =>
    shopSide.slice(index, index + 1).map((id) => [unit, id] as const),
  );
  return { accounts: accounts.slice(0, refs.length), programmes: new Map(units), existing };
}

/** Books of an owner's account that was opened. */
export function booksOf({ accounts, programmes }: Opened, index: number, unit: string): Books {
  const account = accounts[index];
  const shopSide = programmes.get(unit);
  if (!account || shopSide === undefined) throw new Error('an account was not opened');
  return { account, programme: shopSide };
}

/** Writes transactions with their postings and new lots. Returns their ids, null where the source has one already. */
export async function write(scope: ShopScope, drafts: readonly Draft[]): Promise<(number | null)[]> {
  const rows = await scope.tx.$queryRaw<{ ids: (bigint | null)[] }[]>`
    /* prepare ledger_write */ SELECT ledger_write(${scope.shopId}::uuid, ${toTransactions(drafts)}::jsonb, NULL) AS ids`;
  return (rows[0]?.ids ?? []).map((id) => (id === null ? null : Number(id)));
}

/** As JSON, with the lots that they open counted through all of them. */
function toTransactions(drafts: readonly Draft[]): string {
  let opened = 0;
  const transactions = drafts.map((draft) => {
    const postings = draft.postings.map((posting) => numbered(posting, opened));
    opened += draft.lots.length;
    return { ...draft, postings };
  });
  return toJsonb(transactions);
}

/**
 * What is kept of an owner, from the balances that the database keeps; nothing where there is no account. CASE and not
 * coalesce, which row-level security keeps from the index (it counts as leaking).
 */
export async function readBalances(scope: ShopScope, ref: AccountRef): Promise<Balances> {
  const rows = await scope.tx.$queryRaw<{ available: bigint; pending: bigint; held: bigint }[]>`
    /* prepare ledger_balances */ SELECT b.available, b.pending, b.held FROM ledger_account a
    JOIN ledger_account b ON b.shop_id = a.shop_id AND b.id = CASE WHEN a.merged_into IS NULL THEN a.id ELSE a.merged_into END
    WHERE a.shop_id = ${scope.shopId}::uuid AND a.owner_kind = ${ref.ownerKind} AND a.owner_id = ${ref.ownerId} AND a.unit = ${ref.unit}`;
  const row = rows[0];
  return { available: Number(row?.available ?? 0), pending: Number(row?.pending ?? 0), held: Number(row?.held ?? 0) };
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
