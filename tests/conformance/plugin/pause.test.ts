import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('three questions of a kind in a row without an answer leave the app alone; one alone, or another kind, silences nothing', () => {
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'pause.php')], ''))).toEqual({
    'three in a row': '/fails /fails /fails',
    'answer between': '/fails /fails /works /fails /fails /works',
    'refusal between': '/fails /fails /refused /fails /works',
    'asked wrongly': '/431 /431 /431 /works',
    'app is down': '/502 /502 /502',
    'another kind': '/fails /fails /fails /works',
  });
});
