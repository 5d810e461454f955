import { expect, it } from 'vitest';
import { createHistoryBuilder } from '../engine/history.ts';
import { trainModel } from '../engine/train-model.ts';
import type { CatalogItem } from '../model.ts';
import { sources } from '../sources/index.ts';
import { headSchema } from './head.ts';
import { makeVoices } from './make-voices.ts';
import { prepareRanking } from './rank-cart.ts';

/** Three hundred products on twenty shelves, some of which sold lately and others long ago. */
function trained() {
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.floor((below * seed) / 2_147_483_647);
  };
  const builder = createHistoryBuilder();
  for (let order = 0; order < 600; order += 1) {
    const at = new Date(Date.UTC(2026, 0, 1) + order * 8 * 3_600_000);
    const shelf = random(20);
    const from = order < 300 ? 0 : 5;
    for (let line = 0; line < 3; line += 1) {
      const id = 1_000 + shelf + 20 * (from + random(10));
      builder.add(`o${String(order)}`, `c${String(random(200))}`, at, String(id));
    }
  }
  const catalog = Array.from({ length: 300 }, (_, index): CatalogItem => ({
    productId: String(1_000 + index),
    title: `Product ${String(index)}`,
    productType: `Shelf ${String(index % 20)}`,
    vendor: '',
    tags: [],
    priceMinor: 500 + index,
    sellable: true,
  }));
  for (const { productId } of catalog) builder.addItem(productId);
  return trainModel(builder.build(), catalog, { offerUnknown: false });
}

it('what stands for popular is what ranks first where nothing else speaks, the prior included', () => {
  const model = trained();
  const guest = Float64Array.from(sources, ({ id }) => (id === 'prior' ? 1 : id === 'trending' ? -0.6 : 0));
  const [first] = makeVoices({ ...model, weights: { ...model.weights, guest } }, []);
  const head = headSchema.parse(JSON.parse(Buffer.from(first?.data ?? []).toString()));
  expect(head.weights.prior, 'shelves tell products apart').toBe(1);
  expect(head.popular).toHaveLength(200);
  expect(head.popular.map(([id]) => id)).toEqual(prepareRanking(head).popular.map(({ id }) => id));
});
