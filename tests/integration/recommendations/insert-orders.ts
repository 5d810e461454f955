import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seededRandom } from '#tests/factories/random.ts';
import type { TestDatabase } from '#tests/setup/database.ts';

/** A shop of its own taste: products `p0`, `p1`, … of which neighbours go together, and customers who come again. */
export async function insertOrders(
  database: TestDatabase,
  shopId: ShopId,
  { products, customers, orders, seed }: { products: number; customers: number; orders: number; seed: number },
): Promise<void> {
  const random = seededRandom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const ids = Array.from({ length: products }, (_, k) => `p${String(k)}`);
  const lines = Array.from({ length: orders }, (_, order) => {
    const first = below(products);
    const items = new Set([first, ...Array.from({ length: below(4) }, () => (first + below(5)) % products)]);
    return [...items].map((item) => ({ order: `o${String(order)}`, product: `p${String(item)}` }));
  }).flat();
  const client = await database.db.pool.connect();
  try {
    await client.query('BEGIN');
    await bindShop(client, shopId);
    await client.query(
      `INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, platform_updated_at, platform_created_at)
       SELECT $1, id, id, 'Product ' || id, '{}', '{}', 'active', true, now(), now() FROM unnest($2::text[]) AS id`,
      [shopId, ids],
    );
    await client.query(
      `INSERT INTO variant (shop_id, id, product_id, title, price_minor) SELECT $1, id, id, '', 1000 FROM unnest($2::text[]) AS id`,
      [shopId, ids],
    );
    await client.query(
      `INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
       SELECT $1, id, customer, at, at, 'USD', 0, 0, 0 FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS o(id, customer, at)`,
      [
        shopId,
        Array.from({ length: orders }, (_, order) => `o${String(order)}`),
        Array.from({ length: orders }, () => (random() < 0.2 ? null : `c${String(below(customers))}`)),
        Array.from({ length: orders }, (_, order) => new Date(Date.UTC(2026, 0, 1, order % 1_400))),
      ],
    );
    await client.query(
      `INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
       SELECT $1, o, p, p, 1, 1000 FROM unnest($2::text[], $3::text[]) AS l(o, p)`,
      [shopId, lines.map((line) => line.order), lines.map((line) => line.product)],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}
