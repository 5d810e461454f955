import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import type { ArmMoments, Experiment } from './model.ts';
import { armOf, changeShare, exposureKey, exposuresOf, judge, MIN_BUYERS } from './rules.ts';

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
      { shopId, experiment: exposureKey(running), visitorId, arm: armOf(visitorId, running), firstSeenAt: at('07') },
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
  const arm = (visitors: number, buyers: number, basket: number): ArmMoments => ({
    visitors,
    buyers,
    sum: buyers * basket,
    sumOfSquares: buyers * basket ** 2,
    sumOfCubes: buyers * basket ** 3,
  });

  it.each([
    ['off', { ...running, holdoutBps: 0 }, arm(0, 0, 0), arm(0, 0, 0)],
    ['not-enough-data', running, arm(0, 0, 0), arm(0, 0, 0)],
    ['not-enough-data', running, arm(950, 30, 5000), arm(50, MIN_BUYERS - 1, 5000)],
    ['sample-ratio-mismatch', running, arm(9500, 300, 5000), arm(1000, 40, 5000)],
    ['gain', running, arm(95_000, 4000, 5000), arm(5000, 120, 5000)],
    ['loss', running, arm(95_000, 2000, 5000), arm(5000, 250, 5000)],
    ['no-difference-seen', running, arm(9500, 475, 5000), arm(500, 26, 5000)],
  ] as const)('%s', (status, experiment, treatment, holdout) => {
    expect(judge(experiment, 'EUR', treatment, holdout).status).toBe(status);
  });

  it('says how many visitors are missing: 25 buyers at 3 % in 5 % of the visitors', () => {
    const verdict = judge(running, 'EUR', arm(950, 30, 5000), arm(50, 0, 0));
    expect(verdict).toMatchObject({ status: 'not-enough-data', visitorsNeeded: Math.ceil(25 / 0.03 / 0.05) });
  });

  it('scales the difference to everybody who saw Trellis, in whole minor units', () => {
    const verdict = judge(running, 'EUR', arm(95_000, 4000, 5000), arm(5000, 120, 5000));
    if (verdict.status !== 'gain') throw new Error(verdict.status);
    expect(verdict.incrementalMinor).toBe(Math.round(4000 * 5000 - 120 * 5000 * 19));
    expect(verdict.incrementalInterval.low).toBeLessThan(verdict.incrementalMinor);
    expect(verdict.incrementalInterval.high).toBeGreaterThan(verdict.incrementalMinor);
  });
});
