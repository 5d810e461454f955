import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { upsertOrders } from '#app/domains/orders/index.ts';
import type { PlatformOrder } from '#app/platforms/platform.ts';
import { toOrder } from '#app/platforms/woocommerce/records/order.ts';
import { wooOrder } from '#app/platforms/woocommerce/records/read-order.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';
import { startBenchDatabase } from './lib/database.ts';
import { median } from './lib/load.ts';
import { createBenchShop } from './lib/shop.ts';
import { markdownTable, whole } from './lib/table.ts';

const ORDERS = Number(process.argv[2] ?? 20_000);
const LINES = 3;
const BATCH = 500;
const ROUNDS = 5;
/** orders in a page of the REST API */
const PAGE = 100;

function order(index: number): PlatformOrder {
  const placedAt = new Date(Date.UTC(2025, 0, 1) + index * 60_000);
  return {
    id: String(5_000_000_000_000 + index),
    name: `#${String(index)}`,
    customerId: String(6_000_000_000_000 + (index % 9000)),
    placedAt,
    updatedAt: placedAt,
    cancelledAt: null,
    currency: 'USD',
    subtotalMinor: 5997,
    discountMinor: 0,
    totalMinor: 5997,
    refundedMinor: 0,
    visitorId: null,
    test: false,
    lines: Array.from({ length: LINES }, (_, line) => ({
      id: String(9_000_000_000_000 + index * LINES + line),
      productId: String(7_000_000_000_000 + ((index * 7 + line * 13) % 2000)),
      variantId: String(8_000_000_000_000 + ((index * 7 + line * 13) % 2000)),
      title: 'A product of ordinary name',
      quantity: 1,
      unitPriceMinor: 1999,
      discountMinor: 0,
      refundedQuantity: 0,
      bundleId: null,
      source: null,
    })),
  };
}

/** The same orders as pages of WooCommerce's REST API, with the fields that are asked for. */
function pageOf(from: number): string {
  const orders = Array.from({ length: Math.min(PAGE, ORDERS - from) }, (_, at) => {
    const { id, name, customerId, placedAt, currency, lines } = order(from + at);
    const time = placedAt.toISOString().slice(0, 19);
    return {
      id: Number(id),
      number: name.slice(1),
      status: 'completed',
      currency,
      customer_id: Number(customerId),
      prices_include_tax: true,
      discount_total: '0.00',
      discount_tax: '0.00',
      total: '59.97',
      date_created_gmt: time,
      date_modified_gmt: time,
      meta_data: [{ id: 1, key: 'is_vat_exempt', value: 'no' }],
      refunds: [],
      line_items: lines.map((line) => ({
        id: Number(line.id),
        name: line.title,
        product_id: Number(line.productId),
        variation_id: Number(line.variantId),
        quantity: line.quantity,
        tax_class: '',
        subtotal: '16.80',
        subtotal_tax: '3.19',
        total: '16.80',
        total_tax: '3.19',
        taxes: [{ id: 1, total: '3.19', subtotal: '3.19' }],
        meta_data: [],
        sku: 'SKU-1',
        price: 16.8,
        parent_name: null,
      })),
    };
  });
  return JSON.stringify(orders);
}

const database = await startBenchDatabase();
const admin = new pg.Client({ connectionString: database.adminUrl });
await admin.connect();
const { db, shopId } = await createBenchShop(database);
const folder = await mkdtemp(path.join(tmpdir(), 'trellis-copy-'));
await chmod(folder, 0o755);
const clear = () => admin.query('TRUNCATE "order", order_line; CHECKPOINT');

/** What the driver makes of a column; the last is JSON. */
type Cell = string | number | boolean | Date | readonly unknown[] | null;

/** The rows as PostgreSQL itself writes them, so that COPY reads exactly what the import wrote. */
async function saveRows(table: string): Promise<string> {
  const file = path.join(folder, `${table}.tsv`);
  const out = createWriteStream(file);
  const columns = (
    await admin.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position`,
      [table],
    )
  ).rows.map((row) => row.name);
  await admin.query(`BEGIN; DECLARE dump NO SCROLL CURSOR FOR SELECT * FROM ${admin.escapeIdentifier(table)}`);
  for (;;) {
    const { rows } = await admin.query<Record<string, Cell>>('FETCH 5000 FROM dump');
    if (rows.length === 0) break;
    const cell = (value: Cell) => {
      if (value === null) return '\\N';
      if (value instanceof Date) return value.toISOString();
      return typeof value === 'object' ? JSON.stringify(value).replaceAll('\\', '\\\\') : String(value);
    };
    if (!out.write(rows.map((row) => `${columns.map((name) => cell(row[name] ?? null)).join('\t')}\n`).join('')))
      await once(out, 'drain');
  }
  await admin.query('COMMIT');
  out.end();
  await once(out, 'close');
  return file;
}

async function importAll(): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < ORDERS; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, ORDERS - from) }, (_, index) => order(from + index));
    await db.inShop(shopId, (scope) => upsertOrders(scope, batch));
  }
  return (performance.now() - start) / 1000;
}

const pages = Array.from({ length: Math.ceil(ORDERS / PAGE) }, (_, index) => pageOf(index * PAGE));
const page = z.array(wooOrder);
const readPages = (from: number): PlatformOrder[] =>
  pages
    .slice(from, from + BATCH / PAGE)
    .flatMap((text) => page.parse(parseLossless(text)).map((one) => toOrder(one, [])));

/** As the import does it: while the database stores a batch, the next pages are read. */
async function importPages(): Promise<number> {
  const start = performance.now();
  let batch = readPages(0);
  for (let from = BATCH / PAGE; batch.length > 0; from += BATCH / PAGE) {
    const orders = batch;
    const stored = db.inShop(shopId, (scope) => upsertOrders(scope, orders));
    batch = readPages(from);
    await stored;
  }
  return (performance.now() - start) / 1000;
}

try {
  const rows = ORDERS * (1 + LINES);
  const seconds = { ours: [] as number[], woocommerce: [] as number[], copy: [] as number[] };
  let files: [string, string] | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    await clear();
    seconds.woocommerce.push(await importPages());
    await clear();
    seconds.ours.push(await importAll());
    files ??= [await saveRows('order'), await saveRows('order_line')];
    await clear();
    const start = performance.now();
    await admin.query(`COPY "order" FROM '${files[0]}'`);
    await admin.query(`COPY order_line FROM '${files[1]}'`);
    seconds.copy.push((performance.now() - start) / 1000);
    const { rows: counted } = await admin.query<{ n: string }>(
      'SELECT (SELECT count(*) FROM "order") + (SELECT count(*) FROM order_line) AS n',
    );
    if (Number(counted[0]?.n) !== rows)
      throw new Error(`COPY wrote ${String(counted[0]?.n)} rows, the import ${String(rows)}`);
  }
  const ratioOf = (times: readonly number[]) => {
    const ratios = times.map((one, round) => (seconds.copy[round] ?? one) / one);
    return `${median(ratios).toFixed(2)} (rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')})`;
  };
  console.log(
    markdownTable(
      [
        'import of orders and lines',
        'Trellis (upsert by the platform’s clock)',
        'COPY of the same rows',
        'ratio',
        'to reach',
      ],
      [
        [
          `rows a second, of ${whole(rows)}`,
          whole(rows / median(seconds.ours)),
          whole(rows / median(seconds.copy)),
          ratioOf(seconds.ours),
          'at least 0.25',
        ],
        [
          'the same, from the text of WooCommerce’s pages: parsed, checked, mapped, stored',
          whole(rows / median(seconds.woocommerce)),
          whole(rows / median(seconds.copy)),
          ratioOf(seconds.woocommerce),
          'at least 0.25',
        ],
      ],
    ),
  );
} finally {
  await db.close();
  await admin.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
}
