import { expect, test } from 'vitest';
import { toArrayLiteral } from './array-literal.ts';

test.each([
  [[], '{}'],
  [['a', 'null', '', ' '], '{"a","null",""," "}'],
  [[null, 1, -2.5, true], '{null,1,-2.5,true}'],
  [[new Date(0)], '{1970-01-01T00:00:00.000Z}'],
  [['"', '\\', '{,}'], String.raw`{"\"","\\","{,}"}`],
  [['a\0b', '\ud83d', '😀'], '{"ab","\ufffd","😀"}'],
])('%j', (values, literal) => {
  expect(toArrayLiteral(values)).toBe(literal);
});
