import { expect, it } from 'vitest';
import type { CatalogItem } from '../model.ts';
import { compareContent } from './content.ts';

/** Products of five types; two of each `pairOf` share a tag that nobody else has. */
const catalogue = (count: number, pairOf: (index: number) => number | null): CatalogItem[] =>
  Array.from({ length: count }, (_, index) => {
    const pair = pairOf(index);
    return {
      productId: String(index),
      title: '',
      productType: `type ${String(index % 5)}`,
      vendor: '',
      tags: pair === null ? [] : [`pair ${String(pair)}`],
      priceMinor: null,
      sellable: true,
    };
  });

const likeOf = ({ start, item }: ReturnType<typeof compareContent>, one: number) =>
  Array.from(item.slice(start[one], start[one + 1]));

it('finds what shares a type where the catalogue is small', () => {
  const like = compareContent(
    catalogue(50, () => null),
    9,
  );
  expect(likeOf(like, 3).sort((a, b) => a - b)).toEqual([8, 13, 18, 23, 28, 33, 38, 43, 48]);
});

it('keeps to rare features where all of them would cost the square of a large catalogue', () => {
  const count = 25_000;
  const half = count / 2;
  const like = compareContent(
    catalogue(count, (index) => (index % 100 === 0 ? index % half : null)),
    9,
  );
  expect(likeOf(like, 100)).toEqual([half + 100]);
  expect(likeOf(like, half + 100)).toEqual([100]);
  expect(likeOf(like, 7)).toEqual([]);
});
