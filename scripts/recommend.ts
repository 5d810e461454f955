import { createWriteStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  askingSurfaces,
  type CatalogItem,
  createHistoryBuilder,
  explainInWords,
  type Model,
  suggest,
  trainModel,
} from '#app/domains/recommendations/index.ts';
import { type BadRow, OrderFileError, readOrderFile } from '#app/infra/order-files/index.ts';
import { type AskedBasket, readBaskets } from '#scripts/recommend/read-baskets.ts';
import { summarise } from '#scripts/recommend/summary.ts';

const usage =
  'usage: npm run recommend -- --orders ORDERS.csv[.gz] --for BASKETS.csv --surface cart|next|discover [--top 10] --out RECS.csv';

const argumentsSchema = z.object({
  orders: z.string().min(1),
  for: z.string().min(1),
  surface: z.enum(askingSurfaces),
  top: z.coerce.number().int().min(1).max(1000).default(10),
  out: z.string().min(1),
});

function readArguments(): z.infer<typeof argumentsSchema> | null {
  const option = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: { orders: option, for: option, surface: option, top: option, out: option },
    });
    return argumentsSchema.safeParse(values).data ?? null;
  } catch {
    return null;
  }
}

async function train(path: string, bad: BadRow[]): Promise<{ model: Model; lines: number; sales: number }> {
  const builder = createHistoryBuilder();
  const titles = new Map<string, string>();
  let lines = 0;
  let sales = 0;
  for await (const row of readOrderFile(path, (one) => bad.push(one))) {
    lines += 1;
    if (row.kind !== 'sale') continue;
    sales += 1;
    builder.add(row.orderId, row.customerId, row.orderedAt, row.productId);
    if (row.productName !== '') titles.set(row.productId, row.productName);
  }
  if (sales === 0) throw new OrderFileError('no-usable-row', `The file ${path} holds no sale: nothing to learn from.`);
  const items: CatalogItem[] = [...titles].map(([productId, title]) => ({
    productId,
    title,
    productType: '',
    vendor: '',
    tags: [],
    priceMinor: null,
    sellable: true,
  }));
  return { model: trainModel(builder.build(), items, { threads: availableParallelism() }), lines, sales };
}

async function answer(
  model: Model,
  baskets: readonly AskedBasket[],
  options: z.infer<typeof argumentsSchema>,
): Promise<number> {
  const out = createWriteStream(options.out);
  const failed = finished(out);
  out.write('basket_id,rank,product_id,score,reason\n');
  // Asked in time order, so that popularity is counted once for each day; written in the order of the file.
  const order = baskets
    .map((_, index) => index)
    .sort((a, b) => (baskets[a]?.at?.getTime() ?? Infinity) - (baskets[b]?.at?.getTime() ?? Infinity) || a - b);
  const answers: string[] = new Array<string>(baskets.length);
  let short = 0;
  for (const index of order) {
    const basket = baskets[index];
    if (basket === undefined) continue;
    const found = suggest(model, {
      surface: options.surface,
      productIds: basket.productIds,
      customerId: basket.customerId,
      ...(basket.at === null ? {} : { at: basket.at }),
      limit: options.top,
    });
    if (found.length < options.top) short += 1;
    answers[index] = found
      .map(
        (one, rank) =>
          [basket.basketId, rank + 1, one.productId, one.score.toFixed(4), explainInWords(one)].map(quoted).join(',') +
          '\n',
      )
      .join('');
  }
  for (const text of answers) out.write(text);
  out.end();
  await failed;
  return short;
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function main(): Promise<number> {
  const options = readArguments();
  if (options === null) {
    console.error(usage);
    return 2;
  }
  const bad: BadRow[] = [];
  const badBaskets: BadRow[] = [];
  try {
    const begun = performance.now();
    const baskets = await readBaskets(options.for, (row) => badBaskets.push(row));
    const { model, lines, sales } = await train(options.orders, bad);
    const trained = performance.now();
    const short = await answer(model, baskets, options);
    console.log(
      summarise({
        orders: options.orders,
        baskets: options.for,
        lines,
        sales,
        bad,
        badBaskets,
        asked: baskets.length,
        short,
        report: model.report,
        surface: options.surface,
        trainedSeconds: (trained - begun) / 1000,
        answeredSeconds: (performance.now() - trained) / 1000,
        peakMegabytes: process.resourceUsage().maxRSS / 1024,
      }),
    );
    return 0;
  } catch (error) {
    if (error instanceof OrderFileError) {
      console.error(error.message);
      return 2;
    }
    if (error instanceof Error && 'code' in error && error.code !== undefined && 'syscall' in error) {
      console.error(`The answers could not be written to ${options.out}: ${error.message}.`);
      return 2;
    }
    throw error;
  }
}

process.exitCode = await main();
