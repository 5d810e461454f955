import { expect, it } from 'vitest';
import type { Suggestion } from '../model.ts';
import { chooseAmong } from './choose-among.ts';

const ranked = (...ids: string[]): Suggestion[] =>
  ids.map((productId, place) => ({
    productId,
    score: -place,
    source: 'together',
    reason: { support: 3, lift: 2, because: '1' },
  }));
const chosen = (list: readonly Suggestion[], among: string[], inCart: string[] = []): string[] =>
  chooseAmong(list, among, new Set(inCart)).map((one) => one.productId);

it.each<[string, Suggestion[], string[], string[], string[]]>([
  [
    'keeps the model’s order and leaves out the others',
    ranked('7', '3', '5', '4'),
    ['4', '5', '7'],
    [],
    ['7', '5', '4'],
  ],
  ['puts what the model did not think of last, as given', ranked('7', '3'), ['9', '3', '8'], [], ['3', '9', '8']],
  ['takes each once, and nothing of the cart', ranked('3'), ['2', '2', '1', '3'], ['1'], ['3', '2']],
  ['is the given order where nothing was learnt', [], ['2', '1'], [], ['2', '1']],
  ['is nothing of nothing', ranked('3'), [], [], []],
])('%s', (_what, list, among, inCart, expected) => {
  expect(chosen(list, among, inCart)).toEqual(expected);
});

it('has falling scores, as a list must that interest may reorder', () => {
  const scores = chooseAmong(ranked('3', '4'), ['9', '4', '3', '8'], new Set()).map((one) => one.score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});
