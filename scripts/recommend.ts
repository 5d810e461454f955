import { createWriteStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import {
  createHistoryBuilder,
  explainInWords,
  type Model,
  suggest,
  trainModel,
} from '#app/domains/recommendations/index.ts';
import { type BadRow, OrderFileError } from '#app/infra/order-files/index.ts';
import { type Answering, readArguments } from '#scripts/recommend/arguments.ts';
import { backtestFile } from '#scripts/recommend/backtest.ts';
import { openOrderHistory } from '#scripts/recommend/read-history.ts';
import { type AskedBasket, readBaskets } from '#scripts/recommend/read-baskets.ts';
import { summarise } from '#scripts/recommend/summary.ts';

async function train(
  path: string,
  onBadRow: (row: BadRow) => void,
): Promise<{ model: Model; lines: number; sales: number }> {
  const history = openOrderHistory(path, onBadRow);
  const builder = createHistoryBuilder();
  for await (const batch of history.lines())
    for (const line of batch) builder.add(line.orderId, line.customerId, line.placedAt, line.productId);
  const model = trainModel(builder.build(), history.catalog(), { threads: availableParallelism() });
  return { model, ...history.counts() };
}

async function answer(model: Model, baskets: readonly AskedBasket[], options: Answering): Promise<number> {
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

async function answerFile(options: Answering): Promise<string> {
  const bad: BadRow[] = [];
  const badBaskets: BadRow[] = [];
  const begun = performance.now();
  const baskets = await readBaskets(options.for, (row) => badBaskets.push(row));
  const { model, lines, sales } = await train(options.orders, (row) => bad.push(row));
  const trained = performance.now();
  const short = await answer(model, baskets, options);
  return summarise({
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
  });
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if ('words' in options) {
    if (options.code === 0) console.log(options.words);
    else console.error(options.words);
    return options.code;
  }
  try {
    console.log(await (options.backtest ? backtestFile(options) : answerFile(options)));
    return 0;
  } catch (error) {
    if (error instanceof OrderFileError) {
      console.error(error.message);
      return 2;
    }
    if (error instanceof Error && 'code' in error && error.code !== undefined && 'syscall' in error) {
      const what = options.backtest ? 'report' : 'answers';
      console.error(`The ${what} could not be written to ${String(options.out)}: ${error.message}.`);
      return 2;
    }
    throw error;
  }
}

process.exitCode = await main();
