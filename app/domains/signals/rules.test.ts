import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { checkEvents, forgetBefore } from './rules.ts';

const shopId = '11111111-1111-4111-8111-111111111111' as ShopId;
const visitorId = '22222222-2222-4222-8222-222222222222' as VisitorId;
const id = '33333333-3333-4333-8333-333333333333';
const now = new Date('2026-11-21T12:00:00.000Z');
const check = (...events: unknown[]) => checkEvents({ shopId, visitorId, events }, now);
const view = { id, kind: 'view', productId: '9007199254740993', at: '2026-11-21T11:59:00Z' };

describe('an event', () => {
  it.each([
    ['plain', view],
    ['with nulls where it says nothing', { ...view, productId: null, query: null, quantity: null, surface: null }],
    ['with a field that we do not know, from a newer script', { ...view, colour: 'red' }],
    ['exactly 7 days old', { ...view, at: '2026-11-14T12:00:00.000Z' }],
    ['with an offset in its time', { ...view, at: '2026-11-21T12:59:00+01:00' }],
    ['with an upper-case id', { ...view, id: id.toUpperCase() }],
  ])('is taken %s', (_, event) => {
    expect(check(event)).toMatchObject({ signals: [{ id, shopId, visitorId }], rejected: [] });
  });

  it.each<[string, unknown, string]>([
    ['at', { ...view, at: '2026-11-21T12:05:00.001Z' }, 'more than 5 minutes ahead'],
    ['at', { ...view, at: '2026-11-14T11:59:59.999Z' }, 'older than 7 days'],
    ['at', { ...view, at: 'yesterday' }, 'no time'],
    ['id', { ...view, id: '1' }, 'no UUID'],
    ['kind', { ...view, kind: 'hack' }, 'unknown kind'],
    ['productId', { ...view, productId: "1' OR 1=1" }, 'no id'],
    ['query', { ...view, query: 'a\0b' }, 'PostgreSQL refuses NUL'],
    ['query', { ...view, query: 'x'.repeat(201) }, 'too long'],
    ['quantity', { ...view, quantity: 0 }, 'nothing'],
    ['quantity', { ...view, quantity: 1.5 }, 'half a thing'],
    ['', 'text', 'no object'],
    ['', null, 'null'],
  ])('is refused for its %s: %j (%s)', (field, event) => {
    const { signals, rejected } = check(view, event);
    expect(signals).toHaveLength(1);
    expect(rejected).toEqual([{ index: 1, reason: expect.stringMatching(new RegExp(`^${field}`)) as string }]);
  });

  it('of a clock slightly ahead happened now', () => {
    expect(check({ ...view, at: '2026-11-21T12:04:00Z' }).signals[0]?.occurredAt).toEqual(now);
  });

  it('that is repeated in one request counts once', () => {
    expect(check(view, view).signals).toHaveLength(1);
  });
});

it('takes or refuses every event, whatever was sent, and never throws', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record({
      id: fc.uuid(),
      kind: fc.constant('view'),
      at: fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    }),
  );
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 20 }), (events) => {
      const { signals, rejected } = check(...events);
      expect(signals.length + rejected.length).toBe(events.length);
      for (const signal of signals) expect(signal.occurredAt.getTime()).toBeLessThanOrEqual(now.getTime());
    }),
  );
});

it('keeps 13 months', () => {
  expect(forgetBefore(now).toISOString()).toBe('2025-10-21T12:00:00.000Z');
});
