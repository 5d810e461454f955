import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Companion } from '#app/platforms/platform.ts';
import { isBehind } from './check-plugin.ts';

const found = (state: Companion['state'], contract?: number): Companion => ({
  ...{ state, version: null, problems: [] },
  ...(contract === undefined ? {} : { contract }),
});

it.each<[string, Companion | null, boolean]>([
  ['one that was never looked for', null, false],
  ['one that is not there', found('missing'), false],
  ['one that was looked for before it was asked', found('connected'), true],
  ['one of the contract before', found('connected', 1), true],
  ['one of the contract before that waits', found('waiting', 1), true],
  ['one of this contract', found('connected', 2), false],
  ['one of a later contract', found('connected', 3), false],
])('tells of %s whether it is behind', (_which, companion, behind) => {
  expect(isBehind(companion)).toBe(behind);
});

it('the plugin of this repository is not behind', () => {
  const source = readFileSync('extensions/woocommerce-plugin/trellis-for-woocommerce.php', 'utf8');
  const contract = Number(/'TRELLIS_WOOCOMMERCE_CONTRACT', (\d+)/.exec(source)?.[1]);
  expect([isBehind(found('connected', contract)), isBehind(found('connected', contract - 1))]).toEqual([false, true]);
});
