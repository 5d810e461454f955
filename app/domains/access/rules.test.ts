import { expect, it } from 'vitest';
import type { Restriction } from './model.ts';
import { accessOf, keyOf, keysOf, nextEnd } from './rules.ts';

const now = new Date('2026-11-01T00:00:00Z');
const at = { now, timeZone: 'Europe/Berlin' };
const restriction = (part: Partial<Restriction>): Restriction => ({
  productIds: [],
  collectionIds: [],
  keys: ['a'],
  levels: [],
  until: null,
  ...part,
});
const product = (id: string, ...collectionIds: string[]) => ({ id, collectionIds });

it('names products by themselves and by their collections, and leaves the others to everybody', () => {
  const found = accessOf(
    [restriction({ productIds: ['1'], keys: ['a'] }), restriction({ collectionIds: ['c'], keys: ['b'] })],
    [product('1'), product('2', 'c'), product('3', 'd')],
    at,
  );
  expect([...found].map(([id, { keys }]) => [id, keys])).toEqual([
    ['1', ['a']],
    ['2', ['b']],
  ]);
});

it('lets in whoever meets one of several restrictions, until the last of them is over', () => {
  // In Berlin the second one is past midnight.
  const [early, later] = [new Date('2026-11-10T00:00:00Z'), new Date('2026-11-20T23:30:00Z')];
  const both = [
    restriction({ productIds: ['1'], keys: ['b'], levels: ['Gold'], until: early }),
    restriction({ productIds: ['1'], keys: ['a'], until: later }),
  ];
  expect(accessOf(both, [product('1')], at).get('1')).toEqual({
    keys: ['a', 'b'],
    levels: ['Gold'],
    endsAt: later.toISOString(),
    day: '2026-11-21',
  });
  expect(accessOf(both, [product('1')], { ...at, now: early }).get('1')?.keys).toEqual(['a']);
  expect(accessOf(both, [product('1')], { ...at, now: later }).size).toBe(0);
  expect(accessOf([...both, restriction({ productIds: ['1'] })], [product('1')], at).get('1')?.endsAt).toBeNull();
});

it('says when the next one ends', () => {
  const ends = ['2026-11-03T00:00:00Z', '2026-11-02T00:00:00Z', '2026-10-01T00:00:00Z'].map((at) => new Date(at));
  expect(nextEnd([...ends.map((until) => restriction({ until })), restriction({})], now)).toEqual(ends[1]);
  expect(nextEnd([restriction({})], now)).toBeNull();
});

it('lets pages tell who takes part from who was merely invited, by a word that no product asks for', () => {
  const offer = keyOf('offer', 'o');
  expect(keysOf({ member: false, tier: '', offers: ['o'] })).toEqual([offer]);
  expect(keysOf({ member: true, tier: '', offers: [] })).toEqual(['member']);
  expect(keysOf({ member: true, tier: 'gold', offers: ['o'] })).toEqual(['member', keyOf('level', 'gold'), offer]);
  expect('member').not.toHaveLength(offer.length);
});

it('gives each level and each offer a key of its own, without spaces and the same each time', () => {
  const keys = [keyOf('level', 'gold'), keyOf('level', 'silver'), keyOf('offer', 'gold')];
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((key) => /^[\w-]{10}$/.test(key))).toBe(true);
  expect(keyOf('level', 'gold')).toBe(keys[0]);
});
