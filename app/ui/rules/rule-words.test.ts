import { describe, expect, it } from 'vitest';
import type { Rule } from '#app/domains/recommendations/index.ts';
import { wordsOf } from '../platform-words.ts';
import { ruleSentence, targetNames } from './rule-words.ts';

type Said = Pick<Rule, 'action' | 'target' | 'condition' | 'strengthPercent'>;

const titles = {
  products: { '1': 'Tea', '2': 'Cup', '3': 'Pot', '4': 'Tray', '5': 'Spoon' },
  collections: { '7': 'Sale' },
  words: wordsOf(null),
};
const rule: Omit<Said, 'action'> = { target: { kind: 'products', ids: ['1'] }, condition: null, strengthPercent: 0 };

describe('ruleSentence', () => {
  it.each<[string, Said, string]>([
    ['one product', { ...rule, action: 'pin' }, 'Show first: Tea.'],
    [
      'many products',
      { ...rule, action: 'exclude', target: { kind: 'products', ids: ['1', '2', '3', '4', '5'] } },
      'Never show: Tea, Cup and 3 more products.',
    ],
    [
      'an open band',
      { ...rule, action: 'bury', strengthPercent: 50, target: { kind: 'price', from: null, to: 2000 } },
      'Show less often by 50%: price up to $20.00.',
    ],
    [
      'a condition',
      { ...rule, action: 'suggest', condition: { kind: 'collections', ids: ['7'] } },
      'Suggest: Tea, with collection Sale in the cart or on the page.',
    ],
    [
      'a product that is gone',
      { ...rule, action: 'pin', target: { kind: 'products', ids: ['9'] } },
      'Show first: a product that is gone.',
    ],
  ])('%s', (_name, said, sentence) => {
    expect(ruleSentence(said, titles, 'USD')).toBe(sentence);
  });
});

it('calls a group of products what the store calls it', () => {
  const words = { collection: 'category', collections: 'categories' };
  const target = { kind: 'collections' as const, ids: ['7', '1', '2', '3'] };
  expect(ruleSentence({ ...rule, action: 'pin', target }, { ...titles, words }, 'USD')).toBe(
    'Show first: category Sale, that is gone and 2 more categories.',
  );
  expect(targetNames(words).collections).toBe('Categories');
});
