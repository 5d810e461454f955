import { describe, expect, it } from 'vitest';
import { armIn } from '#app/shared/assignment.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SplitTest } from './model.ts';
import { assignmentsOf, priceTestsOf, publicationOf } from './publication.ts';

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

describe('what the page is told of the suggestions in the cart', () => {
  const inCart = (change: SplitTest['arms'][number]['change'], values: Partial<SplitTest> = {}): SplitTest => ({
    ...base,
    subject: { type: 'widget', id: 'cart' },
    arms: [
      { key: 'a', share: 5000, change: {} },
      { key: 'b', share: 5000, change },
    ],
    ...values,
  });

  it.each([
    ['hidden', { hide: true }, ['widget:cart', 'widget:drawer']],
    ['called otherwise', { title: 'Something else?' }, ['widget:cart', 'widget:drawer']],
    ['chosen otherwise', { objective: 'margin' }, ['widget:cart']],
  ] as const)('%s they are so in the drawer too, for the same visitors', (_how, change, subjects) => {
    const { tests } = publicationOf(null, [inCart(change)]);
    expect(tests.map(({ subject }) => subject)).toEqual(subjects);
    for (const visitor of ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'])
      expect(new Set(tests.map((test) => armIn(visitor, test)?.key)).size).toBe(1);
    const { changes } = publicationOf(null, [inCart(change, { state: 'applied', appliedArm: 'b' })]);
    expect(changes).toEqual(subjects.map((subject) => ({ subject, change })));
  });

  it('is nothing of the drawer where what stands today was applied, and of other widgets', () => {
    expect(publicationOf(null, [inCart({ hide: true }, { state: 'applied', appliedArm: 'a' })]).changes).toHaveLength(
      1,
    );
    expect(publicationOf(null, [base]).tests).toHaveLength(1);
  });
});

describe('what the checkout is told', () => {
  const price: SplitTest = {
    ...base,
    subject: { type: 'price', id: bundle },
    arms: [
      { key: 'a', share: 6000, change: {} },
      { key: 'b', share: 4000, change: { values: [{ type: 'percentage', basisPoints: 2000 }] } },
    ],
  };
  const holdout = { holdoutBps: 500, salt: 'pepper' };

  it('is what each version gives, and the page is told nothing of it', () => {
    expect(priceTestsOf(holdout, [price, base])).toMatchObject({
      holdout: { salt: 'pepper', bps: 500 },
      tests: [
        {
          bundleId: bundle,
          arms: [
            { share: 6000, values: [] },
            { share: 4000, values: [{ basisPoints: 2000 }] },
          ],
        },
      ],
    });
    expect(publicationOf(holdout, [price]).tests).toMatchObject([
      { subject: `price:${bundle}`, arms: [{ change: {} }, { change: {} }] },
    ]);
  });

  it('leads to the same version as the page and the count of visitors', () => {
    const published = publicationOf(holdout, [price]);
    const [told] = priceTestsOf(holdout, [price]).tests;
    for (let at = 0; at < 500; at += 1) {
      const visitor = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
      const [assigned] = assignmentsOf(published, visitor);
      if (!assigned || !told) continue;
      const place = price.arms.findIndex(({ key }) => key === assigned.arm);
      expect(armIn(visitor, told)).toBe(told.arms[place]);
    }
  });

  it.each(['draft', 'stopped', 'applied'] as const)('is nothing of a test that is %s', (state) => {
    const told = { ...price, state, appliedArm: state === 'applied' ? 'b' : null };
    expect(priceTestsOf(holdout, [told]).tests).toEqual([]);
    expect(publicationOf(holdout, [told]).changes).toEqual([]);
  });
});
