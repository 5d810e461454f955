import { expect, test } from 'vitest';
import { toOrder } from './order.ts';
import { wooOrder } from './read-order.ts';

const a = '0199f1a0-0000-7000-8000-00000000000a';
const b = '0199f1a0-0000-7000-8000-00000000000b';
const inCart = '0199f1a0-0000-7000-8000-00000000000c';

/** One line of two at 10.00, 2.00 off, with what the plugin wrote on it and the coupons that stand on the order. */
function creditOf(discounts: unknown, coupons: readonly unknown[], mark: unknown = inCart) {
  const meta = [
    ...(discounts === undefined ? [] : [{ key: '_trellis_discounts', value: discounts }]),
    ...(mark === undefined ? [] : [{ key: '_trellis_bundle', value: mark }]),
  ];
  const line = {
    ...{ id: 11, name: 'Shirt', product_id: 5, variation_id: 0, quantity: 2, meta_data: meta },
    ...{ subtotal: '20.00', subtotal_tax: '0.00', total: '18.00', total_tax: '0.00' },
  };
  const order = toOrder(
    wooOrder.parse({
      ...{ id: 7, number: '7', status: 'processing', currency: 'EUR', customer_id: 0, total: '18.00' },
      ...{ date_created_gmt: '2026-11-01T10:00:00', meta_data: [], line_items: [line], refunds: [] },
      coupon_lines: coupons.map((code) => ({ code })),
    }),
    [],
  );
  return [order.lines[0]?.bundleId, order.lines[0]?.discountMinor, order.lines[0]?.gifts] as const;
}

const off = (amounts: Readonly<Record<string, unknown>>): string => JSON.stringify(amounts);
const standing = (...ids: string[]) => ids.map((id) => `trellis:${id}`);

test.each<[why: string, discounts: unknown, coupons: unknown[], bundle: string | null, mark?: unknown]>([
  ['its coupon stands on the order', off({ [a]: 200 }), standing(a), a],
  ['another coupon of the store stands beside it', off({ [a]: 200 }), ['summer', ...standing(a)], a],
  ['the store writes codes in capitals', off({ [a]: 200 }), [`TRELLIS:${a.toUpperCase()}`], a],
  ['the plugin wrote its id in capitals', off({ [a.toUpperCase()]: 200 }), standing(a), a],
  ['of two the one that took more off', off({ [a]: 50, [b]: 150 }), standing(a, b), b],
  ['of two alike the first', off({ [b]: 100, [a]: 100 }), standing(a, b), b],
  ['the larger one’s coupon was taken off the order', off({ [a]: 50, [b]: 150 }), standing(a), a],
  ['its coupon was taken off: the cart’s own mark', off({ [a]: 200 }), [], inCart],
  ['its coupon was taken off and there is no mark', off({ [a]: 200 }), ['summer'], null, null],
  ['only another offer’s coupon stands', off({ [a]: 200 }), standing(b), inCart],
  ['a coupon of that name without our prefix', off({ [a]: 200 }), [a], inCart],
  ['nothing was written on the line', undefined, standing(a), inCart],
  ['nothing was written anywhere', undefined, standing(a), null, null],
  ['no JSON', '{"', standing(a), inCart],
  ['an empty text', '', standing(a), inCart],
  ['an empty record', '{}', standing(a), inCart],
  ['a list', '[200]', standing(a), inCart],
  ['null', 'null', standing(a), inCart],
  ['an amount as a text', off({ [a]: '200' }), standing(a), inCart],
  ['half a cent', off({ [a]: 0.5 }), standing(a), inCart],
  ['nothing taken off', off({ [a]: 0 }), standing(a), inCart],
  ['an amount below nothing', off({ [a]: -200 }), standing(a), inCart],
  ['beyond whole numbers', `{"${a}":1e400}`, standing(a), inCart],
  ['an id that is none', off({ shirt: 200 }), ['trellis:shirt'], inCart],
  ['a prototype', '{"__proto__":{"polluted":200}}', ['trellis:__proto__'], inCart],
  ['a mark that is too long for one', off({}), [], null, 'x'.repeat(65)],
])('a line is credited to what reduced it: %s', (_why, discounts, coupons, bundle, mark = inCart) => {
  expect(creditOf(discounts, coupons, mark)[0]).toBe(bundle);
});

test('amounts over what the line lost credit the offer, and never make the line’s discount larger', () => {
  expect(creditOf(off({ [a]: 999_999 }), standing(a))).toEqual([a, 200, [{ minor: 200, of: [a] }]]);
  expect(creditOf(off({ [a]: 150, [b]: 999_999 }), standing(a, b)).slice(0, 2)).toEqual([b, 200]);
});

test('what each offer took off is told apart, while its coupon stands', () => {
  const both = off({ [a]: 50, [b]: 150 });
  const [ofA, ofB] = [
    { minor: 50, of: [a] },
    { minor: 150, of: [b] },
  ];
  expect(creditOf(both, standing(a, b))[2]).toEqual([ofA, ofB]);
  expect(creditOf(both, standing(a))[2]).toEqual([ofA]);
  expect(creditOf(both, ['summer'])[2]).toEqual([]);
});
