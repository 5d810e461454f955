import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ExportResource } from '#app/platforms/platform.ts';
import type { Version } from './model.ts';

/** A version that the platform shows, and the later one of the same record that we hold. */
interface HeldLater {
  readonly resource: ExportResource;
  readonly id: string;
  readonly shownAt: Date;
  readonly heldAt: Date;
}

/** Of which of these records we hold a version with a later time; they are locked. */
export function readHeldLater({ tx, shopId }: ShopScope, shown: readonly Version[]): Promise<HeldLater[]> {
  return tx.$queryRaw<HeldLater[]>`
    WITH shown AS MATERIALIZED (
      SELECT * FROM unnest(
        ${toArrayLiteral(shown.map(({ resource }) => resource))}::text[],
        ${toArrayLiteral(shown.map(({ id }) => id))}::text[],
        ${toArrayLiteral(shown.map(({ changedAt }) => changedAt))}::timestamptz[]) AS one(resource, id, at)
    ), products AS (
      SELECT shown.*, held.platform_updated_at AS held_at FROM shown
      JOIN product held ON held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > shown.at
      WHERE resource = 'products' ORDER BY held.id FOR UPDATE OF held
    ), customers AS (
      SELECT shown.*, held.platform_updated_at AS held_at FROM shown
      JOIN customer held ON held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > shown.at
      WHERE resource = 'customers' ORDER BY held.id FOR UPDATE OF held
    ), orders AS (
      SELECT shown.*, held.platform_updated_at AS held_at FROM shown
      JOIN "order" held ON held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > shown.at
      WHERE resource = 'orders' ORDER BY held.id FOR UPDATE OF held
    )
    SELECT resource, id, at AS "shownAt", held_at AS "heldAt"
    FROM (SELECT * FROM products UNION ALL SELECT * FROM customers UNION ALL SELECT * FROM orders) AS later`;
}

/** Lets what the platform shows of these records count as newer than what we hold, which is to be written next. */
export async function yieldToShown({ tx, shopId }: ShopScope, records: readonly HeldLater[]): Promise<void> {
  if (records.length === 0) return;
  // How customers are reached is kept beside them, under the same version.
  await tx.$executeRaw`
    WITH shown AS MATERIALIZED (
      SELECT * FROM unnest(
        ${toArrayLiteral(records.map(({ resource }) => resource))}::text[],
        ${toArrayLiteral(records.map(({ id }) => id))}::text[],
        ${toArrayLiteral(records.map(({ shownAt }) => new Date(shownAt.getTime() - 1)))}::timestamptz[]) AS one(resource, id, before)
    ), products AS (
      UPDATE product held SET platform_updated_at = before FROM shown
      WHERE resource = 'products' AND held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > before
    ), customers AS (
      UPDATE customer held SET platform_updated_at = before FROM shown
      WHERE resource = 'customers' AND held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > before
    ), contacts AS (
      UPDATE mail_contact held SET platform_updated_at = before FROM shown
      WHERE resource = 'customers' AND held.shop_id = ${shopId}::uuid AND held.customer_id = shown.id AND held.platform_updated_at > before
    )
    UPDATE "order" held SET platform_updated_at = before FROM shown
    WHERE resource = 'orders' AND held.shop_id = ${shopId}::uuid AND held.id = shown.id AND held.platform_updated_at > before`;
}
