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
