import { expect, it } from 'vitest';
import { createProductChanges } from './changes.ts';

it('knows what has changed since a reading', () => {
  const changes = createProductChanges();
  const first = changes.reading();
  expect(changes.take([['1', '100']])).toEqual(['1']);
  const second = changes.reading();
  expect(second).toBeGreaterThan(first);
  expect(changes.untouched(['1', '2'], first)).toBe(false);
  expect(changes.untouched(['2'], first)).toBe(true);
  expect(changes.untouched(['1', '2'], second)).toBe(true);
});

it('takes what comes again because another transaction goes on for changed once', () => {
  const changes = createProductChanges();
  changes.take([['1', '100']]);
  const since = changes.reading();
  expect(
    changes.take([
      ['1', '100'],
      ['2', '101'],
    ]),
  ).toEqual(['2']);
  expect(changes.untouched(['1'], since)).toBe(true);
  expect(
    changes.take([
      ['1', '102'],
      ['2', '101'],
    ]),
  ).toEqual(['1']);
});

it('calls everything changed when there was too much, and what was made before its memory', () => {
  const [earlier, changes] = [createProductChanges(), createProductChanges()];
  expect(changes.untouched(['1'], earlier.reading())).toBe(false);
  const since = changes.reading();
  expect(changes.take(null)).toBeNull();
  expect(changes.untouched(['1'], since)).toBe(false);
  const many = Array.from({ length: 6_000 }, (_, id): [string, string] => [String(id), '7']);
  changes.take(many);
  const before = changes.reading();
  expect(changes.take(many.map(([id]) => [`other ${id}`, '8']))).toHaveLength(6_000);
  expect(changes.untouched(['nobody'], before)).toBe(false);
});
