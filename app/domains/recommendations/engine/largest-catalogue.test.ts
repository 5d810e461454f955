import { expect, it } from 'vitest';
import type { CatalogItem } from '../model.ts';
import { createHistoryBuilder } from './history.ts';
import { seeded } from './intervals.ts';
import { listRows } from './list-rows.ts';
import { suggest } from './suggest.ts';
import { trainModel } from './train-model.ts';

const products = 200_000;
/** Enough that most of the lessons come from customers who came again: the number of products is what is tried here. */
const orders = 3_000;
const looked = 500;

const idOf = (item: number): string => `p${String(item)}`;

/** Two products of a shelf of a hundred in each order; most products were never sold. */
function history() {
  const random = seeded(3);
  const builder = createHistoryBuilder();
  for (let order = 0; order < orders; order += 1) {
    const shelf = Math.floor(random() ** 2 * (products / 100));
    for (let line = 0; line < 2; line += 1)
      builder.add(
        `o${String(order)}`,
        `c${String(order % 900)}`,
        new Date(order * 600_000),
        idOf(shelf * 100 + Math.floor(random() * 20)),
      );
  }
  for (let item = 0; item < products; item += 1) builder.addItem(idOf(item));
  return builder.build();
}

function* catalogue(): Generator<CatalogItem> {
  for (let item = 0; item < products; item += 1)
    yield {
      productId: idOf(item),
      title: `Thing ${String(item)} of shelf ${String(Math.floor(item / 100))}`,
      productType: `type ${String(Math.floor(item / 100))}`,
      vendor: '',
      tags: item % 3 === 0 ? ['new'] : [],
      priceMinor: null,
      sellable: item % 10 !== 9,
    };
}

it('a catalogue of 200,000 products is trained, and each of them has lists of what may be offered', () => {
  const model = trainModel(history(), catalogue(), { offerUnknown: false });
  expect(model.report).toMatchObject({ products, orders, linear: true });
  const { total, rows } = listRows(model);
  expect(total).toBeGreaterThanOrEqual(products * 3);

  let lists = 0;
  let nearby = 0;
  for (const { surface, subjectId, suggestions } of rows) {
    if (lists === 2 * looked) break;
    if (surface !== 'together' && surface !== 'similar') continue;
    lists += 1;
    expect(suggestions.length, `${surface} ${subjectId}`).toBe(20);
    expect(new Set(suggestions.map((one) => one.productId)).size).toBe(20);
    for (const { productId, score } of suggestions) {
      expect(productId).not.toBe(subjectId);
      expect(Number(productId.slice(1)) % 10).not.toBe(9);
      expect(Number.isFinite(score)).toBe(true);
    }
    const shelf = Math.floor(Number(subjectId.slice(1)) / 100);
    if (suggestions.some(({ productId }) => Math.floor(Number(productId.slice(1)) / 100) === shelf)) nearby += 1;
  }
  // What is on the same shelf, or was bought with it, is found among two hundred thousand.
  expect(nearby).toBe(lists);

  const answer = suggest(model, { surface: 'cart', productIds: [idOf(0)], customerId: 'c0', limit: 5 });
  expect(answer).toHaveLength(5);
  for (const { productId } of answer) expect(Number(productId.slice(1))).toBeLessThan(100);
}, 180_000);
