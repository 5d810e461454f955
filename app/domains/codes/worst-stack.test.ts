import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeTerms } from './model.ts';
import { priceCode } from './price-code.ts';
import { leftOf } from './worst-stack.ts';

const off = { minSubtotalMinor: null, productIds: null } as const;
const room = (roomBps: number) => ({ roomBps });

describe('what is left of a code in the worst cart', () => {
  it.each<[string, CodeTerms, number, number]>([
    ['a share that every product can bear', { type: 'percentage', basisPoints: 1_000, ...off }, 1_000, 10_000],
    ['half of a share', { type: 'percentage', basisPoints: 1_000, ...off }, 500, 5_000],
    ['an amount without a least subtotal', { type: 'amount', minor: 500, ...off }, 2_000, 2_000],
    [
      'an amount that a larger cart can bear',
      { type: 'amount', minor: 500, ...off, minSubtotalMinor: 2_500 },
      2_000,
      10_000,
    ],
    ['a product without any room', { type: 'amount', minor: 500, ...off }, 0, 0],
    ['free shipping', { type: 'free-shipping', ...off }, 0, 10_000],
  ])('%s', (_label, terms, roomBps, left) => {
    expect(leftOf(terms, room(roomBps), null)).toBe(left);
  });

  it('a free product is borne by what must be bought beside it', () => {
    const terms: CodeTerms = {
      type: 'free-product',
      productId: '1',
      variantId: null,
      ...off,
      minSubtotalMinor: 5_000,
    };
    expect(leftOf(terms, room(2_000), { priceMinor: 1_000, roomBps: 3_000 })).toBe(10_000);
    expect(leftOf({ ...terms, minSubtotalMinor: null }, room(2_000), { priceMinor: 1_000, roomBps: 3_000 })).toBe(
      3_000,
    );
  });

  it('no cart that a percentage may be used in leaves less', () => {
    const line = fc.record({
      productId: fc.constantFrom('1', '2', '3'),
      quantity: fc.integer({ min: 1, max: 3 }),
      unitPriceMinor: fc.integer({ min: 100, max: 9_999 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 10_000 }),
        (lines, rooms, basisPoints) => {
          const terms: CodeTerms = { type: 'percentage', basisPoints, ...off };
          const weakest = Math.min(...rooms);
          const guard = { rest: weakest, products: new Map(rooms.map((bps, at) => [String(at + 1), bps])) };
          const cart = lines.map((one) => ({ ...one, variantId: null, giftCard: false, sellingPlan: false }));
          const total = lines.reduce((sum, one) => sum + one.quantity * one.unitPriceMinor, 0);
          const { minor } = priceCode(cart, terms, guard, (same) => same);
          const left = leftOf(terms, room(weakest), null);
          // Each line's room is rounded down to the minor unit.
          expect(minor + lines.length + 1).toBeGreaterThan((total * basisPoints * left) / 1e8);
        },
      ),
    );
  });
});
