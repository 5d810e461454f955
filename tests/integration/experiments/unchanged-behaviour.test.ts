import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentHoldout, experimentResult, setHoldout } from '#app/domains/experiments/index.ts';
import { exposureKey } from '#app/domains/experiments/rules.ts';
import { readTestSums } from '#app/domains/experiments/split-tests/store-sums.ts';
import { ofHoldout } from '#app/domains/experiments/split-tests/withheld.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { inArm, type Laboratory, openLaboratory, people, start } from './laboratory.ts';
import { off, ofTested, shopWithOffers, tested } from './withheld-offers.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.test.dispose());

describe('a quantity break that changes nobody’s behaviour', () => {
  const each = 150;
  const buy = async (shopId: ShopId, buyers: readonly string[]) => {
    for (const [index, buyer] of buyers.entries())
      await lab.order(shopId, buyer, {
        lines: [{ quantity: 1 + (index % 3), discountMinor: each }],
        gifts: [off('0', each, tested)],
      });
  };
  const known = (visitors: readonly string[]) => visitors.slice(0, visitors.length >> 1);

  it('costs its discounts in the test of its bundle, where it seemed to cost nothing', async () => {
    const shopId = await shopWithOffers(lab);
    const one = await lab.running(shopId, ofTested, ['7']);
    const visitors = people(320);
    // As many in either version, so that no chance is in the figures.
    const size = Math.min(inArm(one, visitors, 'a').length, inArm(one, visitors, 'b').length);
    const groups = ['a', 'b'].map((key) => inArm(one, visitors, key).slice(0, size));
    for (const group of groups) {
      await lab.sight(shopId, group);
      await buy(shopId, known(group));
    }
    const reading = await lab.reading(shopId, one);
    const perVisitor = (each * known(groups[0] ?? []).length) / size;
    // Of the version that hides it beside the one that shows it.
    expect(reading.focus?.difference).toBeCloseTo(perVisitor, 6);
    expect(reading.arms.map(({ revenueMinor }) => revenueMinor)).toEqual([
      reading.arms[0]?.revenueMinor,
      reading.arms[0]?.revenueMinor,
    ]);
  });

  it('costs its discounts with and without Trellis', async () => {
    const shopId = await shopWithOffers(lab);
    await lab.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps: 5_000, freshSalt: 'h', now: start }));
    const visitors = people(320);
    const held = visitors.filter((visitor) => isHeldOut(visitor, 'h', 5_000));
    const rest = visitors.filter((visitor) => !isHeldOut(visitor, 'h', 5_000));
    const size = Math.min(held.length, rest.length);
    const groups = [held.slice(0, size), rest.slice(0, size)];
    for (const group of groups) {
      await lab.sight(shopId, group);
      await buy(shopId, known(group));
    }
    const result = await lab.inShop(shopId, (scope) =>
      experimentResult(scope, { now: lab.clock.at, marginBps: 4_000 }),
    );
    if (!('difference' in result)) throw new Error(result.status);
    const given = each * known(groups[1] ?? []).length;
    expect(result.difference).toBeCloseTo(-given / size, 6);
    expect(result.incrementalMinor).toBeCloseTo(-given, -1);
    const before = await lab.inShop(shopId, async (scope) => {
      const exposure = exposureKey((await currentHoldout(scope))!);
      const moments = { exposure, from: start, to: lab.clock.at, pastUntil: start, marginBps: 4_000 };
      const sums = [null, ofHoldout].map((withheld) => readTestSums(scope, { ...moments, withheld }));
      return [await sums[0], await sums[1]].map((one) =>
        one?.arms.map(({ profitMinor }) => profitMinor).sort((a, b) => a - b),
      );
    });
    expect((before[0]?.[1] ?? 0) - (before[0]?.[0] ?? 0)).toBeCloseTo(0, 6);
    expect((before[1]?.[1] ?? 0) - (before[1]?.[0] ?? 0)).toBeCloseTo(given, 6);
  });
});
