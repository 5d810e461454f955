import type { ShopScope } from '#app/infra/database.ts';
import { type Programme, programmeTerms, type ProgrammeTerms, usualTerms } from './model.ts';
import type { FirstOrder } from './simulate.ts';

/** What the merchant decided; the usual terms, switched off, before the first decision. */
export async function readProgramme(scope: ShopScope): Promise<Programme> {
  const row = await scope.tx.referralProgramme.findUnique({ where: { shopId: scope.shopId } });
  return row ? { active: row.active, terms: programmeTerms.parse(row.terms) } : { active: false, terms: usualTerms };
}

export async function saveProgramme(scope: ShopScope, { active, terms }: Programme, now: Date): Promise<void> {
  const values = { active, terms: terms satisfies ProgrammeTerms, updatedAt: now };
  await scope.tx.referralProgramme.upsert({
    where: { shopId: scope.shopId },
    create: { shopId: scope.shopId, ...values },
    update: values,
  });
}

/** First orders of customers since an instant, at most `limit` of them, in the shop's currency. */
export async function readFirstOrders(
  scope: ShopScope,
  currency: string,
  since: Date,
  limit: number,
): Promise<FirstOrder[]> {
  const rows = await scope.tx.$queryRaw<{ kept: bigint }[]>`
    SELECT greatest(0, least(subtotal_minor - discount_minor, total_minor) - refunded_minor)::bigint AS kept
    FROM "order" o WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} AND customer_id IS NOT NULL
      AND cancelled_at IS NULL AND NOT test AND currency = ${currency}
      AND NOT EXISTS (SELECT 1 FROM "order" e WHERE e.shop_id = o.shop_id AND e.customer_id = o.customer_id
        AND e.placed_at < o.placed_at AND NOT e.test)
    ORDER BY placed_at DESC LIMIT ${limit}`;
  return rows.map(({ kept }) => ({ keptMinor: Number(kept) }));
}
