import { describe, expect, it } from 'vitest';
import { evenPlace, surface, valueAxis } from './axis.ts';

describe('valueAxis', () => {
  it('ends at round numbers and holds zero', () => {
    const axis = valueAxis([310, 870]);
    expect(axis.ticks).toEqual([0, 250, 500, 750, 1000]);
    expect(axis.step).toBe(250);
    expect([axis.y(0), axis.y(500), axis.y(1000)]).toEqual([surface.height, surface.height / 2, 0]);
  });
  it('reaches below zero for losses', () => {
    const { ticks, y } = valueAxis([-30, 70]);
    expect(ticks).toContain(0);
    expect(ticks[0]).toBeLessThanOrEqual(-30);
    expect(y(-30)).toBeGreaterThan(y(0));
  });
  it.each([
    ['one', [1], [0, 1]],
    ['three', [3], [0, 1, 2, 3]],
    ['nine, where steps of two and a half would be closest', [9], [0, 5, 10]],
    ['none', [0, 0], [0, 1]],
  ])('counts %s without fractions', (_name, values, ticks) => {
    expect(valueAxis(values, { whole: true }).ticks).toEqual(ticks);
  });
  it('keeps a value beyond its ends on the surface', () => {
    const { y } = valueAxis([10]);
    expect([y(1e9), y(-1e9)]).toEqual([0, surface.height]);
  });
});

describe('evenPlace', () => {
  it('spreads from edge to edge', () => {
    expect([0, 1, 2].map(evenPlace(3))).toEqual([0, surface.width / 2, surface.width]);
  });
  it('puts one value at the left', () => {
    expect(evenPlace(1)(0)).toBe(0);
  });
});
