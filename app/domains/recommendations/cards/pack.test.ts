import { describe, expect, it } from 'vitest';
import { makeMarks, markOf, marksOf } from './marks.ts';
import type { ProductCard } from './model.ts';
import { packCard, unpackCard } from './pack.ts';

const card: ProductCard = {
  id: '8000000000001',
  handle: 'teekanne',
  title: 'Große Teekanne „Ōsaka“ 1.5 l',
  productType: 'Kanne',
  vendor: 'Müller',
  tags: ['Küche', 'Tee'],
  collectionIds: ['7'],
  imageUrl: 'https://example.test/1.jpg',
  sellable: true,
  priceMinor: 1999,
  stock: null,
  marginBps: 4000,
  variant: { id: '41', priceMinor: 1999, imageUrl: null },
};
const plain: ProductCard = { ...card, id: '2', tags: [], vendor: '', productType: '', sellable: false, variant: null };

/** Everything that is asked of a card. */
const read = (one: ProductCard): ProductCard => ({
  id: one.id,
  handle: one.handle,
  title: one.title,
  productType: one.productType,
  vendor: one.vendor,
  tags: one.tags,
  collectionIds: one.collectionIds,
  imageUrl: one.imageUrl,
  sellable: one.sellable,
  priceMinor: one.priceMinor,
  stock: one.stock,
  marginBps: one.marginBps,
  variant: one.variant,
});

describe('a packed card', () => {
  it.each([
    ['with everything', card],
    ['with nothing', plain],
  ])('%s comes back as it was, wherever its bytes lie', (_, one) => {
    const bytes = packCard(one);
    const elsewhere = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    for (const laid of [bytes, elsewhere]) {
      const held = unpackCard(laid, one.id);
      expect(read(held)).toEqual(one);
      expect(marksOf(held)).toEqual(makeMarks(one));
    }
  });
});

it('the marks of a card are its names in any case: type, vendor, tags, then each word once', () => {
  const marks = makeMarks({ ...card, title: 'Kanne KANNE x', tags: ['Tee', 'Grün'] });
  const names = ['kanne', 'müller', 'tee', 'grün', 'kanne', 'tee', 'gru'];
  expect([...marks.numbers]).toEqual(names.map(markOf));
  expect(marks.tags).toBe(2);
  expect(markOf('')).toBe(0);
});

it('names of ten thousand kinds have marks of their own', () => {
  const marks = Array.from({ length: 10_000 }, (_, k) => markOf(`name ${String(k)}`));
  expect(new Set(marks).size).toBe(10_000);
  expect(marks.every((mark) => Number.isSafeInteger(mark) && mark > 0)).toBe(true);
});
