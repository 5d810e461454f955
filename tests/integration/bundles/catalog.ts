import type { TestDatabase } from '#tests/setup/database.ts';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface SeedVariant {
  readonly id: string;
  readonly priceMinor: number;
  readonly costMinor?: number | null;
  readonly stock?: number | null;
}

/** Puts products into a shop's catalog as an import would have. */
export async function seedProducts(
  database: TestDatabase,
  shopId: ShopId,
  products: readonly { readonly id: string; readonly giftCard?: boolean; readonly variants: readonly SeedVariant[] }[],
): Promise<void> {
  await inShop(database, shopId, async (query) => {
    for (const product of products) {
      await query(
        `INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, gift_card, platform_updated_at, platform_created_at)
         VALUES ($1, $2, $3, $4, '{}', '{}', 'active', true, $5, now(), now())`,
        [shopId, product.id, `product-${product.id}`, `Product ${product.id}`, product.giftCard ?? false],
      );
      for (const [index, variant] of product.variants.entries()) {
        await query(
          `INSERT INTO variant (shop_id, id, product_id, title, position, price_minor, cost_minor, stock) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            shopId,
            variant.id,
            product.id,
            `Variant ${variant.id}`,
            index + 1,
            variant.priceMinor,
            variant.costMinor ?? null,
            variant.stock === undefined ? 10 : variant.stock,
          ],
        );
      }
    }
  });
}

export interface SeedLine {
  readonly orderId: string;
  readonly bundleId: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly refundedQuantity?: number;
  readonly cancelled?: boolean;
  readonly test?: boolean;
}

/** Puts one order a line into a shop's history. */
export async function seedLines(database: TestDatabase, shopId: ShopId, lines: readonly SeedLine[]): Promise<void> {
  await inShop(database, shopId, async (query) => {
    for (const [index, line] of lines.entries()) {
      await query(
        `INSERT INTO "order" (shop_id, id, placed_at, platform_updated_at, cancelled_at, currency, subtotal_minor, discount_minor, total_minor, test)
         VALUES ($1, $2, now(), now(), $3, 'USD', 0, 0, 0, $4) ON CONFLICT DO NOTHING`,
        [shopId, line.orderId, line.cancelled ? new Date() : null, line.test ?? false],
      );
      await query(
        `INSERT INTO order_line (shop_id, order_id, id, quantity, unit_price_minor, discount_minor, refunded_quantity, bundle_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          shopId,
          line.orderId,
          String(index),
          line.quantity,
          line.unitPriceMinor,
          line.discountMinor,
          line.refundedQuantity ?? 0,
          line.bundleId,
        ],
      );
    }
  });
}

async function inShop(
  database: TestDatabase,
  shopId: ShopId,
  work: (query: (sql: string, values: unknown[]) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const client = await database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shopId);
    await work((sql, values) => client.query(sql, values));
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
