import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import type { Experiment } from './model.ts';
import { armOf, changeShare, exposureKey, exposuresOf, judge } from './rules.ts';
import { ALPHA, boundary } from './split-tests/confidence-sequence.ts';
import type { ArmSums, TestSums } from './split-tests/model.ts';

const shopId = '11111111-1111-4111-8111-111111111111' as ShopId;
const otherShop = '22222222-2222-4222-8222-222222222222' as ShopId;
const start = new Date('2026-10-01T00:00:00Z');
const now = new Date('2026-11-01T00:00:00Z');
const running: Experiment = { shopId, key: 'holdout', salt: 's1', holdoutBps: 500, startedAt: start, endedAt: null };
const wish = (holdoutBps: number) => ({ shopId, key: 'holdout', holdoutBps });

describe('another share', () => {
  it('keeps the period where nothing changes', () => {
    expect(changeShare(running, wish(500), 'fresh', now)).toEqual({ action: 'keep' });
  });

  it('starts with a fresh salt the first time, and with the same one afterwards', () => {
    expect(changeShare(null, wish(500), 'fresh', now)).toMatchObject({
      action: 'start',
      end: null,
      begin: { salt: 'fresh' },
    });
    expect(changeShare(running, wish(1000), 'fresh', now)).toMatchObject({
      end: { endedAt: now },
      begin: { salt: 's1', holdoutBps: 1000, startedAt: now, endedAt: null },
    });
  });

  it('never begins a period before or at the moment of the one it ends', () => {
    expect(changeShare(running, wish(1000), 'fresh', start)).toMatchObject({
      begin: { startedAt: new Date(start.getTime() + 1) },
    });
  });

  it('holds out everybody who was held out, when the share grows', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(5000), fc.nat(5000), (visitor, a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        const grown = changeShare({ ...running, holdoutBps: small }, wish(large), 'fresh', now);
        if (grown.action === 'keep' || armOf(visitor, { ...running, holdoutBps: small }) === 'treatment') return;
        expect(armOf(visitor, grown.begin)).toBe('holdout');
      }),
    );
  });
});

describe('exposures', () => {
  const visitorId = '33333333-3333-4333-8333-333333333333' as VisitorId;
  const at = (day: string) => new Date(`2026-10-${day}T12:00:00Z`);

  it('counts a visitor once a period, at the earliest moment, whatever the order of arrival', () => {
    const rows = exposuresOf(
      [
        { shopId, visitorId, productId: null, at: at('09') },
        { shopId, visitorId, productId: null, at: at('07') },
        { shopId, visitorId, productId: null, at: at('08') },
      ],
      [running],
    );
    expect(rows).toEqual([
      {
        shopId,
        experiment: exposureKey(running),
        visitorId,
        arm: armOf(visitorId, running),
        firstSeenAt: at('07'),
        crowd: false,
      },
    ]);
  });

  it.each([
    ['before the period', [{ ...running, startedAt: at('20') }]],
    ['after the period', [{ ...running, endedAt: at('02') }]],
    ['of another shop', [{ ...running, shopId: otherShop }]],
    ['of a shop that holds nobody out', [{ ...running, holdoutBps: 0 }]],
  ])('ignores a sighting %s', (_, experiments) => {
    expect(exposuresOf([{ shopId, visitorId, productId: null, at: at('09') }], experiments)).toEqual([]);
  });
});

describe('verdict', () => {
  /** Visitors of whom the first `buyers` earned `profit` each, as the database adds them up. */
  const arm = (key: string, visitors: number, buyers: number, profit: number): ArmSums => ({
    key,
    visitors,
    buyers,
    orders: buyers,
    revenueMinor: buyers * profit * 2,
    profitMinor: buyers * profit,
    y: buyers * profit,
    yy: buyers * profit ** 2,
    x1: 0,
    x2: 0,
    x1x1: 0,
    x1x2: 0,
    x2x2: 0,
    x1y: 0,
    x2y: 0,
  });
  const sums = (...arms: ArmSums[]): TestSums => ({
    currency: 'EUR',
    arms,
    machines: 0,
    capMinor: null,
    capped: 0,
    assumedShare: 0.25,
  });
  const groups = (treatment: [number, number], holdout: [number, number], profit = 5000) =>
    sums(arm('treatment', ...treatment, profit), arm('holdout', ...holdout, profit));

  it.each([
    ['off', { ...running, holdoutBps: 0 }, sums()],
    ['not-enough-data', running, sums()],
    ['not-enough-data', running, groups([950, 30], [50, 24])],
    ['not-enough-data', running, groups([98, 0], [1, 0])],
    ['sample-ratio-mismatch', running, groups([9500, 300], [1000, 40])],
    ['gain', running, groups([95_000, 4000], [5000, 120])],
    ['loss', running, groups([95_000, 2000], [5000, 250])],
    ['no-difference-seen', running, groups([9500, 475], [500, 26])],
  ] as const)('%s', (status, experiment, both) => {
    expect(judge(experiment, both).status).toBe(status);
  });

  it('says how many visitors are missing, and nothing before the first buyer', () => {
    const verdict = judge(running, groups([950, 30], [50, 0]));
    expect(verdict).toMatchObject({ status: 'not-enough-data', visitorsNeeded: Math.ceil(25 / 0.03 / 0.05) });
    expect(judge(running, groups([950, 0], [50, 0]))).toMatchObject({ visitorsNeeded: null });
  });

  it('scales the difference to everybody who saw Trellis, in whole minor units', () => {
    const verdict = judge(running, groups([95_000, 4000], [5000, 120]));
    if (verdict.status !== 'gain') throw new Error(verdict.status);
    expect(verdict.incrementalMinor).toBe(Math.round(4000 * 5000 - 120 * 5000 * 19));
    expect(verdict.incrementalInterval.low).toBeLessThan(verdict.incrementalMinor);
    expect(verdict.incrementalInterval.high).toBeGreaterThan(verdict.incrementalMinor);
    expect(verdict).toMatchObject({ currency: 'EUR', assumedShare: 0.25, holdout: { profitPerVisitor: 120 } });
  });

  it('is that of the same experiment as a test of two versions: wider than a single look would have it', () => {
    const verdict = judge(running, groups([95_000, 4000], [5000, 120]));
    if (verdict.status !== 'gain') throw new Error(verdict.status);
    const error = (verdict.difference - verdict.interval.low) / boundary(100_000, 10_000, ALPHA);
    const squares = (visitors: number, buyers: number) => buyers * 5000 ** 2 - (buyers * 5000) ** 2 / visitors;
    // The few of the holdout vary less than all together, and are not believed.
    const together = (squares(95_000, 4000) + squares(5000, 120)) / 99_998;
    const variance = squares(95_000, 4000) / 94_999 / 95_000 + together / 5000;
    expect(error).toBeCloseTo(Math.sqrt(variance), 6);
    expect(boundary(100_000, 10_000, ALPHA)).toBeGreaterThan(2.5);
  });
});
