import { expect, it } from 'vitest';
import { defaultProgramme } from './default-programme.ts';
import { keptProducts } from './exclusives.ts';
import { type Exclusive, programmeSettings } from './model.ts';

const now = new Date('2026-11-01T00:00:00Z');
const settings = defaultProgramme({
  currency: 'EUR',
  digits: 2,
  averageOrderMinor: 6_000,
  marginBps: 4_000,
  minMarginBps: 1_000,
  write: String,
});
const exclusive = (part: Partial<Exclusive>): Exclusive => ({
  id: 'a',
  fromLevel: 'silver',
  productIds: ['1'],
  collectionIds: [],
  until: null,
  ...part,
});
const kept = (...exclusives: Exclusive[]) => keptProducts({ ...settings, exclusives }, now);

it('lets a level and those above it buy', () => {
  expect(kept(exclusive({}))[0]?.levels.map(({ id }) => id)).toEqual(['silver', 'gold']);
  expect(kept(exclusive({ fromLevel: 'gold' }))[0]?.levels.map(({ name }) => name)).toEqual(['Gold']);
});

it('ends with its day', () => {
  expect(kept(exclusive({ until: '2026-11-01T00:00:00.000Z' }))).toEqual([]);
  expect(kept(exclusive({ until: '2026-11-01T00:00:01.000Z' }))).toHaveLength(1);
});

it('keeps nothing for a level that is no more', () => {
  expect(kept(exclusive({ fromLevel: 'platinum' }))).toEqual([]);
});

it.each([
  ['nothing to keep', exclusive({ productIds: [] }), 'Choose the products'],
  ['a level that there is not', exclusive({ fromLevel: 'platinum' }), 'Choose the tier'],
])('refuses %s', (_what, wrong, message) => {
  const { success, error } = programmeSettings.safeParse({ ...settings, exclusives: [wrong] });
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toContain(message);
});

it('reads settings from before there were products for members', () => {
  const { exclusives, ...before } = settings;
  expect(exclusives).toEqual([]);
  expect(programmeSettings.parse(before).exclusives).toEqual([]);
});
