import { expect, it } from 'vitest';
import { nextStep } from './next-step.ts';

const all = { liveBundles: 2, latestBundle: 'b1', experiments: 1, backtests: 1, liveGoals: 1 };

it.each([
  ['a shop without bundles sees what to bundle', { ...all, liveBundles: 0, experiments: 0 }, '/bundle-ideas'],
  ['a live bundle is measured', { ...all, experiments: 0, backtests: 0 }, '/experiments/new?bundle=b1'],
  ['then recommendations are tested', { ...all, backtests: 0, liveGoals: 0 }, '/recommendations/backtest'],
  ['then carts get a goal', { ...all, liveGoals: 0 }, '/bundles/new?kind=cart-goals'],
  ['nothing is left', all, undefined],
])('%s', (_name, progress, url) => {
  expect(nextStep(progress)?.url).toBe(url);
});
