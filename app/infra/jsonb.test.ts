import { expect, test } from 'vitest';
import { toJsonb } from './jsonb.ts';

test.each([
  ['ordinary text stays', 'Größe 日本 😀', 'Größe 日本 😀'],
  ['NUL goes', 'a\0b', 'ab'],
  ['half a surrogate pair becomes the replacement character', 'a\ud83d b \ude00', 'a\ufffd b \ufffd'],
  ['a whole pair beside half of one stays', '😀\ud83d', '😀\ufffd'],
  ['a backslash before u0000 is text, not NUL', '\\u0000', '\\u0000'],
])('%s', (_name, given, stored) => {
  expect(JSON.parse(toJsonb({ given }))).toEqual({ given: stored });
});
