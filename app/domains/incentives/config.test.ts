import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BundleOffer,
  configLimits,
  decodeDiscountConfigs,
  encodeDiscountConfigs,
  type IncentiveRules,
  type ProductCosts,
  utf8Length,
} from './index.ts';

const digits = fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String);
const rules: fc.Arbitrary<IncentiveRules> = fc.record({
  combinesWith: fc.record({ product: fc.boolean(), order: fc.boolean(), shipping: fc.boolean() }),
  minMarginBps: fc.integer({ min: 0, max: 10_000 }),
  defaultMarginBps: fc.integer({ min: 0, max: 10_000 }),
  sellingPlans: fc.constantFrom('exclude' as const, 'allow' as const),
});
const offer: fc.Arbitrary<BundleOffer> = fc.record({
  id: fc.uuid(),
  title: fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
  kind: fc.constantFrom('fixed' as const, 'mix-and-match' as const),
  pickCount: fc.integer({ min: 2, max: 50 }),
  discount: fc.oneof(
    fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 10 ** 11 }) }),
  ),
  items: fc.array(
    fc.record({ productId: digits, variantId: fc.option(digits), quantity: fc.integer({ min: 1, max: 50 }) }),
    { minLength: 1, maxLength: 5 },
  ),
  startsAt: fc.constant(null),
  endsAt: fc.constant(null),
});
const offers = fc.uniqueArray(offer, { maxLength: 30, selector: ({ id }) => id });
const defaults: IncentiveRules = {
  combinesWith: { product: false, order: true, shipping: true },
  minMarginBps: 1000,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude',
};

function costsFor(list: readonly BundleOffer[]): ProductCosts[] {
  return list.flatMap((bundle) =>
    bundle.items.map(({ productId }) => ({
      productId,
      variants: ['1', '2', '3'].map((suffix, index) => ({
        id: productId + suffix,
        costMinor: index === 2 ? null : productId.length * (index + 1),
      })),
    })),
  );
}

function encode(list: readonly BundleOffer[], ruleSet: IncentiveRules = defaults): string[] {
  const encoded = encodeDiscountConfigs(list, costsFor(list), ruleSet, 'USD');
  if (!encoded.ok) throw new Error(encoded.code);
  return encoded.value;
}

function manyOffers(count: number): BundleOffer[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    title: `Bundle number ${index}`,
    kind: 'fixed' as const,
    pickCount: 0,
    discount: { type: 'percentage' as const, basisPoints: 1000 },
    items: [0, 1, 2].map((item) => ({
      productId: String(8_000_000_000_000 + index * 3 + item),
      variantId: null,
      quantity: 1,
    })),
    startsAt: null,
    endsAt: null,
  }));
}

describe('the discount configuration', () => {
  it('comes back as it was written, costs and rules included', () => {
    fc.assert(
      fc.property(offers, rules, (list, ruleSet) => {
        const shards = encode(list, ruleSet);
        for (const shard of shards) expect(Buffer.byteLength(shard)).toBeLessThanOrEqual(configLimits.shardBytes);
        const decoded = decodeDiscountConfigs(shards);
        if (list.length === 0) {
          expect(shards).toEqual([]);
          expect(decoded).toBeNull();
          return;
        }
        expect(decoded?.bundles).toEqual([...list].sort((a, b) => (a.id < b.id ? -1 : 1)));
        expect(decoded?.rules).toEqual(ruleSet);
        expect(decoded?.shopCurrency).toBe('USD');
        expect(decoded?.ignored).toBe(0);
        for (const { productId, variants } of costsFor(list)) {
          for (const { id, costMinor } of variants) expect(decoded?.costOf(productId, id)).toBe(costMinor);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('reads parsed JSON as well as text, and does not mind the order of the bundles', () => {
    const list = manyOffers(20);
    const shards = encode(list);
    const parsed = decodeDiscountConfigs(shards.map((shard) => JSON.parse(shard) as unknown));
    expect(parsed?.bundles).toEqual(list);
    expect(encode(list.toReversed())).toEqual(shards);
  });

  it('loses only the bundles of a shard that is missing or damaged', () => {
    const list = manyOffers(150);
    const shards = encode(list);
    expect(shards.length).toBeGreaterThan(2);
    const second = (JSON.parse(shards[1] ?? '') as { b: string[][] }).b.map(([id]) => id);
    for (const broken of [
      null,
      undefined,
      '',
      '{',
      '"text"',
      'null',
      '[]',
      7,
      {},
      { v: 2 },
      (shards[1] ?? '').slice(0, 500),
    ]) {
      const decoded = decodeDiscountConfigs(shards.map((shard, index) => (index === 1 ? broken : shard)));
      expect(decoded?.bundles.map(({ id }) => id)).toEqual(
        list.map(({ id }) => id).filter((id) => !second.includes(id)),
      );
    }
    expect(decodeDiscountConfigs([null, '{', undefined])).toBeNull();
  });

  it('never mixes two publications', () => {
    const before = encode(manyOffers(150));
    const after = encode(manyOffers(150), { ...defaults, minMarginBps: 4000 });
    const decoded = decodeDiscountConfigs([after[0], ...before.slice(1)]);
    expect(decoded?.bundles).toEqual(decodeDiscountConfigs([after[0]])?.bundles);
    expect(decoded?.ignored).toBe(before.length - 1);
  });

  it('survives any damage to a shard without a throw or an unsound bundle', () => {
    const [shard = ''] = encode(manyOffers(3));
    fc.assert(
      fc.property(fc.nat(shard.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
        const decoded = decodeDiscountConfigs([shard.slice(0, at) + text + shard.slice(at + 1)]);
        for (const bundle of decoded?.bundles ?? []) {
          expect(bundle.items.length).toBeGreaterThan(0);
          expect(bundle.items.every((item) => item.quantity >= 1 && item.productId !== '')).toBe(true);
          if (bundle.discount.type === 'percentage') expect(bundle.discount.basisPoints).toBeLessThanOrEqual(10_000);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what does not fit', () => {
    const list = manyOffers(600);
    expect(encodeDiscountConfigs(list, costsFor(list), defaults, 'USD')).toMatchObject({
      ok: false,
      code: 'config-too-large',
    });
  });

  it('counts bytes as UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
    expect(utf8Length('\ud800')).toBe(3);
  });
});
