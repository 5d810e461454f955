import { describe, expect, it } from 'vitest';
import { type ArmSums, emptyArm } from '#app/domains/experiments/index.ts';
import { seededRandom } from '#tests/factories/random.ts';
import { judgeSizes } from './sizes.ts';

const sizes = [500, 1000, 1500];
const batch = 4_000;
const looks = 60;
const basket = 10_000;
const margin = 0.5;

/**
 * Customers come in batches and are looked at after each; those of a size that was taken out go to the others.
 * @param buys chance of an order, by size
 */
function play(seed: number, buys: Readonly<Record<number, number>>) {
  const random = seededRandom(seed);
  const sums = new Map([0, ...sizes].map((size) => [size, emptyArm(String(size))]));
  const stopped: { size: number; reason: string }[] = [];
  for (let look = 1; look <= looks; look += 1) {
    const active = sizes.filter((size) => !stopped.some((one) => one.size === size));
    if (active.length === 0) break;
    const shares = [[0, 0.2] as const, ...active.map((size) => [size, 0.8 / active.length] as const)];
    for (const [size, share] of shares) {
      const visitors = Math.round(batch * share);
      const profit = basket * (margin - size / 10_000);
      const buyers = Array.from({ length: visitors }, random).filter((drawn) => drawn < (buys[size] ?? 0)).length;
      sums.set(size, add(sums.get(size) ?? emptyArm(''), visitors, buyers, profit));
    }
    const read = judgeSizes(sums, sizes, stopped);
    stopped.push(...read.stop);
    if (read.chosen) return { chosen: read.chosen.size, stopped, look };
  }
  return { chosen: null, stopped, look: looks };
}

const add = (arm: ArmSums, visitors: number, buyers: number, profit: number): ArmSums => ({
  ...arm,
  visitors: arm.visitors + visitors,
  buyers: arm.buyers + buyers,
  orders: arm.orders + buyers,
  profitMinor: arm.profitMinor + buyers * profit,
  y: arm.y + buyers * profit,
  yy: arm.yy + buyers * profit ** 2,
});

const seeds = [1, 2, 3, 4, 5, 6];

describe('the smallest size that is worth it', () => {
  it('is found where a small one moves customers as well as a large one', () => {
    const found = seeds.map((seed) => play(seed, { 0: 0.05, 500: 0.09, 1000: 0.091, 1500: 0.092 }));
    expect(found.map(({ chosen }) => chosen)).toEqual(seeds.map(() => 500));
  });

  it('is a larger one where a small one does not move them', () => {
    const found = seeds.map((seed) => play(seed, { 0: 0.05, 500: 0.052, 1000: 0.12, 1500: 0.125 }));
    expect(found.map(({ chosen }) => chosen)).toEqual(seeds.map(() => 1000));
  });

  it('is none where customers buy anyway: all that is given away is lost, and all sizes are stopped', () => {
    const found = seeds.map((seed) => play(seed, { 0: 0.1, 500: 0.1, 1000: 0.1, 1500: 0.1 }));
    for (const { chosen, stopped } of found) {
      expect(chosen).toBeNull();
      expect(stopped.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual(sizes);
    }
  });

  it('a size that earns less than nothing given is stopped as harm', () => {
    const reasons = seeds.flatMap((seed) => play(seed, { 0: 0.1, 500: 0.13, 1000: 0.13, 1500: 0.04 }).stopped);
    expect(reasons.filter(({ size, reason }) => size === 1500 && ['harm', 'dearer'].includes(reason))).toHaveLength(
      seeds.length,
    );
  });

  it('nothing is decided by few buyers', () => {
    const arm = (key: number, buyers: number) => add(emptyArm(String(key)), 100, buyers, 4_000);
    const few = new Map([0, ...sizes].map((size) => [size, arm(size, size === 500 ? 24 : 2)]));
    expect(judgeSizes(few, sizes, [])).toMatchObject({ stop: [], chosen: null });
  });
});
