import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { type CodeTerms, codeTerms } from './model.ts';

/** Codes of one offer that the store is to make. */
export interface CodeBatch {
  readonly offer: string;
  /** the store's discount of the offer, where it is known */
  readonly storeId: string | null;
  readonly title: string;
  readonly terms: CodeTerms;
  readonly bound: boolean;
  readonly uses: number | null;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly codes: readonly string[];
}

interface Row {
  readonly offer: string;
  readonly store_id: string | null;
  readonly title: string;
  readonly terms: unknown;
  readonly bound: boolean;
  readonly uses: number | null;
  readonly starts_at: Date;
  readonly ends_at: Date | null;
  readonly code: string;
}

/** The next codes to make, at most `limit` of one offer; null when nothing is left. */
export async function nextToMake(scope: ShopScope, limit: number): Promise<CodeBatch | null> {
  const rows = await scope.tx.$queryRaw<Row[]>`
    WITH next AS (
      SELECT offer FROM discount_code WHERE shop_id = ${scope.shopId}::uuid AND todo = 'make' ORDER BY offer, id LIMIT 1
    )
    SELECT c.offer, o.store_id, c.title, c.terms, c.customer_id IS NOT NULL AS bound, c.uses, c.starts_at, c.ends_at, c.code
    FROM discount_code c JOIN next USING (offer)
    LEFT JOIN discount_code_offer o ON o.shop_id = ${scope.shopId}::uuid AND o.offer = c.offer
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.todo = 'make' ORDER BY c.id LIMIT ${limit}`;
  const [first] = rows;
  return first
    ? batchOf(
        first,
        rows.map(({ code }) => code),
      )
    : null;
}

/** One for each discount of the store that holds codes, without them. For stores that have one for many codes. */
export async function readMadeOffers(scope: ShopScope): Promise<CodeBatch[]> {
  const rows = await scope.tx.$queryRaw<Omit<Row, 'code'>[]>`
    SELECT DISTINCT ON (c.store_id) c.offer, c.store_id, c.title, c.terms, c.customer_id IS NOT NULL AS bound, c.uses,
      c.starts_at, c.ends_at
    FROM discount_code c WHERE c.shop_id = ${scope.shopId}::uuid AND c.store_id IS NOT NULL
    ORDER BY c.store_id, c.id`;
  return rows.map((row) => batchOf(row, []));
}

function batchOf(row: Omit<Row, 'code'>, codes: readonly string[]): CodeBatch {
  const { offer, store_id: storeId, title, bound, uses, starts_at: startsAt, ends_at: endsAt } = row;
  return { offer, storeId, title, terms: codeTerms.parse(row.terms), bound, uses, startsAt, endsAt, codes };
}

/** The store has the codes now; those that were taken back meanwhile stay to be removed. */
export async function noteMade(
  scope: ShopScope,
  offer: string,
  storeId: string | null,
  made: readonly { readonly code: string; readonly storeId: string }[],
): Promise<void> {
  await noteOffer(scope, offer, storeId);
  if (made.length === 0) return;
  await scope.tx.$executeRaw`
    UPDATE discount_code c SET store_id = made.store_id,
      state = CASE WHEN c.state = 'wanted' THEN 'open' ELSE c.state END,
      todo = CASE WHEN c.todo = 'make' THEN NULL ELSE c.todo END
    FROM unnest(${toArrayLiteral(made.map(({ code }) => code))}::text[],
      ${toArrayLiteral(made.map((one) => one.storeId))}::text[]) AS made(code, store_id)
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.code = made.code`;
}

/** Remembers the store's discount of an offer; null = it is gone. */
async function noteOffer(scope: ShopScope, offer: string, storeId: string | null): Promise<void> {
  const { shopId } = scope;
  if (storeId === null) return void (await scope.tx.discountCodeOffer.deleteMany({ where: { shopId, offer } }));
  const where = { shopId_offer: { shopId, offer } };
  await scope.tx.discountCodeOffer.upsert({ where, create: { shopId, offer, storeId }, update: { storeId } });
}

/** These codes cannot be made; a sentence for each says why. */
export async function noteRefused(
  scope: ShopScope,
  refused: readonly { readonly code: string; readonly reason: string }[],
): Promise<void> {
  if (refused.length === 0) return;
  await scope.tx.$executeRaw`
    UPDATE discount_code c SET state = 'refused', todo = NULL, refusal = refused.reason
    FROM unnest(${toArrayLiteral(refused.map(({ code }) => code))}::text[],
      ${toArrayLiteral(refused.map(({ reason }) => reason))}::text[]) AS refused(code, reason)
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.code = refused.code AND c.state = 'wanted'`;
}

/** What was refused is wanted again; returns how many. */
export async function retryRefused(scope: ShopScope, now: Date): Promise<number> {
  return scope.tx.$executeRaw`
    UPDATE discount_code SET state = 'wanted', todo = 'make', refusal = NULL
    WHERE shop_id = ${scope.shopId}::uuid AND state = 'refused' AND (ends_at IS NULL OR ends_at > ${now})`;
}

export interface RemovalBatch {
  readonly offer: string;
  readonly storeId: string | null;
  readonly codes: readonly { readonly code: string; readonly storeId: string | null }[];
  /** nothing of the offer is left to be used, or to be made */
  readonly last: boolean;
}

/**
 * The next codes to take out of the store, at most `limit` of one offer; null when nothing is left.
 * @param passed codes that the store just refused to give up
 */
export async function nextToRemove(
  scope: ShopScope,
  limit: number,
  passed: readonly string[] = [],
): Promise<RemovalBatch | null> {
  const rows = await scope.tx.$queryRaw<{ offer: string; code: string; store_id: string | null }[]>`
    WITH next AS (
      SELECT offer FROM discount_code
      WHERE shop_id = ${scope.shopId}::uuid AND todo = 'remove' AND code <> ALL(${passed}::text[])
      ORDER BY offer, id LIMIT 1
    )
    SELECT c.offer, c.code, c.store_id FROM discount_code c JOIN next USING (offer)
    WHERE c.shop_id = ${scope.shopId}::uuid AND c.todo = 'remove' AND c.code <> ALL(${passed}::text[])
    ORDER BY c.id LIMIT ${limit}`;
  const offer = rows[0]?.offer;
  if (offer === undefined) return null;
  const { shopId } = scope;
  const codes = rows.map(({ code, store_id }) => ({ code, storeId: store_id }));
  const where = { shopId, offer, code: { notIn: codes.map(({ code }) => code) } };
  const [known, others] = await Promise.all([
    scope.tx.discountCodeOffer.findUnique({ where: { shopId_offer: { shopId, offer } }, select: { storeId: true } }),
    scope.tx.discountCode.findFirst({
      where: { ...where, OR: [{ todo: { not: null } }, { state: 'open' }] },
      select: { id: true },
    }),
  ]);
  return { offer, storeId: known?.storeId ?? null, codes, last: others === null };
}

/** The store has these codes no more. */
export async function noteRemoved(scope: ShopScope, { offer, codes, last }: RemovalBatch): Promise<void> {
  const { shopId } = scope;
  await scope.tx.discountCode.updateMany({
    where: { shopId, code: { in: codes.map(({ code }) => code) }, todo: 'remove' },
    data: { todo: null, storeId: null },
  });
  if (last) await noteOffer(scope, offer, null);
}

/** How many codes wait for the store. */
export async function countToMake(scope: ShopScope): Promise<number> {
  return scope.tx.discountCode.count({ where: { shopId: scope.shopId, todo: 'make' } });
}

/** Codes whose time is over are noted as that, to be taken out of the stores. Sees all shops: time passes in each. */
export async function expireCodes(scope: SystemScope, now: Date): Promise<number> {
  return scope.tx.$executeRaw`
    UPDATE discount_code SET state = 'expired', todo = 'remove'
    WHERE ends_at <= ${now} AND state IN ('wanted', 'open')`;
}

/** Shops whose store lags behind. */
export async function findShopsWithCodeWork(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT shop_id::text AS id FROM discount_code WHERE todo IS NOT NULL LIMIT 1000`;
  return rows.map(({ id }) => toShopId(id));
}

/** Whether the store has, or is to have, a code that makes shipping free. */
export async function hasShippingCodes(scope: ShopScope): Promise<boolean> {
  const [found] = await scope.tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM discount_code WHERE shop_id = ${scope.shopId}::uuid
        AND terms ->> 'type' = 'free-shipping' AND (state IN ('wanted', 'open') OR todo IS NOT NULL)
    ) AS found`;
  return found?.found === true;
}

/** Shops with codes that may be used. */
export async function findShopsWithOpenCodes(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM shop s WHERE EXISTS (
      SELECT 1 FROM discount_code c WHERE c.shop_id = s.id AND c.state IN ('open', 'wanted'))`;
  return rows.map(({ id }) => toShopId(id));
}
