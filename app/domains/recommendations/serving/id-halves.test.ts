import { expect, it } from 'vitest';
import { halvesOf, idOfHalves, packHalves, unpackHalves } from './id-halves.ts';

it.each(['0', '1', '4294967295', '4294967296', '8000000012345', '9007199254740993', '9999999999999999999'])(
  'the id %s is a number and comes back as it was',
  (id) => {
    const halves = halvesOf(id);
    expect(halves && idOfHalves(halves.low, halves.high)).toBe(id);
  },
);

it.each(['', '01', '-1', '1.5', 'a', '1e3', '18446744073709551615'])('the id “%s” stays a text', (id) => {
  expect(halvesOf(id)).toBeNull();
  expect(packHalves(['1', id])).toBeNull();
});

it('many are packed side by side', () => {
  const ids = ['3', '9007199254740993', '0'];
  expect(unpackHalves(packHalves(ids) ?? new Uint32Array())).toEqual(ids);
});
