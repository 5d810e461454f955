import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableBundles } from './availability.ts';
import type { BundleProduct, BundleVariant } from './model.ts';
import { cheapestPrice, nextChangeAt, phaseOf } from './rules.ts';

const now = new Date('2026-11-20T12:00:00Z');
const at = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);

function product(id: string, variants: readonly Partial<BundleVariant>[], sellable = true): BundleProduct {
  return {
    id,
    title: id,
    handle: id,
    imageUrl: null,
    giftCard: false,
    sellable,
    variants: variants.map((variant, index) => ({
      id: `${id}${index}`,
      title: '',
      priceMinor: 1000,
      costMinor: null,
      stock: 0,
      sellWhenOutOfStock: false,
      ...variant,
    })),
  };
}
const item = (productId: string, quantity = 1, variantId: string | null = null) => ({ productId, variantId, quantity });

describe('phase of a bundle', () => {
  it.each([
    { why: 'active without dates', status: 'active', startsAt: null, endsAt: null, phase: 'live' },
    { why: 'the start is inclusive', status: 'active', startsAt: now, endsAt: null, phase: 'live' },
    { why: 'a later start', status: 'active', startsAt: at(1), endsAt: at(2), phase: 'scheduled' },
    { why: 'the end is exclusive', status: 'active', startsAt: null, endsAt: now, phase: 'expired' },
    { why: 'paused wins over dates', status: 'paused', startsAt: null, endsAt: at(-1), phase: 'paused' },
    { why: 'a draft is a draft', status: 'draft', startsAt: at(-1), endsAt: at(1), phase: 'draft' },
  ] as const)('$why', ({ status, startsAt, endsAt, phase }) => {
    expect(phaseOf({ status, startsAt, endsAt }, now)).toBe(phase);
  });

  it('changes at the next date ahead and at no time before', () => {
    const date = fc.option(fc.integer({ min: -50, max: 50 }).map(at));
    const bundle = fc.record({
      status: fc.constantFrom('active' as const, 'paused' as const),
      startsAt: date,
      endsAt: date,
    });
    fc.assert(
      fc.property(fc.array(bundle, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (bundles, hours) => {
        const next = nextChangeAt(bundles, now);
        const until = at(hours);
        if (next === null || until < next)
          expect(bundles.map((entry) => phaseOf(entry, until))).toEqual(bundles.map((entry) => phaseOf(entry, now)));
      }),
    );
  });
});

describe('stock of a bundle', () => {
  it.each([
    {
      why: 'the scarcest part decides',
      kind: 'fixed',
      items: [item('a'), item('b', 2)],
      products: [product('a', [{ stock: 9 }]), product('b', [{ stock: 7 }])],
      available: 3,
    },
    {
      why: 'variants add up where any will do',
      kind: 'fixed',
      items: [item('a', 2)],
      products: [product('a', [{ stock: 3 }, { stock: 2 }])],
      available: 2,
    },
    {
      why: 'a chosen variant counts alone',
      kind: 'fixed',
      items: [item('a', 1, 'a1')],
      products: [product('a', [{ stock: 30 }, { stock: 2 }])],
      available: 2,
    },
    {
      why: 'untracked parts do not limit',
      kind: 'fixed',
      items: [item('a'), item('b')],
      products: [product('a', [{ stock: null }]), product('b', [{ stock: 4 }])],
      available: 4,
    },
    {
      why: 'continue selling does not limit',
      kind: 'fixed',
      items: [item('a', 2)],
      products: [product('a', [{ stock: -5, sellWhenOutOfStock: true }])],
      available: null,
    },
    {
      why: 'an unpublished part stops it',
      kind: 'fixed',
      items: [item('a')],
      products: [product('a', [{ stock: null }], false)],
      available: 0,
    },
    {
      why: 'a missing part stops it',
      kind: 'fixed',
      items: [item('a'), item('x')],
      products: [product('a', [{ stock: 5 }])],
      available: 0,
    },
    {
      why: 'oversold is not negative',
      kind: 'fixed',
      items: [item('a')],
      products: [product('a', [{ stock: -3 }])],
      available: 0,
    },
    {
      why: 'mix-and-match pools its units',
      kind: 'mix-and-match',
      items: [item('a'), item('b')],
      products: [product('a', [{ stock: 4 }]), product('b', [{ stock: 3 }])],
      available: 2,
    },
    {
      why: 'mix-and-match with an untracked part',
      kind: 'mix-and-match',
      items: [item('a'), item('b')],
      products: [product('a', [{ stock: null }]), product('b', [{ stock: 0 }])],
      available: null,
    },
  ] as const)('$why', ({ kind, items, products, available }) => {
    expect(availableBundles({ kind, items: [...items], pickCount: 3 }, products)).toBe(available);
  });
});

describe('cheapest price of a bundle', () => {
  const products = [product('a', [{ priceMinor: 1000 }, { priceMinor: 800 }]), product('b', [{ priceMinor: 500 }])];
  it.each([
    { why: 'a fixed set of cheapest variants', kind: 'fixed', items: [item('a', 2), item('b')], price: 2100 },
    {
      why: 'a mix-and-match of its cheapest product',
      kind: 'mix-and-match',
      items: [item('a'), item('b')],
      price: 1500,
    },
    { why: 'unknown where a part is', kind: 'fixed', items: [item('a'), item('x')], price: null },
  ] as const)('$why', ({ kind, items, price }) => {
    expect(cheapestPrice({ kind, items: [...items], pickCount: 3 }, products)).toBe(price);
  });
});
