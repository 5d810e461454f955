import { describe, expect, it } from 'vitest';
import { durationWords, percentOf, refusalWords, resultWords, stageWords } from './run-words.ts';

describe('percentOf', () => {
  it.each([
    ['not yet known', 5, 0, null],
    ['never 100 before it is done', 999, 1000, 99],
    ['without the noise of binary fractions', 58, 100, 58],
    ['never above 100', 12, 10, 100],
  ])('%s', (_name, done, total, percent) => {
    expect(percentOf({ done, total })).toBe(percent);
  });
});

describe('words', () => {
  it('writes steps', () => {
    expect([stageWords('reading-orders'), stageWords('')]).toEqual(['Reading orders', '']);
  });
  it('writes what was counted, and leaves out what is not for reading', () => {
    expect(resultWords({ orders: 1200, customers: 1, signals: 0, newRows: 3, version: 4, document: {} })).toBe(
      '1,200 orders, 1 customer, 0 views and clicks, 3 new rows',
    );
  });
  it('names the products that the store refused', () => {
    expect(refusalWords({ products: 9, refused: 3, refusals: ['Mug: Invalid SKU.', 'Cup: No.'] })).toBe(
      'The store refused to change 3 products; the pages of the others are up to date. Mug: Invalid SKU. · Cup: No. And 1 more.',
    );
    expect([refusalWords({ products: 9 }), refusalWords({ refused: 'x', refusals: [1] })]).toEqual(['', '']);
    expect(resultWords({ products: 9, changed: 6, refused: 3, refusals: [] })).toContain('3 refused by the store');
  });
  it('writes durations', () => {
    expect([
      durationWords(400),
      durationWords(59_400),
      durationWords(125_000),
      durationWords(3_720_000),
      durationWords(-5),
    ]).toEqual(['less than a second', '59 s', '2 min 5 s', '1 h 2 min', 'less than a second']);
  });
});
