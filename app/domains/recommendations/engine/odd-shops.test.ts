import { describe, expect, it } from 'vitest';
import { askingSurfaces, blendIds } from '../model.ts';
import { backtest } from './backtest.ts';
import { createHistoryBuilder, type History } from './history.ts';
import { seeded } from './intervals.ts';
import { suggest } from './suggest.ts';
import { trainModel } from './train-model.ts';

const day = 86_400_000;

interface Shop {
  orders: number;
  products: number;
  customers: number;
  /** how likely a line is one of the customer's own few products */
  repeats: number;
  lines: number;
}

function make({ orders, products, customers, repeats, lines }: Shop): History {
  const random = seeded(5);
  const builder = createHistoryBuilder();
  for (let order = 0; order < orders; order += 1) {
    const customer = Math.floor(random() * Math.max(1, customers));
    const theme = Math.floor(random() * products);
    for (let line = 0; line < lines; line += 1) {
      const item =
        random() < repeats ? (customer * 31 + Math.floor(random() * 4)) % products : (theme + line * line) % products;
      builder.add(`o${order}`, customers === 0 ? null : `c${customer}`, new Date(order * day), `p${item}`);
    }
  }
  return builder.build();
}

const groceryShop: Shop = { orders: 400, products: 80, customers: 25, repeats: 0.8, lines: 8 };
const fashionShop: Shop = { orders: 300, products: 200, customers: 280, repeats: 0, lines: 2 };
const shops: [string, Shop][] = [
  ['a grocery of many repeats', groceryShop],
  ['a fashion shop of none', fashionShop],
  ['a shop of 50 orders', { orders: 50, products: 30, customers: 40, repeats: 0.2, lines: 2 }],
  ['one customer', { orders: 60, products: 20, customers: 1, repeats: 0.5, lines: 3 }],
  ['guests only', { orders: 120, products: 40, customers: 0, repeats: 0, lines: 3 }],
  ['one product', { orders: 40, products: 1, customers: 10, repeats: 0, lines: 1 }],
  ['one order', { orders: 1, products: 5, customers: 1, repeats: 0, lines: 3 }],
];

describe('shops of another character', () => {
  it.each(shops)('%s: every surface answers with finite scores and nothing twice', (_, shop) => {
    const model = trainModel(make(shop));
    for (const surface of askingSurfaces) {
      const found = suggest(model, {
        surface,
        productIds: [...model.parts.history.items.slice(0, 1)],
        customerId: 'c0',
        limit: 5,
      });
      expect(new Set(found.map((one) => one.productId)).size).toBe(found.length);
      for (const one of found) expect(Number.isFinite(one.score)).toBe(true);
      if (surface === 'cart') expect(found).toHaveLength(Math.min(5, model.parts.history.items.length - 1));
    }
    for (const { weights } of model.report.blends)
      for (const weight of Object.values(weights)) expect(Number.isFinite(weight)).toBe(true);
  });

  it('learns the habits of a grocery and none where nobody returns', () => {
    const [grocery, fashion] = [groceryShop, fashionShop].map((shop) => backtest(make(shop), []));
    const next = grocery?.surfaces.find((one) => one.surface === 'next');
    const popular = next?.sources.find((one) => one.source === 'popular');
    expect(next?.blend.ndcg.value).toBeGreaterThan((popular?.ndcg.value ?? 1) * 1.5);
    expect(fashion?.surfaces.map((one) => one.surface)).toEqual(blendIds);
  });
});
