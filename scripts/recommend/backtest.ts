import { writeFile } from 'node:fs/promises';
import { type Backtest, backtestOrders, type BacktestScore, type BlendId } from '#app/domains/recommendations/index.ts';
import { type BadRow, OrderFileError } from '#app/infra/order-files/index.ts';
import type { Testing } from './arguments.ts';
import { openOrderHistory } from './read-history.ts';
import { badLines } from './summary.ts';

/**
 * Tests the recommendations on the past orders of a file, as a shop does on its own.
 * @returns what to print
 * @throws OrderFileError where the file cannot be used or holds too little; an error of the system where the report
 * cannot be written
 */
export async function backtestFile(options: Testing): Promise<string> {
  const bad: BadRow[] = [];
  const history = openOrderHistory(options.orders, (row) => bad.push(row));
  const begun = performance.now();
  const whole = await backtestOrders({
    lines: history.lines(),
    catalog: history.catalog,
    shown: options.top,
    onProgress: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
  if (whole.asked === 0)
    throw new OrderFileError(
      'no-usable-row',
      `The file ${options.orders} holds too few orders: none is left to ask for after those that teach.`,
    );
  const surfaces = whole.surfaces.filter(
    ({ surface }) => options.surface === undefined || (surface === 'guest' ? 'cart' : surface) === options.surface,
  );
  const report: Backtest = { ...whole, surfaces };
  if (options.out !== undefined)
    await writeFile(options.out, `${JSON.stringify({ orders: options.orders, ...report }, null, 2)}\n`);
  const { lines, sales } = history.counts();
  return [
    `${options.orders}: ${String(lines)} usable lines, ${String(sales)} of them sales`,
    ...badLines(options.orders, bad),
    ...describeReport(report),
    `took ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  ].join('\n');
}

function describeReport({ cutAt, taught, asked, shown, surfaces }: Backtest): string[] {
  return [
    `learnt from the ${String(taught)} orders before ${cutAt === null ? 'the end' : new Date(cutAt).toISOString()}, asked for ${String(asked)} later ones, ${String(shown)} suggestions each`,
    ...surfaces.flatMap(({ surface, cases, blend, sources }) =>
      cases === 0
        ? ['', `${named(surface)}: no order fits this question`]
        : [
            '',
            row(
              `${named(surface)}, ${String(cases)} case${cases === 1 ? '' : 's'}`,
              'hit rate',
              `NDCG@${String(shown)}`,
            ),
            scoreRow('blend', blend),
            ...sources.map(({ source, ...score }) => scoreRow(source, score)),
          ],
    ),
    '',
  ];
}

const named = (surface: BlendId): string => (surface === 'guest' ? 'cart of a guest' : surface);

const row = (name: string, hits: string, gain: string): string => `${name.padEnd(24)}${hits.padEnd(28)}${gain}`;

function scoreRow(name: string, { hitRate, ndcg }: BacktestScore): string {
  const percent = (share: number) => (share * 100).toFixed(1);
  const gain = (value: number) => value.toFixed(4);
  return row(
    `  ${name}`,
    `${percent(hitRate.value)} % (${percent(hitRate.low)} to ${percent(hitRate.high)})`,
    `${gain(ndcg.value)} (${gain(ndcg.low)} to ${gain(ndcg.high)})`,
  );
}
