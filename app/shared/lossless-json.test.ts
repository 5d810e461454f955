import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLossless } from './lossless-json.ts';

test('an id above 2^53 keeps every digit, small numbers stay numbers', () => {
  expect(parseLossless('{"id":820982911946154508,"n":3,"price":1.5,"list":[9007199254740993]}')).toEqual({
    id: '820982911946154508',
    n: 3,
    price: 1.5,
    list: ['9007199254740993'],
  });
});

test('malformed text is a SyntaxError', () => {
  expect(() => parseLossless('{"id":')).toThrow(SyntaxError);
});

test('wherever such a number stands, and however it is written around', () => {
  const digits = fc.stringMatching(/^[1-9]\d{15,19}$/).filter((text) => !Number.isSafeInteger(Number(text)));
  const space = fc.constantFrom('', ' ', '\n', '\t\r');
  fc.assert(
    fc.property(digits, fc.constantFrom('', '-'), space, (number, sign, gap) => {
      const written = `${gap}${sign}${number}${gap}`;
      const kept = `${sign}${number}`;
      expect(parseLossless(written)).toBe(kept);
      expect(parseLossless(`[${written},${written}]`)).toEqual([kept, kept]);
      expect(parseLossless(`{"a":${written},"b":0.7083333333333334}`)).toEqual({ a: kept, b: 0.7083333333333334 });
    }),
  );
});
