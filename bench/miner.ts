import path from 'node:path';
import {
  assessIdea,
  type Circumstances,
  chooseIdeas,
  createBasketReader,
  defaultAssumptions,
  findIdeas,
  type IdeaProduct,
} from '#app/domains/bundle-ideas/index.ts';
import { defaultIncentiveRules, matrixOfRow } from '#app/domains/incentives/index.ts';
import { readOrderFile } from '#app/infra/order-files/index.ts';
import { findHistory, noHistory } from './lib/history-file.ts';
import { markdownTable } from './lib/table.ts';

/** A merchant who lets much combine: what an order may hold beside a bundle is priced with each of its discounts. */
const circumstances: Circumstances = {
  rules: {
    ...defaultIncentiveRules,
    combinesWith: matrixOfRow({ product: false, order: true, shipping: true }),
    minMarginBps: 1_000,
  },
  assumptions: defaultAssumptions,
  beside: {
    codesKnown: true,
    gifts: [
      {
        source: 'store-code',
        title: '',
        class: 'order',
        gives: { type: 'percentage', basisPoints: 500 },
        fromMinor: 0,
      },
      { source: 'reward', title: '2.00 off', class: 'order', gives: { type: 'amount', minor: 200 }, fromMinor: 4_000 },
      {
        source: 'tier',
        title: 'Gold',
        class: 'shipping',
        gives: { type: 'percentage', basisPoints: 10_000 },
        fromMinor: 0,
      },
      { source: 'offer', title: 'Back', class: 'order', gives: { type: 'percentage', basisPoints: 500 }, fromMinor: 0 },
    ],
  },
};

/** The bundle miner on the largest real history: from lines in memory to the list that a merchant sees. */
async function main(file: string): Promise<void> {
  const lines: { orderId: string; customerId: string | null; placedAt: Date; productId: string; quantity: number }[] =
    [];
  const products = new Map<string, IdeaProduct>();
  for await (const row of readOrderFile(file, () => undefined)) {
    if (row.kind !== 'sale') continue;
    const { orderId, customerId, orderedAt: placedAt, productId, quantity, productName, unitPrice } = row;
    lines.push({ orderId, customerId, placedAt, productId, quantity });
    const priceMinor = Math.round(Number(unitPrice) * 100);
    products.set(productId, {
      id: productId,
      title: productName,
      productType: '',
      imageUrl: null,
      sellable: true,
      variants: [{ id: productId, priceMinor, costMinor: null, stock: null, sellWhenOutOfStock: true }],
    });
  }
  lines.sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime() || (a.orderId < b.orderId ? -1 : 1));

  const steps: [string, number][] = [];
  let since = performance.now();
  const step = (name: string): void => {
    const now = performance.now();
    steps.push([name, (now - since) / 1000]);
    since = now;
  };
  const reader = createBasketReader();
  for (const line of lines) reader.add(line);
  const baskets = reader.build();
  step('baskets');
  const work = findIdeas(baskets, products);
  let next = work.next();
  while (!next.done) next = work.next();
  step('pairs, triples, groups, quantities');
  const judged = next.value.ideas.map((idea) => ({
    idea,
    assessment: assessIdea(
      idea,
      idea.evidence.parts.flatMap(({ productId }) => products.get(productId) ?? []),
      circumstances,
    ),
  }));
  step('prices, worst stacks');
  const chosen = chooseIdeas(judged);
  step('choice');
  const total = steps.reduce((sum, [, seconds]) => sum + seconds, 0);
  console.log(
    markdownTable(
      [path.basename(file), 'seconds'],
      [
        ...steps.map(([name, seconds]) => [name, seconds.toFixed(2)]),
        [
          `**in all**: ${String(lines.length)} lines, ${String(baskets.at.length)} baskets, ${String(next.value.pairs)} pairs in at least ${String(next.value.threshold)} orders, ${String(judged.length)} ideas, ${String(chosen.length)} shown`,
          total.toFixed(2),
        ],
      ],
    ),
  );
}

const file = findHistory(process.argv[2]);
if (file === null) console.log(noHistory);
else await main(file);
