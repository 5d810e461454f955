import { describe, expect, it } from 'vitest';
import { type CaseCount, hasDrifted } from './rules.ts';

const count = (cases: number, hits: number): CaseCount => ({ cases, hits });
const usual = [count(300, 90), count(300, 90)];

describe('drift', () => {
  it.each<[string, CaseCount, CaseCount[], boolean]>([
    ['as ever', count(300, 90), usual, false],
    ['better', count(300, 200), usual, false],
    ['a little worse', count(300, 66), usual, false],
    ['much worse', count(300, 30), usual, true],
    ['nothing hit', count(60, 0), usual, true],
    ['too few cases of the day', count(49, 0), usual, false],
    ['too few cases of the past', count(300, 0), [count(199, 100)], false],
    ['days of few cases do not count as past', count(300, 0), Array.from({ length: 20 }, () => count(40, 40)), false],
    ['worse, but by chance', count(50, 10), usual, false],
    ['nothing was ever hit', count(300, 0), [count(300, 0)], false],
    ['no past', count(300, 0), [], false],
  ])('%s', (_name, day, past, expected) => {
    expect(hasDrifted(day, past)).toBe(expected);
  });
});
