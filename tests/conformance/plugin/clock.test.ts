import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('a store whose clock is wrong learns the app’s from its refusal, tries once more, and signs by it from then on', () => {
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'clock.php')]))).toEqual({
    other: ['forged', [[0, true]]],
    'no time': ['stale', [[0, true]]],
    learnt: [
      { ok: true },
      [
        [0, true],
        [600, true],
      ],
    ],
    next: [{ ok: true }, [[600, true]]],
    // Twice wrong is no clock: nobody goes round in a circle.
    still: [
      'stale',
      [
        [600, true],
        [1200, true],
      ],
    ],
    told: [1200, 3600],
  });
});
