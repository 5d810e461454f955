import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type Code, type CodeSource, type CodeState, codeTerms, type CodeWish } from './model.ts';
import { isReplaced } from './rules.ts';

/** A source as one text. */
export const keyOf = ({ kind, id, purpose }: CodeSource): string => JSON.stringify([kind, id, purpose]);

export interface CodeDraft extends Omit<CodeWish, 'prefix' | 'text'> {
  readonly code: string;
  readonly offer: string;
}

/** Writes codes whose source and text are new; returns the keys of their sources. */
export async function insertCodes(
  scope: ShopScope,
  drafts: readonly CodeDraft[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const column = (read: (draft: CodeDraft) => string | number | Date | null) => toArrayLiteral(drafts.map(read));
  const rows = await scope.tx.$queryRaw<{ kind: string; id: string; purpose: string }[]>`
    INSERT INTO discount_code (shop_id, state, todo, issued_at, code, source_kind, source_id, purpose, title, terms, offer,
      customer_id, uses, starts_at, ends_at)
    SELECT ${scope.shopId}::uuid, 'wanted', 'make', ${now}, * FROM unnest(
      ${column(({ code }) => code)}::text[],
      ${column(({ source }) => source.kind)}::text[],
      ${column(({ source }) => source.id)}::text[],
      ${column(({ source }) => source.purpose)}::text[],
      ${column(({ title }) => title)}::text[],
      ${column(({ terms }) => JSON.stringify(terms))}::jsonb[],
      ${column(({ offer }) => offer)}::text[],
      ${column(({ customerId }) => customerId)}::text[],
      ${column(({ uses }) => uses)}::int[],
      ${column(({ startsAt }) => startsAt)}::timestamptz[],
      ${column(({ endsAt }) => endsAt)}::timestamptz[])
    ON CONFLICT DO NOTHING
    RETURNING source_kind AS kind, source_id AS id, purpose`;
  return new Set(rows.map(keyOf));
}

/** Which of these codes, in any case, are ours, whatever became of them; in capital letters. */
export async function findOwnCodes(scope: ShopScope, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(codes.map((code) => code.toUpperCase()))];
  if (wanted.length === 0) return new Set();
  const rows = await scope.tx.discountCode.findMany({
    where: { shopId: scope.shopId, code: { in: wanted } },
    select: { code: true },
  });
  return new Set(rows.map(({ code }) => code));
}

type Row = Awaited<ReturnType<typeof findRows>>[number];

const selected = {
  code: true,
  sourceKind: true,
  sourceId: true,
  purpose: true,
  title: true,
  terms: true,
  customerId: true,
  state: true,
  refusal: true,
  uses: true,
  used: true,
  endsAt: true,
  orderId: true,
  usedAt: true,
} as const;

const findRows = (scope: ShopScope, where: { sourceKind: string; sourceId: { in: string[] } }) =>
  scope.tx.discountCode.findMany({ where: { shopId: scope.shopId, ...where }, select: selected });

const toCode = ({ sourceKind, sourceId, purpose, terms, state, ...row }: Row): Code => ({
  ...row,
  source: { kind: sourceKind, id: sourceId, purpose },
  terms: codeTerms.parse(terms),
  state: state as CodeState,
});

/** A statement takes 32,767 parameters. */
const idsAtOnce = 10_000;

/** The codes of sources, in no order; those that have none are left out. */
export async function readCodes(scope: ShopScope, sources: readonly CodeSource[]): Promise<Code[]> {
  const wanted = new Set(sources.map(keyOf));
  const found: Code[] = [];
  for (const [kind, some] of Map.groupBy(sources, (source) => source.kind)) {
    const ids = [...new Set(some.map(({ id }) => id))];
    found.push(...(await readCodesOf(scope, kind, ids)).filter(({ source }) => wanted.has(keyOf(source))));
  }
  return found;
}

/** All codes of things of one kind, in no order; without those that others have taken the place of. */
export async function readCodesOf(scope: ShopScope, kind: string, ids: readonly string[]): Promise<Code[]> {
  const found: Code[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = ids.slice(from, from + idsAtOnce);
    const rows = await findRows(scope, { sourceKind: kind, sourceId: { in: some } });
    found.push(...rows.filter((row) => !isReplaced(row)).map(toCode));
  }
  return found;
}

/** The code of a source, or null. */
export async function readCode(scope: ShopScope, source: CodeSource): Promise<Code | null> {
  const [code] = await readCodes(scope, [source]);
  return code ?? null;
}

/**
 * Takes a code back where no order has used it up. The store learns of it by the job of publishing; an order that is
 * placed before that stands, and whoever issued the code is told of it (`readStandings`). Locks the code: before whatever
 * else is locked, as orders do.
 */
export async function withdrawCode(
  scope: ShopScope,
  source: CodeSource,
): Promise<'withdrawn' | 'used' | 'over' | 'none'> {
  const rows = await scope.tx.$queryRaw<{ state: CodeState }[]>`
    WITH known AS (
      SELECT id, state FROM discount_code WHERE shop_id = ${scope.shopId}::uuid AND source_kind = ${source.kind}
        AND source_id = ${source.id} AND purpose = ${source.purpose} FOR UPDATE
    ), changed AS (
      UPDATE discount_code c SET state = 'withdrawn', todo = 'remove' FROM known
      WHERE c.shop_id = ${scope.shopId}::uuid AND c.id = known.id AND known.state IN ('wanted', 'open', 'refused')
    )
    SELECT state FROM known`;
  const state = rows[0]?.state;
  if (state === undefined) return 'none';
  if (state === 'used') return 'used';
  return state === 'expired' ? 'over' : 'withdrawn';
}
