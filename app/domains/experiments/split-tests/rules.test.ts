import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { armIn } from '#app/shared/assignment.ts';
import { testExposuresOf } from './exposures.ts';
import type { ArmSums, SplitTest, TestSums } from './model.ts';
import type { TestSubject } from './subject.ts';
import { assignmentsOf, publicationOf } from './publication.ts';
import { allocate, automaticStop, layerSaltOf, overlaps, planVisitors, readTest } from './rules.ts';

const shopId = '11111111-1111-4111-8111-111111111111' as ShopId;
const bundle = '22222222-2222-4222-8222-222222222222';
const start = new Date('2026-10-01T00:00:00Z');
const base: SplitTest = {
  shopId,
  id: '33333333-3333-4333-8333-333333333333',
  title: 'Heading',
  subject: { type: 'widget', id: 'together' },
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { title: 'Goes well with it' } },
  ],
  trafficBps: 10_000,
  layer: '',
  effectBps: 1_000,
  state: 'running',
  stopReason: null,
  appliedArm: null,
  salt: 'salt',
  bucketFrom: 0,
  bucketTo: 10_000,
  plannedVisitors: 0,
  productIds: [],
  currency: null,
  startedAt: start,
  endedAt: null,
  createdAt: start,
  updatedAt: start,
};

describe('tests beside each other', () => {
  it.each<[TestSubject, TestSubject, boolean]>([
    [{ type: 'widget', id: 'together' }, { type: 'widget', id: 'cart' }, false],
    [{ type: 'widget', id: 'cart' }, { type: 'widget', id: 'cart' }, true],
    [{ type: 'bundle', id: bundle }, { type: 'widget', id: 'bundle' }, true],
    [{ type: 'bundle', id: bundle }, { type: 'widget', id: 'together' }, false],
    [{ type: 'app', id: '' }, { type: 'widget', id: 'cart' }, true],
    [{ type: 'price', id: bundle }, { type: 'bundle', id: bundle }, true],
    [{ type: 'price', id: bundle }, { type: 'price', id: base.id }, false],
    [{ type: 'price', id: bundle }, { type: 'widget', id: 'bundle' }, true],
    [{ type: 'placement', id: 'cart' }, { type: 'widget', id: 'cart' }, true],
    [{ type: 'placement', id: 'cart' }, { type: 'price', id: bundle }, false],
  ])('%j and %j change the same thing: %s', (a, b, same) => {
    expect([overlaps(a, b), overlaps(b, a)]).toEqual([same, same]);
  });

  it('two of one subject are refused without a group, named, and let in with one', () => {
    const wish = { ...base, id: 'other', trafficBps: 5_000 };
    expect(allocate(wish, [base])).toMatchObject({ ok: false, reason: 'same-subject', other: { title: 'Heading' } });
    const first = { ...base, layer: 'Product page', bucketTo: 6_000 };
    expect(allocate({ ...wish, layer: 'product PAGE', trafficBps: 4_000 }, [first])).toEqual({
      ok: true,
      from: 6_000,
      to: 10_000,
    });
    expect(allocate({ ...wish, layer: 'product page' }, [first])).toEqual({
      ok: false,
      reason: 'group-full',
      freeBps: 4_000,
    });
  });

  it('never test two prices of one bundle at once, whatever their groups: a cart asks one test alone', () => {
    const price = { ...base, subject: { type: 'price', id: bundle }, layer: 'g', bucketTo: 5_000 } as const;
    const wish = { ...price, id: 'second', trafficBps: 5_000 };
    expect(allocate(wish, [price])).toMatchObject({ ok: false, reason: 'same-subject' });
    expect(allocate({ ...wish, subject: { type: 'bundle', id: bundle } }, [price])).toMatchObject({ ok: true });
    expect(allocate({ ...wish, subject: { type: 'price', id: base.id } }, [price])).toMatchObject({ ok: true });
  });

  it('of one group never share a visitor, in whatever order they come and go', () => {
    const steps = fc.array(fc.record({ trafficBps: fc.integer({ min: 100, max: 6_000 }), leave: fc.nat(3) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(steps, fc.uuid(), (list, visitor) => {
        let running: SplitTest[] = [];
        list.forEach(({ trafficBps, leave }, index) => {
          if (running.length > 3) running = running.filter((_one, at) => at !== leave);
          const wish = { ...base, id: `t${String(index)}`, salt: `s${String(index)}`, layer: 'g', trafficBps };
          const room = allocate(wish, running);
          if (room.ok) running.push({ ...wish, bucketFrom: room.from, bucketTo: room.to });
        });
        expect(assignmentsOf(publicationOf(null, running), visitor).length).toBeLessThanOrEqual(1);
        for (const test of running) expect(test.bucketTo - test.bucketFrom).toBe(test.trafficBps);
      }),
    );
  });
});

describe('what the storefront is told', () => {
  it('running tests, and of applied ones the winner alone', () => {
    const applied = { ...base, id: '9', state: 'applied' as const, appliedArm: 'b' };
    const told = publicationOf({ holdoutBps: 500, salt: 'h' }, [base, applied, { ...base, id: '8', state: 'stopped' }]);
    expect(told).toMatchObject({
      holdoutBps: 500,
      tests: [{ id: base.id, subject: 'widget:together', layer: layerSaltOf(base) }],
      changes: [{ subject: 'widget:together', change: { title: 'Goes well with it' } }],
    });
  });

  it('assigns nobody who is held out of the whole app, and nobody without an id', () => {
    const told = publicationOf({ holdoutBps: 5_000, salt: 'h' }, [base]);
    fc.assert(
      fc.property(fc.uuid(), (visitor) => {
        const [only] = assignmentsOf({ ...told, holdoutBps: 0 }, visitor);
        expect(only).toMatchObject({ testId: base.id, arm: expect.stringMatching(/[ab]/) as string });
        expect(assignmentsOf({ ...told, holdoutBps: 10_000 }, visitor)).toEqual([]);
      }),
    );
    expect(assignmentsOf(told, null)).toEqual([]);
  });
});

describe('exposures', () => {
  const visitorId = '44444444-4444-4444-8444-444444444444' as VisitorId;
  const at = (day: string) => new Date(`2026-10-${day}T12:00:00Z`);
  const sight = (day: string, productId: string | null = '7') => ({ shopId, visitorId, productId, at: at(day) });
  const arm = armIn(visitorId, {
    layer: layerSaltOf(base),
    from: 0,
    to: 10_000,
    salt: base.salt,
    arms: base.arms,
  })?.key;

  it('count a visitor once, at the earliest view, in the arm of the hash', () => {
    expect(testExposuresOf([sight('09'), sight('07'), sight('08')], [base], [])).toEqual([
      { shopId, experiment: `test:${base.id}`, visitorId, arm, firstSeenAt: at('07'), crowd: false },
    ]);
  });

  const period = { shopId, key: 'holdout', salt: 'h', holdoutBps: 10_000, startedAt: start, endedAt: null };
  it.each([
    ['before the test began', [{ ...base, startedAt: at('20') }], []],
    ['after it ended', [{ ...base, endedAt: at('05') }], []],
    ['of a draft', [{ ...base, startedAt: null }], []],
    ['of a product that the tested bundle does not hold', [{ ...base, productIds: ['8'] }], []],
    ['of a visitor outside its buckets', [{ ...base, bucketTo: 0 }], []],
    ['of a visitor who is held out of everything', [base], [period]],
    ['of another shop', [{ ...base, shopId: bundle as ShopId }], []],
  ])('leave out a view %s', (_why, tests, periods) => {
    expect(testExposuresOf([sight('09')], tests, periods)).toEqual([]);
  });
});

describe('verdict', () => {
  const arm = (key: string, visitors: number, buyers: number, profit: number): ArmSums => ({
    key,
    visitors,
    buyers,
    orders: buyers,
    revenueMinor: 0,
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
  const read = (...arms: ArmSums[]) =>
    readTest(base, {
      currency: 'EUR',
      arms,
      machines: 0,
      capMinor: null,
      capped: 0,
      assumedShare: 0,
    } satisfies TestSums);

  it.each([
    ['no-visitors', [], false],
    ['not-enough-data', [arm('a', 500, 24, 2_000), arm('b', 510, 30, 2_000)], false],
    ['sample-ratio-mismatch', [arm('a', 5_000, 200, 2_000), arm('b', 4_000, 10, 2_000)], false],
    ['open', [arm('a', 5_000, 200, 2_000), arm('b', 5_010, 210, 2_000)], false],
    ['better', [arm('a', 50_000, 2_000, 2_000), arm('b', 50_100, 2_600, 2_000)], false],
    ['worse', [arm('a', 50_000, 2_600, 2_000), arm('b', 50_100, 2_000, 2_000)], 'harm'],
  ] as const)('%s', (verdict, arms, stop) => {
    const reading = read(...arms);
    expect(reading.verdict).toBe(verdict);
    expect(automaticStop({ plannedVisitors: 0 }, reading)).toEqual(
      stop ? { stop: true, reason: stop } : { stop: false },
    );
  });

  it('ends with nothing found when the planned visitors came', () => {
    const reading = read(arm('a', 5_000, 200, 2_000), arm('b', 5_010, 210, 2_000));
    expect(automaticStop({ plannedVisitors: 10_000 }, reading)).toEqual({ stop: true, reason: 'done' });
    expect(automaticStop({ plannedVisitors: 20_000 }, reading)).toEqual({ stop: false });
  });

  it('says how many visitors are missing: about as many as the same difference needs to become clear', () => {
    const reading = read(arm('a', 5_000, 200, 2_000), arm('b', 5_000, 230, 2_000));
    const factor = 1 + (reading.visitorsNeeded ?? 0) / 10_000;
    const later = read(arm('a', 5_000 * factor, 200 * factor, 2_000), arm('b', 5_000 * factor, 230 * factor, 2_000));
    expect(later.focus?.low).toBeGreaterThan(-2);
    expect(read(arm('a', 0, 0, 0), arm('b', 3, 0, 0)).visitorsNeeded).toBeNull();
  });
});

describe('plan', () => {
  const traffic = { visitorsPerDay: 1_000, mean: 60, variance: 200_000 };
  const even = [{ share: 5_000 }, { share: 5_000 }];
  it('needs more visitors for smaller effects, uneven shares and more versions', () => {
    const plan = (effectBps: number, arms = even) => planVisitors(traffic, { arms, effectBps }) ?? 0;
    expect(plan(500)).toBeGreaterThan(3.5 * plan(1_000));
    expect(plan(1_000, [{ share: 9_000 }, { share: 1_000 }])).toBeGreaterThan(2 * plan(1_000));
    expect(plan(1_000, [{ share: 3_400 }, { share: 3_300 }, { share: 3_300 }])).toBeGreaterThan(1.4 * plan(1_000));
  });
  it.each([
    ['nobody buys', { ...traffic, mean: 0, variance: 0 }],
    ['a shop that loses money', { ...traffic, mean: -5 }],
  ])('is impossible where %s', (_why, what) => {
    expect(planVisitors(what, { arms: even, effectBps: 1_000 })).toBeNull();
  });
});
