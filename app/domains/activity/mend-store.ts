import type { ShopScope } from '#app/infra/database.ts';

/** What reconciliations since then had to mend beside records; those that found nothing are left out. */
export async function listMends(
  scope: ShopScope,
  since: Date,
): Promise<{ readonly at: Date; readonly webhooks: number; readonly deleted: number }[]> {
  return scope.tx.$queryRaw`
    SELECT finished_at AS at, coalesce((result->>'webhooks')::int, 0) AS webhooks, coalesce((result->>'deleted')::int, 0) AS deleted
    FROM run WHERE shop_id = ${scope.shopId}::uuid AND kind = 'reconcile' AND status = 'succeeded' AND created_at >= ${since}
      AND (coalesce((result->>'webhooks')::int, 0) > 0 OR coalesce((result->>'deleted')::int, 0) > 0)
    ORDER BY finished_at`;
}
