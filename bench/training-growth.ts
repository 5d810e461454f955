import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { markdownTable, whole } from './lib/table.ts';

const measured = z.object({
  pairs: z.number(),
  seconds: z.number(),
  steps: z.record(z.string(), z.number()),
  linear: z.boolean(),
  /** that have a row in the linear model */
  linearProducts: z.number(),
  peakMegabytes: z.number(),
});

/**
 * Orders, products, lines of an order; `npm run bench -- training-growth all` adds the largest, which need 8 GB, and
 * `… training-growth 20000 9000` is one size alone.
 */
const sizes: readonly (readonly [number, number, number])[] = [
  [100_000, 2_000, 4],
  [300_000, 2_000, 4],
  [1_000_000, 2_000, 4],
  // The largest catalogue whose products all have a row in the linear model, and the smallest of which 4,096 do.
  [100_000, 8_000, 4],
  [100_000, 8_001, 4],
  [100_000, 20_000, 4],
  [1_000_000, 20_000, 4],
  [1_000_000, 200_000, 4],
];
const largest: typeof sizes = [
  [3_000_000, 20_000, 4],
  [10_000_000, 200_000, 4],
];

async function measure(size: readonly number[]): Promise<z.infer<typeof measured>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=6000',
    path.join(import.meta.dirname, 'lib/growth-work.ts'),
    ...size.map(String),
  ]);
  return measured.parse(JSON.parse(stdout));
}

const rows: string[][] = [];
const [, , first, named] = process.argv;
const chosen = named === undefined ? sizes : [[Number(first), Number(named), 4] as const];
for (const size of first === 'all' ? [...sizes, ...largest] : chosen) {
  const [orders, products] = size;
  const one = await measure(size);
  const counting = one.steps['neighbours'] ?? 0;
  rows.push([
    whole(orders),
    whole(products),
    (one.pairs / 1e6).toFixed(1),
    counting.toFixed(2),
    ((counting * 1e9) / one.pairs).toFixed(0),
    one.linear ? whole(one.linearProducts) : 'none',
    (one.steps['linear'] ?? 0).toFixed(2),
    (one.steps['blend'] ?? 0).toFixed(2),
    one.seconds.toFixed(2),
    String(Math.round(one.peakMegabytes)),
  ]);
}
console.log(
  markdownTable(
    [
      'orders',
      'products',
      'pairs, million',
      'counting, s',
      'ns a pair',
      'of them in the linear model',
      'linear model, s',
      'blend, s',
      'all, s',
      'peak memory, MB',
    ],
    rows,
  ),
);
