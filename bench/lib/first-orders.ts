import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const rowsSchema = z.array(
  z.object({ order_id: z.string(), ordered_at: z.string(), product_id: z.string() }).catchall(z.string()),
);

/** A basket of the time after the first orders: what is in it, and the product of it that is hidden. */
export interface Completion {
  readonly id: string;
  readonly at: string;
  readonly context: readonly string[];
  readonly hidden: string;
}

/** What is known after a shop's first orders, and what comes next. */
export interface FirstOrders {
  readonly baskets: readonly (readonly string[])[];
  readonly completions: readonly Completion[];
}

/**
 * Cuts a training file of the protocol after its first orders and asks the `asked` baskets that follow: of those of their
 * products that were sold before, the last in the alphabet's order is hidden, the others are what is in the cart.
 * @param into the first orders alone, as a file of the same columns
 */
export async function cutFirstOrders(from: string, into: string, orders: number, asked: number): Promise<FirstOrders> {
  const text = await readFile(from, 'utf8');
  const rows = rowsSchema.parse(parse(text, { columns: true }));
  const inOrder = Map.groupBy(
    rows.sort((a, b) => (a.ordered_at < b.ordered_at ? -1 : a.ordered_at > b.ordered_at ? 1 : 0)),
    (row) => row.order_id,
  );
  const all = [...inOrder.values()];
  const first = all.slice(0, orders);
  const header = text.slice(0, text.indexOf('\n'));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = first.flat().map((row) =>
    header
      .split(',')
      .map((column) => quoted(row[column] ?? ''))
      .join(','),
  );
  await writeFile(into, `${[header, ...lines].join('\n')}\n`);
  const known = new Set(first.flat().map((row) => row.product_id));
  const completions = all.slice(orders).flatMap((basket): Completion[] => {
    const products = [...new Set(basket.map((row) => row.product_id))].filter((id) => known.has(id)).sort();
    const hidden = products.pop();
    const [row] = basket;
    return hidden && row && products.length > 0
      ? [{ id: row.order_id, at: row.ordered_at, context: products, hidden }]
      : [];
  });
  return {
    baskets: first.map((basket) => [...new Set(basket.map((row) => row.product_id))]),
    completions: completions.slice(0, asked),
  };
}

/** NDCG@10 of answers, best first: of one hidden product, by its rank. */
export function ndcgOf(completions: readonly Completion[], answer: (one: Completion) => readonly string[]): number {
  const gains = completions.map((one) => {
    const rank = answer(one).slice(0, 10).indexOf(one.hidden);
    return rank < 0 ? 0 : 1 / Math.log2(rank + 2);
  });
  return gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);
}

/** What a shop without an engine would show: what sells most, and what was bought most with what is in the cart. */
export function plainAnswers(baskets: FirstOrders['baskets']): Record<string, (one: Completion) => string[]> {
  const sales = new Map<string, number>();
  for (const product of baskets.flat()) sales.set(product, (sales.get(product) ?? 0) + 1);
  const ranked = (score: (product: string) => number, { context }: Completion) =>
    [...sales.keys()]
      .filter((product) => !context.includes(product))
      .sort((a, b) => score(b) - score(a) || (sales.get(b) ?? 0) - (sales.get(a) ?? 0) || (a < b ? -1 : 1));
  return {
    popularity: (one) => ranked((product) => sales.get(product) ?? 0, one),
    'co-occurrence': (one) => {
      const together = new Map<string, number>();
      for (const basket of baskets) {
        const shared = basket.filter((product) => one.context.includes(product)).length;
        if (shared > 0) for (const product of basket) together.set(product, (together.get(product) ?? 0) + shared);
      }
      return ranked((product) => together.get(product) ?? 0, one);
    },
  };
}
