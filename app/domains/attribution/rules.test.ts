import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainClaim, programmes, type Touch, touchKinds, winnerOf } from './rules.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const touch = (ownerId: string, rest: Partial<Touch>): Touch => ({
  orderId: '1',
  ownerId,
  programme: 'referral',
  how: 'link',
  touchedAt: at(1),
  ...rest,
});

describe('who is paid for an order', () => {
  it.each<[string, Touch[], string]>([
    ['a code before a later link', [touch('a', { how: 'code' }), touch('b', { touchedAt: at(9) })], 'a'],
    ['a link before a later browser', [touch('a', {}), touch('b', { how: 'visitor', touchedAt: at(9) })], 'a'],
    ['of two links the later', [touch('a', {}), touch('b', { touchedAt: at(2) })], 'b'],
    ['at one moment the recommendation', [touch('b', { programme: 'affiliate' }), touch('z', {})], 'z'],
    [
      'an affiliate’s later link before the recommendation',
      [touch('a', {}), touch('b', { programme: 'affiliate', touchedAt: at(2) })],
      'b',
    ],
  ])('%s', (_, touches, owner) => {
    expect(winnerOf(touches)?.ownerId).toBe(owner);
  });

  it('is the same in whatever order they are told', () => {
    const one = fc.record({
      orderId: fc.constant('1'),
      ownerId: fc.constantFrom('a', 'b', 'c'),
      programme: fc.constantFrom(...programmes),
      how: fc.constantFrom(...touchKinds),
      touchedAt: fc.integer({ min: 1, max: 4 }).map(at),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), (touches) => {
        expect(winnerOf([...touches].reverse())).toEqual(winnerOf(touches));
      }),
    );
  });

  it('is explained', () => {
    const [a, b] = [touch('a', { how: 'code' }), touch('b', { programme: 'affiliate' })];
    expect(explainClaim(a, [a])).toBe('The order came through a customer’s recommendation, by a code at the checkout.');
    expect(explainClaim(a, [a, b])).toContain('It also came through an affiliate, by a link that the cart remembers');
    expect(explainClaim(b, [b, touch('c', {})])).toContain('goes before an affiliate');
  });
});
