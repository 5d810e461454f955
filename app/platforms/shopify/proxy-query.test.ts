import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProxyQuery } from './proxy-query.ts';

/** What a signature covers, said with the platform's own parser of queries. */
function reference(query: string) {
  const values = new Map<string, string[]>();
  new URLSearchParams(query).forEach((value, key) => values.set(key, [...(values.get(key) ?? []), value]));
  const pairs = [...values].map(([key, all]) => ({ key, pair: `${key}=${all.join(',')}` }));
  return pairs
    .flatMap(({ key, pair }) => (key === 'signature' ? [] : [pair]))
    .sort()
    .join('');
}

const word = fc.oneof(
  fc.constantFrom('a', 'b', 'shop', 'signature', 'timestamp', 'a=b', 'shop=x', 'x&y', '', ' ', '+', '%'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

test('covers what the URL standard reads, in any order, with repeats and escapes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 6 }), (pairs) => {
      const query = new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString();
      expect(readProxyQuery(query).signed).toBe(reference(query));
    }),
  );
});

test.each([
  ['an escaped equals sign in a key makes no other key', 'shop%3Dother=1&shop=mine', 'mine'],
  ['nor does one in a value', 'x=shop%3Dother&shop=mine', 'mine'],
  ['nor a longer key', 'shopkeeper=other&shop=mine', 'mine'],
  ['an escaped key is the key', 'sh%6Fp=mine', 'mine'],
  ['a plus is a space', 'shop=my+shop', 'my shop'],
  ['a key without a value', 'shop', ''],
  ['nothing', '', undefined],
])('%s', (_name, query, shop) => {
  expect(readProxyQuery(query)).toMatchObject({ sound: true });
  expect(readProxyQuery(query).get('shop')).toBe(shop);
});

test.each(['shop=a&shop=b', 'shop=a&sh%6Fp=b', 'timestamp=1&x=2&timestamp=1', 'x=%', 'x=%ff', '%ff=1', 'x=1&y=%zz'])(
  '%s is not sound',
  (query) => {
    expect(readProxyQuery(query).sound).toBe(false);
  },
);

test.each([
  ['x=1&shop=a', true],
  ['products=1%2C2&shop=a', true],
  ['x=1&x=2', false],
  ['x=1&%78=2', false],
  ['products=1,2&product%73=3', false],
  ['x=a+b', false],
  ['x', false],
])('%s is read alike by everybody: %s', (query, plain) => {
  expect(readProxyQuery(query).plain).toBe(plain);
});
