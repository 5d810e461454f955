import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../model.ts';
import { chanceOfReal, type Confidence, confidenceOf, modelConfidence, modelSureness } from './confidence.ts';

describe('confidence', () => {
  const cases: [string, Suggestion['source'], number, number, string | null, Confidence][] = [
    ['a pair in ten orders, three times chance', 'together', 10, 3, 'p', 'sure'],
    ['as many orders but no more than by chance', 'together', 10, 1, 'p', 'some-evidence'],
    ['five orders that luck could explain', 'basket-model', 5, 2, 'p', 'some-evidence'],
    ['a pair seen once, however surprising', 'together', 1, 80, 'p', 'a-guess'],
    ['likeness on paper', 'content', 0, 1, 'p', 'a-guess'],
    ['bought in three orders by this customer', 'own-habit', 3, 1, null, 'sure'],
    ['bought once by this customer', 'own-latest', 1, 1, null, 'some-evidence'],
    ['a bestseller of many orders', 'popular', 40, 1, null, 'some-evidence'],
    ['a bestseller of a shop of four orders', 'popular', 4, 1, null, 'a-guess'],
  ];
  it.each(cases)('%s', (_, source, support, lift, because, expected) => {
    expect(confidenceOf({ productId: 'x', score: 1, source, reason: { support, lift, because } })).toBe(expected);
  });

  it.each([
    ['49 orders', 49, 300, 'a-guess'],
    ['many orders that taught nothing', 900, 0, 'a-guess'],
    ['50 orders and a few lessons', 50, 20, 'some-evidence'],
    ['many lessons', 900, 200, 'sure'],
  ])('of a model with %s', (_, orders, taught, expected) => {
    expect(
      modelConfidence({ orders, blends: [{ surface: 'cart', cases: taught, weights: {}, validation: null }] }),
    ).toBe(expected);
  });

  it.each([
    ['one order however surprising', 1, 80, 0.73],
    ['two orders of rare products', 2, 80, 0.92],
    ['five orders, three times chance', 5, 3, 0.95],
    ['as often as by chance', 10, 1, 0.46],
    ['less often than by chance', 5, 0.25, 0],
  ])('the chance that a pair is no accident: %s', (_, support, lift, expected) => {
    const suggestion = {
      productId: 'x',
      score: 1,
      source: 'together',
      reason: { support, lift, because: 'p' },
    } as const;
    expect(chanceOfReal(suggestion)).toBeCloseTo(expected, 2);
  });

  it('has no number for what is no pair', () => {
    const reason = { support: 9, lift: 1, because: null };
    expect(chanceOfReal({ productId: 'x', score: 1, source: 'popular', reason })).toBeNull();
    expect(chanceOfReal({ productId: 'x', score: 1, source: 'own-habit', reason })).toBeNull();
  });

  it('says what a model rests on', () => {
    const blends = [{ surface: 'cart', cases: 120, weights: {}, validation: null }] as const;
    expect(modelSureness({ orders: 50, blends })).toEqual({
      word: 'some-evidence',
      orders: 50,
      cases: 120,
      ownEvidence: 0.75,
    });
    expect(modelSureness({ orders: 8, blends: [] })).toMatchObject({ word: 'a-guess', ownEvidence: 0 });
  });
});
