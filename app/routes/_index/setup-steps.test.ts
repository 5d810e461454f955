import { describe, expect, it } from 'vitest';
import { setupSteps, withTheme } from './setup-steps.ts';

const fresh = {
  runs: [],
  recommendations: 'never-trained' as const,
  liveBundles: 0,
  setup: { dismissed: false, blocksChecked: false },
  blocks: true,
};
const done = (known: Parameters<typeof setupSteps>[0]): string[] =>
  setupSteps(known)
    .filter((step) => step.done)
    .map((step) => step.id);

describe('setupSteps', () => {
  it('starts with nothing done', () => {
    expect(done(fresh)).toEqual([]);
  });
  it('leaves the theme out where the store can show no block', () => {
    expect(setupSteps({ ...fresh, blocks: false }).map((step) => step.id)).toEqual([
      'import',
      'recommendations',
      'bundle',
    ]);
  });
  it('waits for the publication before recommendations count as done', () => {
    const runs = [
      { kind: 'import', status: 'succeeded' },
      { kind: 'publish', status: 'running' },
    ] as const;
    expect(done({ ...fresh, runs, recommendations: 'active' })).toEqual(['import']);
  });
  it('a later publication that fails does not untick the step', () => {
    const runs = [
      { kind: 'publish', status: 'failed' },
      { kind: 'publish', status: 'succeeded' },
    ] as const;
    expect(done({ ...fresh, runs, recommendations: 'active' })).toEqual(['import', 'recommendations']);
  });
  it('is complete', () => {
    expect(
      done({
        runs: [],
        recommendations: 'active',
        liveBundles: 1,
        setup: { dismissed: false, blocksChecked: true },
        blocks: true,
      }),
    ).toHaveLength(4);
  });
});

describe('withTheme', () => {
  const blocks = (live: boolean) => ({
    state: 'known' as const,
    blocks: [{ handle: 'bundle', name: 'Bundle', live }],
  });
  it.each([
    ['not done, and the admin has not answered', false, { state: 'asking' }, { done: false, asking: true }],
    ['remembered as done, and the admin has not answered', true, { state: 'asking' }, { done: true }],
    ['the admin sees a block', false, blocks(true), { done: true }],
    ['the merchant took the block out since', true, blocks(false), { done: false }],
    ['the admin does not know', true, { state: 'unknown' }, { done: true }],
  ] as const)('%s', (_name, done, theme, step) => {
    expect(withTheme([{ id: 'blocks', done }], theme)).toEqual([{ id: 'blocks', ...step }]);
  });
});
