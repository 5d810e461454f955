import { column, packVoice, width } from '#app/domains/recommendations/serving/voice.ts';
import type { Head } from '#app/domains/recommendations/serving/head.ts';
import { writeVoices } from '#app/domains/recommendations/serving/store.ts';
import type { Database } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';

const [, , , , asked = '100000'] = process.argv;
/** A large shop with a trained model, made up, for the benchmark of cart answers. */
export const products = Number(asked);
const candidates = 64;
/** Products that are looked at beside each. */
const viewedBeside = 12;
/** Voices written at once: 2 MB. */
const batch = 1_000;
/** What each visitor looked at, besides the one search they made. */
const views = 12;

let seed = 20_261;
/** Park and Miller's generator: the same shop every time. */
export const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
export const anyProduct = () => Math.floor(random() * products);
export const idOf = (product: number) => String(8_000_000_000_000 + product);

/** Of guests; who is signed in is answered by their own. */
const weights = {
  together: 0.3,
  'basket-model': 1,
  'basket-neighbours': 0.7,
  content: 0.2,
  prior: 0.5,
  trending: 0.2,
  popular: 0.2,
  established: -0.3,
  'last-year': 0.1,
} as const;

/** Products with one variant each, a voice for every product, and the head that carts share. */
export async function fillShop(db: Database, shopId: ShopId): Promise<void> {
  await db.inShop(
    shopId,
    async ({ tx }) => {
      await tx.$executeRaw`
      INSERT INTO product (shop_id, id, handle, title, product_type, vendor, tags, collection_ids, status, published, image_url,
        platform_created_at, platform_updated_at)
      SELECT ${shopId}::uuid, (8000000000000 + p)::text, 'product-' || p, 'A product of ordinary name ' || p, 'Type ' || p % 300,
        'Vendor ' || p % 90, ARRAY['tag-' || p % 50], '{}', 'active', true,
        'https://cdn.shopify.com/s/files/1/0000/0001/products/' || p || '.jpg?v=1700000000', now(), now()
      FROM generate_series(0, ${products}::int - 1) AS p`;
      await tx.$executeRaw`
      INSERT INTO variant (shop_id, id, product_id, title, price_minor, stock)
      SELECT shop_id, '4' || id, id, 'Default', 1999, 10 FROM product WHERE shop_id = ${shopId}::uuid`;
    },
    inTime,
  );
  const head: Head = {
    weights,
    customerWeights: { ...weights, 'own-habit': 0.6 },
    viewed: 0.3,
    moment: Date.now(),
    baskets: 1_000_000,
    windows: [7_000, 30_000, 120_000],
    popular: Array.from({ length: 200 }, (_, k) => [idOf(k), 900 - k, 0.01, 0.01, 0.01, 0.01]),
  };
  await db.inShop(shopId, async (scope) => {
    await scope.tx.recommendationVersion.create({
      data: { shopId, version: 1, status: 'active', activeAt: new Date() },
    });
    await writeVoices(scope, 1, 0, [{ subjectId: '', data: Buffer.from(JSON.stringify(head)) }]);
  });
  for (let from = 0; from < products; from += batch) {
    const rows = Array.from({ length: batch }, (_, k) => ({ subjectId: idOf(from + k), data: voiceOf(from + k) }));
    await db.inShop(shopId, (scope) => writeVoices(scope, 1, 0, rows), inTime);
  }
}

const inTime = { timeoutMs: 300_000 };

function voiceOf(product: number): Uint8Array {
  const numbers = new Float32Array(candidates * width);
  const ids = Array.from({ length: candidates }, (_, k) => {
    numbers[k * width + column.support] = Math.max(0, 40 - k);
    numbers[k * width + column.count] = 60;
    numbers[k * width + column.linear] = 0.05 / (k + 1);
    numbers[k * width + column.likeness] = 0.3;
    numbers.fill(0.0005, k * width + column.week, k * width + column.season + 1);
    numbers[k * width + column.prior] = 0.002 / (k + 1);
    numbers[k * width + column.lastYear] = 0.0005;
    // Half from the same shelf, half from anywhere.
    return idOf(k % 2 === 0 ? (product + 1 + k * 3) % products : anyProduct());
  });
  return packVoice({
    total: 1_000_000,
    count: 60,
    sold: [0.0005, 0.0005, 0.0005, 0.0005],
    viewed: {
      ids: Array.from({ length: viewedBeside }, () => idOf(anyProduct())),
      likeness: new Float32Array(viewedBeside).fill(0.1),
    },
    repeatRate: 0.02,
    gapDays: 0,
    ids,
    numbers,
  });
}

/** What the past of each customer says of so many products, as many as are kept of one, and the orders that it comes from. */
const customerWords = 128;
const customerOrders = 6;
const linesOfOrder = 3;
export const customerId = (customer: number) => String(7_000_000_000_000 + customer);

/** Customers who bought before, with what their past says in their carts. */
export async function fillCustomers(db: Database, shopId: ShopId, customers: number): Promise<void> {
  await db.inShop(
    shopId,
    async ({ tx }) => {
      await tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, customer_id, placed_at, platform_updated_at, currency, subtotal_minor, discount_minor, total_minor)
      SELECT ${shopId}::uuid, (c * ${customerOrders}::int + o)::text, (7000000000000 + c)::text, now() - o * interval '20 days', now(), 'USD', 5997, 0, 5997
      FROM generate_series(0, ${customers}::int - 1) AS c, generate_series(0, ${customerOrders}::int - 1) AS o`;
      await tx.$executeRaw`
      INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
      SELECT shop_id, id, l::text, (8000000000000 + floor(random() * ${products}::int))::text, 1, 1999
      FROM "order", generate_series(1, ${linesOfOrder}::int) AS l WHERE shop_id = ${shopId}::uuid`;
    },
    inTime,
  );
  for (let from = 0; from < customers; from += batch) {
    const data = Array.from({ length: Math.min(batch, customers - from) }, (_, k) => ({
      shopId,
      version: 1,
      surface: 'for-cart',
      subjectId: customerId(from + k),
      items: Array.from({ length: customerWords }, (_, word) => [
        idOf(anyProduct()),
        6 / (word + 1),
        0.01,
        'own-habit',
        4 / (word + 1),
        1 + (word % 3),
      ]),
    }));
    await db.inShop(shopId, ({ tx }) => tx.recommendation.createMany({ data }), inTime);
  }
}

/** Views of products and a search by every visitor, from which the server learns what they are after. */
export async function fillSignals(db: Database, shopId: ShopId, visitors: readonly string[]): Promise<void> {
  await db.inShop(
    shopId,
    ({ tx }) => tx.$executeRaw`
      INSERT INTO signal (shop_id, id, visitor_id, kind, product_id, query, occurred_at, received_at)
      SELECT ${shopId}::uuid, gen_random_uuid(), v, CASE WHEN k = 0 THEN 'search' ELSE 'view' END,
        CASE WHEN k > 0 THEN (8000000000000 + floor(random() * ${products}::int))::text END,
        CASE WHEN k = 0 THEN 'ordinary name ' || floor(random() * ${products}::int) END, now(), now()
      FROM unnest(${[...visitors]}::text[]) AS v, generate_series(0, ${views}::int) AS k`,
    inTime,
  );
}
