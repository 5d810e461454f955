import { describe, expect, test } from 'vitest';
import type { HourOfArrivals, Mend } from './model.ts';
import { completenessOf, nothing, shareInTime, startOfWindow } from './rules.ts';

const now = new Date('2026-11-21T12:30:00Z');
const hour = (hoursAgo: number, values: Partial<HourOfArrivals> = {}): HourOfArrivals => ({
  at: new Date(Date.UTC(2026, 10, 21, 12 - hoursAgo)),
  resource: 'orders',
  arrived: 100,
  inTime: 100,
  refilled: 0,
  slowestSeconds: 20,
  ...values,
});
const mend = (hoursAgo: number, webhooks: number, deleted = 0): Mend => ({
  at: new Date(now.getTime() - hoursAgo * 3_600_000),
  webhooks,
  deleted,
});
const sums = (arrived: number, inTime = arrived) => ({ arrived, inTime, refilled: 0, slowestSeconds: 20 });
const facts = {
  hours: [],
  records: [],
  orders: nothing,
  mends: [],
  checkedUntil: now,
  comparedAt: null,
  ordersLeftOut: 0,
  checkWithinMs: 3_600_000,
  now,
};

test('records are told as they were counted, kind by kind', () => {
  const products = { resource: 'products' as const, ...sums(150, 149) };
  const report = completenessOf('24h', { ...facts, records: [products] });
  expect(report.resources).toEqual([
    { resource: 'orders', ...nothing },
    products,
    { resource: 'customers', ...nothing },
  ]);
});

describe('which changes the bars of a window hold', () => {
  test.each([
    ['nothing at all', '24h', [], { arrived: 0, inTime: 0, refilled: 0, slowestSeconds: 0 }],
    ['the hour that runs', '24h', [hour(0)], { arrived: 100 }],
    ['the first hour of the window', '24h', [hour(23)], { arrived: 100 }],
    ['not the hour before it', '24h', [hour(24)], { arrived: 0 }],
    ['which a week holds', '7d', [hour(24), hour(0)], { arrived: 200 }],
    ['the first hour of a week, not the one before', '7d', [hour(167), hour(168)], { arrived: 100 }],
    ['the first hour of a month, not the one before', '30d', [hour(719), hour(720)], { arrived: 100 }],
    [
      'the slowest of all, the sum of the refilled',
      '24h',
      [hour(1, { refilled: 2, slowestSeconds: 400, inTime: 98 }), hour(2, { refilled: 1, slowestSeconds: 900 })],
      { arrived: 200, inTime: 198, refilled: 3, slowestSeconds: 900 },
    ],
    ['what is dated ahead of now is not yet', '24h', [hour(-1)], { arrived: 0 }],
  ] as const)('%s', (_why, window, hours, expected) => {
    const { spans } = completenessOf(window, { ...facts, hours });
    const whole = {
      arrived: spans.reduce((sum, one) => sum + one.arrived, 0),
      inTime: spans.reduce((sum, one) => sum + one.inTime, 0),
      refilled: spans.reduce((sum, one) => sum + one.refilled, 0),
      slowestSeconds: Math.max(...spans.map((one) => one.slowestSeconds)),
    };
    expect(whole).toMatchObject(expected);
  });

  test.each([
    ['24h', 24],
    ['7d', 28],
    ['30d', 30],
  ] as const)('the bars of %s touch each other, end now and hold everything once', (window, bars) => {
    const hours = Array.from({ length: 720 }, (_, ago) => hour(ago, { arrived: ago + 1 }));
    const report = completenessOf(window, { ...facts, hours });
    expect(report.spans).toHaveLength(bars);
    expect(report.spans[0]?.from).toEqual(startOfWindow(window, now));
    for (const [index, span] of report.spans.entries())
      expect(span.until).toEqual(report.spans[index + 1]?.from ?? new Date('2026-11-21T13:00:00Z'));
    const within = bars === 24 ? 24 : bars === 28 ? 168 : 720;
    expect(report.spans.reduce((sum, span) => sum + span.arrived, 0)).toBe((within * (within + 1)) / 2);
  });

  test('mends of the window alone', () => {
    const report = completenessOf('24h', { ...facts, mends: [mend(1, 2, 3), mend(30, 5, 7)] });
    expect(report).toMatchObject({ webhooksMended: 2, deletedFound: 3 });
  });
});

test.each([
  [{ arrived: 0, inTime: 0 }, null],
  [{ arrived: 3, inTime: 3 }, 1],
  [{ arrived: 10_000, inTime: 9998 }, 0.9998],
])('the share in time of %j is %s', (sums, share) => {
  expect(shareInTime(sums)).toBe(share);
});

describe('what is wrong', () => {
  test.each([
    ['nothing', {}, []],
    ['all in time', { orders: sums(100) }, []],
    ['one in a hundred is late', { orders: sums(100, 99) }, []],
    ['two in a hundred are', { orders: sums(100, 98) }, ['late']],
    ['too few to say', { orders: sums(19, 0) }, []],
    ['what the window holds besides is over', { hours: [hour(24, { inTime: 0 })] }, []],
    ['late products are no lost orders', { records: [{ resource: 'products' as const, ...sums(100, 0) }] }, []],
    ['a webhook was switched off', { mends: [mend(3, 1)] }, ['webhooks']],
    ['the day before', { mends: [mend(30, 1)] }, []],
    ['a found deletion alone', { mends: [mend(3, 0, 1)] }, []],
    ['no check for too long', { checkedUntil: new Date(now.getTime() - 3_600_001) }, ['unchecked']],
    ['no import yet', { checkedUntil: null }, []],
    [
      'all of it',
      { orders: sums(100, 0), mends: [mend(1, 1)], checkedUntil: new Date(0) },
      ['late', 'webhooks', 'unchecked'],
    ],
  ] as const)('%s', (_why, values, problems) => {
    expect(completenessOf('30d', { ...facts, ...values }).problems).toEqual(problems);
  });
});
