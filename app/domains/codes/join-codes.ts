import type { ShopScope } from '#app/infra/database.ts';
import { issueCodes } from './issue-code.ts';
import { codeTerms, type CodeWish, type RandomBytes } from './model.ts';

/**
 * Two customers became one. A code says itself whose it is, so that one of the first cannot become the second's: each that
 * may still be used is taken out of the store, and its source has a new one of the same terms for the second. To be
 * followed by publishing. The same again changes nothing.
 */
export async function joinCodes(
  scope: ShopScope,
  from: string,
  into: string,
  issuing: { readonly now: Date; readonly random: RandomBytes },
): Promise<void> {
  const { shopId, tx } = scope;
  const mine = { shopId, customerId: from };
  const usable = await tx.discountCode.findMany({
    where: { ...mine, state: { in: ['wanted', 'open', 'refused'] } },
    orderBy: { id: 'asc' },
  });
  // The source is free for the new code; the old one stands for orders that carry it.
  for (const { id, purpose } of usable)
    await tx.discountCode.update({
      where: { shopId_id: { shopId, id } },
      data: { purpose: `${purpose} of ${from}`, state: 'withdrawn', todo: 'remove' },
    });
  const wishes = usable.map((row): CodeWish => ({
    source: { kind: row.sourceKind, id: row.sourceId, purpose: row.purpose },
    title: row.title,
    terms: codeTerms.parse(row.terms),
    customerId: into,
    uses: row.uses,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    ...prefixOf(row.code),
  }));
  await issueCodes(scope, wishes, issuing);
  await tx.discountCode.updateMany({ where: mine, data: { customerId: into } });
  await tx.storeGift.updateMany({ where: mine, data: { customerId: into } });
}

/** What stands before the drawn part. */
function prefixOf(code: string): { prefix?: string } {
  const end = code.lastIndexOf('-');
  return end < 0 ? {} : { prefix: code.slice(0, end) };
}
