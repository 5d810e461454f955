import type { OwnCodes } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { largestOff } from './largest-off.ts';
import { classOf, type CodeTerms, codeTerms } from './model.ts';

/**
 * What any code of these classes takes off goods at most that the store has, or is to have.
 * @param classes of discounts
 */
export async function readLargestOff(
  scope: ShopScope,
  classes: readonly ReturnType<typeof classOf>[],
): Promise<OwnCodes> {
  const terms = (await readLiveTerms(scope)).filter((one) => classes.includes(classOf(one)));
  const gifts = terms.flatMap((one) => (one.type === 'free-product' ? [one.productId] : []));
  const prices =
    gifts.length === 0
      ? []
      : await scope.tx.variant.findMany({
          where: { shopId: scope.shopId, productId: { in: [...new Set(gifts)] } },
          select: { id: true, productId: true, priceMinor: true },
        });
  return largestOff(terms, ({ productId, variantId }) =>
    prices
      .filter((one) => one.productId === productId && (variantId === null || one.id === variantId))
      .reduce((dearest, { priceMinor }) => Math.max(dearest, Number(priceMinor)), 0),
  );
}

/**
 * The terms of each offer that has such codes. There may be a million codes and there are few offers: from one to the
 * next the index is asked (`discount_code_live_idx`).
 */
async function readLiveTerms(scope: ShopScope): Promise<CodeTerms[]> {
  const rows = await scope.tx.$queryRaw<{ terms: unknown }[]>`
    WITH RECURSIVE live AS (
      (
        SELECT offer, terms FROM discount_code
        WHERE shop_id = ${scope.shopId}::uuid AND (state IN ('wanted', 'open') OR todo IS NOT NULL)
        ORDER BY offer LIMIT 1
      )
      UNION ALL
      SELECT next.offer, next.terms FROM live CROSS JOIN LATERAL (
        SELECT c.offer, c.terms FROM discount_code c
        WHERE c.shop_id = ${scope.shopId}::uuid AND (c.state IN ('wanted', 'open') OR c.todo IS NOT NULL)
          AND c.offer > live.offer
        ORDER BY c.offer LIMIT 1
      ) AS next
    )
    SELECT terms FROM live`;
  return rows.map(({ terms }) => codeTerms.parse(terms));
}
