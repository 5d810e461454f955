import { describe, expect, it } from 'vitest';
import {
  areaPath,
  linePath,
  linePoints,
  linearScale,
  nearestIndex,
  niceTicks,
  sharesOf,
  trendValues,
} from './geometry.ts';

const box = { width: 100, height: 40, padding: 2 };

describe('linearScale', () => {
  it('maps the ends of the domain to the ends of the range', () => {
    const scale = linearScale([10, 20], [0, 100]);
    expect([scale(10), scale(15), scale(20)]).toEqual([0, 50, 100]);
  });
  it('puts a domain without extent in the middle instead of dividing by zero', () => {
    expect(linearScale([5, 5], [0, 100])(5)).toBe(50);
  });
});

describe('linePoints', () => {
  it('starts the axis at zero, so that a small wobble on a large value looks small', () => {
    const [first, second] = linePoints([100, 98], box);
    expect(first?.y).toBe(2);
    expect((second?.y ?? 0) - (first?.y ?? 0)).toBeLessThan(1);
  });
  it('draws nothing but zeros at the bottom', () => {
    expect(linePoints([0, 0, 0], box).map((point) => point.y)).toEqual([38, 38, 38]);
  });
  it('keeps negative values inside the box', () => {
    for (const { y } of linePoints([-5, 3], box)) {
      expect(y).toBeGreaterThanOrEqual(2);
      expect(y).toBeLessThanOrEqual(38);
    }
  });
  it('copes with one value and with none', () => {
    expect(linePoints([], box)).toEqual([]);
    expect(linePoints([7], box)).toHaveLength(1);
  });
});

describe('trendValues', () => {
  it.each([
    ['today is not over', [5, 6, 1], [5, 6]],
    ['only today has something', [0, 0, 7], [0, 0, 7]],
    ['nothing at all', [0, 0, 0], [0, 0, 0]],
    ['too short to leave a day out', [3, 1], [3, 1]],
  ])('%s', (_name, days, line) => {
    expect(trendValues(days)).toEqual(line);
  });
});

describe('paths', () => {
  it('closes the area on the baseline', () => {
    const points = [
      { x: 0, y: 5 },
      { x: 10, y: 1 },
    ];
    expect(linePath(points)).toBe('M0 5 L10 1');
    expect(areaPath(points, 20)).toBe('M0 5 L10 1 L10 20 L0 20 Z');
    expect(areaPath([], 20)).toBe('');
  });
});

describe('niceTicks', () => {
  it.each([
    ['a plain range', 0, 100, 5, [0, 20, 40, 60, 80, 100]],
    ['a range around zero', -3, 7, 5, [-4, -2, 0, 2, 4, 6, 8]],
    ['fractions without binary noise', 0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
    ['nothing but zero', 0, 0, 4, [0, 0.25]],
  ])('%s', (_name, low, high, count, ticks) => {
    expect(niceTicks(low, high, count)).toEqual(ticks);
  });
  it('answers nothing for a range that is not a number', () => {
    expect(niceTicks(Number.NaN, 1, 3)).toEqual([]);
  });
});

describe('nearestIndex', () => {
  it.each([
    ['left of the drawing', -0.5, 0],
    ['right of the drawing', 5, 4],
    ['on the middle', 0.5, 2],
  ])('%s', (_name, share, index) => {
    expect(nearestIndex(share, 5)).toBe(index);
  });
  it('knows the only value', () => {
    expect(nearestIndex(0.7, 1)).toBe(0);
  });
});

describe('sharesOf', () => {
  it('is percent of the whole, and zero of nothing', () => {
    expect(sharesOf([1, 1, 2])).toEqual([25, 25, 50]);
    expect(sharesOf([0, 0])).toEqual([0, 0]);
  });
});
