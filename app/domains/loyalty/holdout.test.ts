import { expect, it } from 'vitest';
import { shareSince } from './holdout.ts';
import type { ProgrammeSettings } from './model.ts';

const version = (day: number, holdoutBps: number) => ({
  from: new Date(Date.UTC(2026, 0, day)),
  settings: { holdoutBps } as ProgrammeSettings,
});

it.each([
  ['no programme yet', [], null],
  ['one version', [version(1, 500)], [500, 1, 1]],
  ['changes of other rules leave the share as it is', [version(1, 500), version(5, 500), version(9, 500)], [500, 1, 1]],
  ['another share begins anew', [version(1, 500), version(5, 1000), version(9, 1000)], [1000, 5, 1]],
  ['a share that comes back begins anew as well', [version(9, 500), version(1, 500), version(5, 0)], [500, 9, 1]],
])('%s', (_why, versions, expected) => {
  const share = shareSince(versions);
  expect(share && [share.holdoutBps, share.since.getUTCDate(), share.begun.getUTCDate()]).toEqual(expected);
});
