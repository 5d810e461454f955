import type { ShopScope } from '#app/infra/database.ts';
import { issueCodes } from './issue-code.ts';
import { type CodeSource, codeTerms, type CodeWish, type RandomBytes } from './model.ts';
import { purposeOfReplaced } from './rules.ts';

interface Issuing {
  readonly now: Date;
  readonly random: RandomBytes;
}

/** A code may be used still. */
const usable = ['wanted', 'open', 'refused'];

/**
 * Two customers became one. A code says itself whose it is, so that one of the first cannot become the second's: each that
 * may still be used is taken out of the store, and its source has a new one of the same terms for the second. To be
 * followed by publishing. The same again changes nothing.
 */
export async function joinCodes(scope: ShopScope, from: string, into: string, issuing: Issuing): Promise<void> {
  const { shopId, tx } = scope;
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM discount_code WHERE shop_id = ${shopId}::uuid AND customer_id = ${from} AND state = ANY(${usable}::text[])
    ORDER BY id FOR UPDATE`;
  await replace(
    scope,
    rows.map(({ id }) => id),
    { by: () => from, customerId: into },
    issuing,
  );
  const mine = { shopId, customerId: from };
  await tx.discountCode.updateMany({ where: mine, data: { customerId: into } });
  await tx.storeGift.updateMany({ where: mine, data: { customerId: into } });
}

/**
 * Gives whoever lost a code without having had anything from it a new one of the same terms: the store never gives a use
 * back, or the code was taken back because of an order that stands no more. Nothing for codes that can still be used, have
 * ended or are nobody's.
 * @returns whether there is a new one, for publishing
 */
export async function renewCode(scope: ShopScope, source: CodeSource, issuing: Issuing): Promise<boolean> {
  const rows = await scope.tx.$queryRaw<{ id: bigint; customer: string }[]>`
    SELECT id, customer_id AS customer FROM discount_code
    WHERE shop_id = ${scope.shopId}::uuid AND source_kind = ${source.kind} AND source_id = ${source.id}
      AND purpose = ${source.purpose} AND state IN ('used', 'withdrawn') AND used = 0 AND customer_id IS NOT NULL
      AND (ends_at IS NULL OR ends_at > ${issuing.now}) FOR UPDATE`;
  for (const { id, customer } of rows) await replace(scope, [id], { by: String, customerId: customer }, issuing);
  return rows.length > 0;
}

/** The source is free for the new code; the old one stands for orders that carry it. */
async function replace(
  scope: ShopScope,
  ids: readonly bigint[],
  { by, customerId }: { readonly by: (id: bigint) => string; readonly customerId: string },
  issuing: Issuing,
): Promise<void> {
  const { shopId, tx } = scope;
  const rows = await tx.discountCode.findMany({ where: { shopId, id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  for (const { id, purpose, state } of rows)
    await tx.discountCode.update({
      where: { shopId_id: { shopId, id } },
      data: {
        purpose: purposeOfReplaced(purpose, by(id)),
        ...(usable.includes(state) ? { state: 'withdrawn', todo: 'remove' } : {}),
      },
    });
  const wishes = rows.map((row): CodeWish => ({
    source: { kind: row.sourceKind, id: row.sourceId, purpose: row.purpose },
    title: row.title,
    terms: codeTerms.parse(row.terms),
    customerId,
    uses: row.uses,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    ...prefixOf(row.code),
  }));
  await issueCodes(scope, wishes, issuing);
}

/** What stands before the drawn part. */
function prefixOf(code: string): { prefix?: string } {
  const end = code.lastIndexOf('-');
  return end < 0 ? {} : { prefix: code.slice(0, end) };
}
