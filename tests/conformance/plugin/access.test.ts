import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runPhp } from '#tests/setup/php.ts';

const published = (endsAt: string | null, keys = ['aaaaaaaaaa', 'bbbbbbbbbb']): string =>
  JSON.stringify({ keys, levels: ['Gold'], endsAt, day: null });

const usual = { id: 10, parent: 0, sold: true, user: 0, keys: '', staff: false, page: false, meta: published(null) };

const cases: readonly [what: string, change: Partial<typeof usual>, may: boolean][] = [
  ['a guest may not', {}, false],
  ['a customer without keys may not', { user: 7 }, false],
  ['another key does not open it', { user: 7, keys: 'cccccccccc' }, false],
  ['a part of a key does not', { user: 7, keys: 'aaaaa' }, false],
  ['one of the keys does', { user: 7, keys: 'cccccccccc bbbbbbbbbb' }, true],
  ['a variation is kept as its product is', { id: 11, parent: 10 }, false],
  ['and opened with it', { id: 11, parent: 10, user: 7, keys: 'aaaaaaaaaa' }, true],
  ['staff may', { user: 1, staff: true }, true],
  ['what cannot be bought at all stays so', { sold: false, user: 7, keys: 'aaaaaaaaaa' }, false],
  ['a product that is everybody’s', { meta: '' }, true],
  ['another product', { id: 12 }, true],
  ['once it is over everybody may', { meta: published('2001-01-01T00:00:00.000Z') }, true],
  ['before that nobody else', { meta: published('2999-01-01T00:00:00.000Z') }, false],
  ['keys that nobody holds', { user: 7, keys: '', meta: published(null, ['']) }, false],
  ['what is no publication of ours', { meta: '{' }, true],
];

function ask(questions: readonly (typeof usual)[]): { answers: boolean[]; reads: number } {
  const told = runPhp([join(import.meta.dirname, 'access.php')], JSON.stringify({ questions }));
  return z.object({ answers: z.array(z.boolean()), reads: z.number() }).parse(JSON.parse(told));
}

it('the plugin lets those buy whom the app told it of, and nobody else', () => {
  const { answers, reads } = ask(cases.map(([, change]) => ({ ...usual, ...change })));
  expect(reads).toBe(cases.length - 1);
  for (const [at, [what, , may]] of cases.entries()) expect(answers[at], what).toBe(may);
});

it('a page asks once for each product, whoever looks at it', () => {
  const page = { ...usual, page: true };
  const { answers, reads } = ask([
    page,
    page,
    { ...page, user: 7, keys: 'aaaaaaaaaa' },
    { ...page, id: 11, parent: 10 },
  ]);
  expect(answers).toEqual([false, false, true, false]);
  expect(reads).toBe(1);
});
