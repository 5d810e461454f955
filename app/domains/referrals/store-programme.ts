import type { ShopScope } from '#app/infra/database.ts';
import { type Programme, programmeTerms, type ProgrammeTerms, usualTerms } from './model.ts';
import type { FirstOrder } from './simulate.ts';
import { goodsOf, keptOf, type KeptRow } from './store-kept.ts';

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
  if (active)
    await scope.tx.referralProgramme.updateMany({
      where: { shopId: scope.shopId, begunAt: null },
      data: { begunAt: now },
    });
}

/** First orders of customers since an instant, at most `limit` of them, in the shop's currency. */
export async function readFirstOrders(
  scope: ShopScope,
  currency: string,
  since: Date,
  limit: number,
): Promise<FirstOrder[]> {
  const rows = await scope.tx.$queryRaw<KeptRow[]>`
    WITH o AS MATERIALIZED (
    SELECT shop_id, id, subtotal_minor, discount_minor, total_minor, refunded_minor, goodwill_minor, placed_at
    FROM "order" o WHERE shop_id = ${scope.shopId}::uuid AND placed_at >= ${since} AND customer_id IS NOT NULL
      AND cancelled_at IS NULL AND NOT test AND currency = ${currency}
      AND (refunded_minor = 0 OR refunded_minor < total_minor)
      AND NOT EXISTS (SELECT 1 FROM "order" e WHERE e.shop_id = o.shop_id AND e.customer_id = o.customer_id
        AND e.placed_at < o.placed_at AND NOT e.test)
    ORDER BY placed_at DESC LIMIT ${limit}
    )
    SELECT g.whole, g.left, o.total_minor AS total, o.refunded_minor AS refunded, o.goodwill_minor AS goodwill
    FROM o CROSS JOIN ${goodsOf} ORDER BY o.placed_at DESC`;
  return rows.map((row) => ({ keptMinor: keptOf(row) }));
}
