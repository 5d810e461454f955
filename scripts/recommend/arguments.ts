import { parseArgs } from 'node:util';
import { z } from 'zod';
import { askingSurfaces } from '#app/domains/recommendations/index.ts';

export const usage = `usage: npm run recommend -- --orders ORDERS.csv[.gz] --for BASKETS.csv --surface cart|next|discover [--top 10] --out RECS.csv
       npm run recommend -- --backtest --orders ORDERS.csv[.gz] [--surface cart|next|discover] [--top 10] [--out REPORT.json]`;

export const help = `${usage}

The first form learns from a file of orders and answers baskets:
  --orders   past orders, one row a product (CSV, also gzipped)
  --for      the baskets to answer: basket_id,customer_id,product_id,at
  --surface  cart completes a basket, next says what a customer buys next, discover what of it they have not had
  --top      answers for each basket, 1 to 1000
  --out      where the answers go: basket_id,rank,product_id,score,reason

The second form asks what would have been recommended on the latest fifth of these orders, and how often that was
bought; it learns from the earlier ones alone. It prints for the blend and for every source by itself the share of
cases with a hit (Wilson interval, 95 %) and the NDCG (bootstrap interval, 95 %):
  --surface  this one only, all three where it is left out
  --top      how many suggestions a shopper would have seen
  --out      the whole report as JSON, with examples

Exit codes: 0 done, 2 wrong arguments or files.`;

const path = z.string({ error: 'is missing' }).min(1, 'is empty');
const top = z.coerce.number().int().min(1).max(1000).default(10);
const answering = z.object({
  orders: path,
  for: path,
  surface: z.enum(askingSurfaces),
  top,
  out: path,
  backtest: z.literal(false).default(false),
});
const testing = z.object({
  orders: path,
  for: z.undefined({ error: 'a backtest asks the past orders themselves: leave out --for' }).optional(),
  surface: z.enum(askingSurfaces).optional(),
  top,
  out: path.optional(),
  backtest: z.literal(true),
});

export type Answering = z.infer<typeof answering>;
export type Testing = z.infer<typeof testing>;

/** What the command line asks for, or the words for one who asked wrongly. */
export function readArguments(args: readonly string[]): Answering | Testing | { readonly words: string; code: 0 | 2 } {
  const option = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { orders: option, for: option, surface: option, top: option, out: option, backtest: flag, help: flag },
    });
    if (values.help === true) return { words: help, code: 0 };
    const parsed = (values.backtest === true ? testing : answering).safeParse(values);
    if (parsed.success) return parsed.data;
    const reasons = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    return { words: `${reasons.join('; ')}\n${usage}`, code: 2 };
  } catch (error) {
    return { words: `${error instanceof Error ? `${error.message}\n` : ''}${usage}`, code: 2 };
  }
}
