import { expect, it } from 'vitest';
import { encodeCodeConfig, priceCode } from './price-code.ts';
import { endOf, offerOf } from './rules.ts';

const product = (at: number) => ({ productId: String(8_000_000_000_000 + at) });

it('a free product is borne by the whole cart, or only as far as it can bear it', () => {
  const terms = {
    type: 'free-product',
    productId: '1',
    variantId: null,
    minSubtotalMinor: null,
    productIds: null,
  } as const;
  const line = { variantId: null, quantity: 1, giftCard: false, sellingPlan: false };
  const gift = { ...line, productId: '1', unitPriceMinor: 1_000 };
  const other = { ...line, productId: '2', unitPriceMinor: 4_000 };
  const guard = { rest: 2_500, products: new Map<string, number>() };
  const price = (lines: readonly (typeof gift)[]) => priceCode(lines, terms, guard, (minor) => minor);
  expect(price([gift])).toMatchObject({ minor: 250, reduced: true });
  expect(price([gift, other])).toMatchObject({ minor: 1_000, reduced: false, lines: [0], units: 1 });
});

it('codes with the same terms share a discount, whatever the second', () => {
  const now = new Date('2026-11-21T10:20:30Z');
  const terms = { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: ['2', '1'] } as const;
  const head = { title: 'T', customerId: null, uses: 1, startsAt: now };
  const later = new Date(now.getTime() + 60_000);
  const offer = (changes: object = {}, at = now) => offerOf({ ...head, startsAt: at, ...changes }, terms, null, at);
  expect(offer({}, later)).toBe(offer());
  expect(offerOf(head, { ...terms, productIds: ['1', '2'] }, null, now)).toBe(offer());
  expect(offer({ customerId: '7' })).toBe(offer({ customerId: '8' }));
  expect(new Set([offer(), offer({ customerId: '7' }), offer({ uses: 2 }), offer({ title: 'U' })]).size).toBe(4);
  expect(endOf(new Date('2026-12-20T10:20:30Z'), now)).toEqual(new Date('2026-12-21T00:00:00Z'));
  expect(endOf(new Date('2026-11-21T12:20:30Z'), now)).toEqual(new Date('2026-11-21T13:00:00Z'));
});

it('more products than a checkout can read are no offer', () => {
  const productIds = Array.from({ length: 1_000 }, (_, at) => product(at).productId);
  const terms = { type: 'percentage', basisPoints: 1_000, minSubtotalMinor: null, productIds } as const;
  expect(encodeCodeConfig({ terms, bound: false, currency: 'EUR' })).toBeNull();
});

it('a percentage takes no more off than it may, and is not reduced by that', () => {
  const terms = {
    type: 'percentage',
    basisPoints: 1_000,
    mostMinor: 2_000,
    minSubtotalMinor: null,
    productIds: null,
  } as const;
  const line = { productId: '1', variantId: null, quantity: 1, giftCard: false, sellingPlan: false };
  const guard = { rest: 9_000, products: new Map<string, number>() };
  const price = (unitPriceMinor: number, rate = 1) =>
    priceCode([{ ...line, unitPriceMinor }], terms, guard, (minor) => Math.round(minor * rate));
  expect(price(19_990)).toMatchObject({ minor: 1_999, reduced: false });
  expect(price(900_000)).toMatchObject({ minor: 2_000, reduced: false });
  // In what the shopper pays in.
  expect(price(900_000, 1.5)).toMatchObject({ minor: 3_000, reduced: false });
  expect(encodeCodeConfig({ terms, bound: false, currency: 'EUR' })).toBe('1;p;1000:2000;0;0;;;EUR');
});
