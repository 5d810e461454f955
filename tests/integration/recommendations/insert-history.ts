import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestDatabase } from '#tests/setup/database.ts';

interface ProductRow {
  id: string;
  title: string;
  status?: string;
  published?: boolean;
  giftCard?: boolean;
  stock?: number | null;
  deleted?: boolean;
}

const products: ProductRow[] = [
  ...['1', '2', '3', '4', '5', '6', '7'].map((id) => ({ id, title: `Product ${id}` })),
  { id: 'cold', title: 'Product 1 in red' },
  { id: 'draft', title: 'Draft', status: 'draft' },
  { id: 'sold-out', title: 'Sold out', stock: 0 },
  { id: 'gift', title: 'Gift card', giftCard: true },
  { id: 'deleted', title: 'Deleted', deleted: true },
];

/**
 * A small shop in which 1 and 2 go together (20 orders of 60), every order also holds something that may not be
 * offered, and cancelled, test and refunded purchases of 7 must teach nothing.
 */
export async function insertHistory(database: TestDatabase, shopId: ShopId): Promise<void> {
  const client = await database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shopId);
    for (const one of products) {
      await client.query(
        `INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, gift_card, platform_updated_at, platform_created_at, deleted_at)
         VALUES ($1, $2, $2, $3, '{}', '{}', $4, true, $5, now(), now(), $6)`,
        [shopId, one.id, one.title, one.status ?? 'active', one.giftCard ?? false, one.deleted ? new Date() : null],
      );
      await client.query(
        `INSERT INTO variant (shop_id, id, product_id, title, price_minor, stock) VALUES ($1, $2, $2, '', 1000, $3)`,
        [shopId, one.id, one.stock ?? null],
      );
    }
    const others = ['3', '4', '5', '6'];
    const banned = ['draft', 'sold-out', 'gift', 'deleted'];
    for (let order = 0; order < 60; order += 1) {
      const lines = order % 3 === 0 ? ['1', '2'] : [others[order % 4] ?? '3', others[(order + 1) % 4] ?? '4'];
      await insertOrder(`o${order}`, `c${order % 12}`, order, [...lines, banned[order % 4] ?? 'draft'], {});
    }
    for (let order = 0; order < 30; order += 1) {
      const state = order % 3 === 0 ? { cancelled: true } : order % 3 === 1 ? { test: true } : { refunded: true };
      await insertOrder(`x${order}`, 'c1', order, ['1', '7'], state);
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }

  async function insertOrder(
    id: string,
    customer: string,
    day: number,
    lines: string[],
    state: { cancelled?: boolean; test?: boolean; refunded?: boolean },
  ) {
    const placedAt = new Date(Date.UTC(2026, 0, 1 + (day % 59)));
    await client.query(
      `INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, cancelled_at, currency, subtotal_minor, discount_minor, total_minor, test)
       VALUES ($1, $2, $3, $4, $4, $5, 'USD', 0, 0, 0, $6)`,
      [shopId, id, customer, placedAt, state.cancelled ? placedAt : null, state.test ?? false],
    );
    for (const productId of lines) {
      await client.query(
        `INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor, refunded_quantity) VALUES ($1, $2, $3, $3, 1, 1000, $4)`,
        [shopId, id, productId, state.refunded ? 1 : 0],
      );
    }
  }
}
