import { describe, expect, it } from 'vitest';
import { type Flow, groups } from '#app/domains/segments/index.ts';
import { layOutFlows } from './flow-layout.server.ts';

const flow = (from: Flow['from'], to: Flow['to'], customers: number): Flow => ({ from, to, customers, spentMinor: 0 });

describe('the drawing of flows', () => {
  it('gives every customer the same height on both sides, and every band its place within its blocks', () => {
    const flows = [flow('champions', 'champions', 30), flow('champions', 'at-risk', 10), flow(null, 'new', 60)];
    const { from, to, bands } = layOutFlows(flows, 120, 2);
    expect(from.map(({ group, height }) => [group, height])).toEqual([
      ['champions', 40],
      [null, 60],
    ]);
    expect(to.map(({ group, y, height }) => [group, y, height])).toEqual([
      ['champions', 0, 30],
      ['new', 32, 60],
      ['at-risk', 94, 10],
    ]);
    expect(bands.map(({ fromY, toY, height }) => [fromY, toY, height])).toEqual([
      [0, 0, 30],
      [30, 94, 10],
      [42, 32, 60],
    ]);
  });

  it('fits whatever is drawn, and nothing', () => {
    const everywhere = groups.flatMap((from) => groups.map((to) => flow(from, to, 3)));
    const { to } = layOutFlows(everywhere, 400, 4);
    const last = to.at(-1);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeCloseTo(400);
    expect(layOutFlows([], 400, 4)).toEqual({ from: [], to: [], bands: [] });
  });
});
