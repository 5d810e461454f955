import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floorOf } from '#app/domains/incentives/index.ts';
import { orderOfferSettings } from './model.ts';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import { codeFrom, discountable, endOf, isUndone, mayHaveCode, priceWith } from './rules.ts';

const rules = {
  combinesWith: matrixOfRow({ product: false, order: false, shipping: true }),
  minMarginBps: 2000,
  defaultMarginBps: 4000,
  sellingPlans: 'exclude',
  codeReserve: 0,
} as const;
const variant = (more: object = {}) => ({ variantId: '1', priceMinor: 1000, costMinor: 100, giftCard: false, ...more });

describe('what is reduced', () => {
  it.each([
    ['room enough', {}, 1000, true],
    // floor = 720 / 0.8 = 900: exactly what 10 % off leaves
    ['exactly at the margin', { costMinor: 720 }, 1000, true],
    ['one minor unit of cost too much', { costMinor: 721 }, 1000, false],
    // unknown cost = 600 by the default margin; floor = 750
    ['an unknown cost, as assumed', { costMinor: null }, 2500, true],
    ['an unknown cost and more than assumed', { costMinor: null }, 2501, false],
    ['a gift card is money', { giftCard: true }, 1000, false],
    ['a price at which nothing comes off', { priceMinor: 4, costMinor: 0 }, 1000, false],
    ['a free product', { priceMinor: 0, costMinor: 0 }, 1000, false],
    ['no discount', {}, 0, false],
  ])('%s', (_name, more, discountBps, expected) => {
    expect(discountable([variant(more)], discountBps, rules).has('1')).toBe(expected);
  });

  it('never sells below the floor, whatever price, cost, discount and margin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.option(fc.integer({ min: 0, max: 1_000_000 })),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (priceMinor, costMinor, discountBps, minMarginBps) => {
          const own = { ...rules, minMarginBps };
          if (!discountable([variant({ priceMinor, costMinor })], discountBps, own).has('1')) return;
          // The platform rounds what comes off to the minor unit, at most half of one above the exact share.
          const exact = priceMinor - (priceMinor * discountBps) / 10_000;
          expect(exact).toBeGreaterThanOrEqual(floorOf(priceMinor, costMinor, own));
          expect(priceWith(priceMinor, discountBps)).toBeGreaterThanOrEqual(floorOf(priceMinor, costMinor, own) - 0.5);
        },
      ),
    );
  });

  it.each([
    [1000, 1000, 900],
    [995, 1000, 895],
    [1, 5000, 0],
    [0, 5000, 0],
    [333, 1500, 283],
  ])('%i at %i basis points costs %i', (price, discountBps, expected) => {
    expect(priceWith(price, discountBps)).toBe(expected);
  });
});

describe('who earns a code', () => {
  const placedAt = new Date('2026-11-21T12:00:00Z');
  const order = { placedAt, cancelled: false, customerId: '7', productIds: ['1', '2'] };
  const ask = { customerId: null, productIds: ['2', '9'] };
  const hours = { hours: 2 };
  const at = (time: string) => new Date(`2026-11-21T${time}Z`);

  it.each([
    ['a guest who knows what was bought', order, ask, '13:00:00', 'yes'],
    ['the buyer', order, { ...ask, customerId: '7' }, '13:00:00', 'yes'],
    ['the last moment', order, ask, '13:59:59.999', 'yes'],
    ['the end itself', order, ask, '14:00:00', 'over'],
    ['another customer', order, { ...ask, customerId: '8' }, '13:00:00', 'not-yours'],
    ['who does not know what was bought', order, { ...ask, productIds: ['9'] }, '13:00:00', 'not-yours'],
    ['who says nothing', order, { ...ask, productIds: [] }, '13:00:00', 'not-yours'],
    [
      'who asks with everything that sells well',
      order,
      { ...ask, productIds: Array.from({ length: 200 }, (_, at) => String(at)) },
      '13:00:00',
      'not-yours',
    ],
    ['who repeats one good guess', order, { ...ask, productIds: ['2', '2', '2', '5', '6'] }, '13:00:00', 'not-yours'],
    [
      'who knows one of many products',
      { ...order, productIds: ['1', '2', '3', '4', '5'] },
      { ...ask, productIds: ['2'] },
      '13:00:00',
      'not-yours',
    ],
    [
      'a bundle that stands beside its only part on the page',
      { ...order, productIds: ['1'] },
      { ...ask, productIds: ['99', '1'] },
      '13:00:00',
      'yes',
    ],
    ['an order without products', { ...order, productIds: [] }, ask, '13:00:00', 'not-yours'],
    ['a cancelled order', { ...order, cancelled: true }, ask, '13:00:00', 'cancelled'],
    [
      'a customer where the order names none',
      { ...order, customerId: null },
      { ...ask, customerId: '8' },
      '13:00:00',
      'yes',
    ],
  ])('%s', (_name, known, asker, time, expected) => {
    expect(mayHaveCode(known, asker, hours, at(time))).toBe(expected);
  });

  const line = (quantity: number, refundedQuantity: number) => ({ quantity, refundedQuantity });
  const stands = { cancelledAt: null, totalMinor: 1000, refundedMinor: 0, lines: [line(2, 0)] };
  it.each([
    ['an order that stands', stands, false],
    ['cancelled', { ...stands, cancelledAt: placedAt }, true],
    ['all its money given back', { ...stands, refundedMinor: 1000 }, true],
    ['more than all, with the shipping of a return', { ...stands, refundedMinor: 1200 }, true],
    ['part of its money given back', { ...stands, refundedMinor: 999 }, false],
    ['all goods back, less a fee', { ...stands, refundedMinor: 900, lines: [line(2, 2), line(1, 1)] }, true],
    ['some goods back', { ...stands, refundedMinor: 500, lines: [line(2, 2), line(1, 0)] }, false],
    ['a free order', { ...stands, totalMinor: 0 }, false],
    ['a free order that came back', { ...stands, totalMinor: 0, lines: [line(1, 1)] }, true],
    ['an order without lines', { ...stands, lines: [] }, false],
  ])('%s is undone', (_name, known, expected) => {
    expect(isUndone(known)).toBe(expected);
  });

  it('counts hours, also over the change of the clocks', () => {
    expect(endOf(new Date('2026-10-24T23:30:00Z'), { hours: 24 }).toISOString()).toBe('2026-10-25T23:30:00.000Z');
  });
});

describe('codes and settings', () => {
  it('makes codes that nobody misreads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 16 }), (random) => {
        expect(codeFrom(random)).toMatch(/^THX-[0-9A-HJKMNP-TV-Z]{12}$/);
      }),
    );
  });

  it.each([
    [{ active: true, discountBps: 1000, hours: 72 }, true],
    [{ active: true, discountBps: 5001, hours: 72 }, false],
    [{ active: true, discountBps: -1, hours: 72 }, false],
    [{ active: true, discountBps: 0.5, hours: 72 }, false],
    [{ active: true, discountBps: 0, hours: 0 }, false],
    [{ active: true, discountBps: 0, hours: 721 }, false],
    [{ active: 'yes', discountBps: 0, hours: 1 }, false],
    [{}, false],
  ])('%j is taken: %s', (settings, expected) => {
    expect(orderOfferSettings.safeParse(settings).success).toBe(expected);
  });
});
