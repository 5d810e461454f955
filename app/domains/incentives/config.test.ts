import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BundleOffer,
  configLimits,
  decodeDiscountConfigs,
  encodeDiscountConfigs,
  type IncentiveRules,
  noOwnCodes,
  type Offer,
  type ProductCosts,
  utf8Length,
} from './index.ts';
import { allKinds, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';
import { matrixOfRow } from './stacking.ts';
import {
  amount,
  box,
  breaks,
  buyGet,
  eachFor,
  freeGift,
  freeShipping,
  giftFor,
  goals,
  orderOff,
  percent,
  together,
} from '#tests/conformance/carts/offers.ts';

const digits = fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String);
/** Offers of every kind with ids as long as the platforms' and texts as odd as a merchant's. */
const offers = fc
  .tuple(
    offersOf(allKinds, 30),
    fc.array(fc.tuple(fc.uuid(), fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), digits), {
      minLength: 30,
      maxLength: 30,
    }),
  )
  .map(([list, heads]) =>
    list
      .map((offer, index): Offer => {
        const [id, title, prefix] = heads[index] ?? ['', '', ''];
        return { ...withProducts(offer, prefix), id, title };
      })
      .filter((offer, index, all) => all.findIndex(({ id }) => id === offer.id) === index),
  );

/** The offer over other products: their ids get a prefix. */
function withProducts(offer: Offer, prefix: string): Offer {
  return JSON.parse(
    JSON.stringify(offer, (key, value: unknown) => (key === 'productId' ? prefix + String(value) : value)),
  ) as Offer;
}

const defaults: IncentiveRules = {
  combinesWith: matrixOfRow({ product: false, order: true, shipping: true }),
  minMarginBps: 1000,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude',
  codeReserve: 1500,
};

function costsFor(list: readonly Offer[]): ProductCosts[] {
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

function encode(list: readonly Offer[], ruleSet: IncentiveRules = defaults): string[] {
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

const oneOfEach = [
  box('b', [2, 3], [[2, amount(100)]], ['1', '2']),
  breaks('c', 'mixed', [[2, eachFor(100)]], ['1']),
  buyGet('d', [1, ['1']], [1, ['2']], percent(5000)),
  together('e', ['1'], ['2'], 1000),
  giftFor('f', [1, ['1']], ['2']),
  goals('g', [
    [100, freeGift('3')],
    [200, orderOff(amount(50))],
    [300, freeShipping],
  ]),
];

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
    const [shard = ''] = encode([...manyOffers(1), ...oneOfEach]);
    fc.assert(
      fc.property(fc.nat(shard.length - 1), fc.string({ maxLength: 3 }), (at, text) => {
        const decoded = decodeDiscountConfigs([shard.slice(0, at) + text + shard.slice(at + 1)]);
        for (const bundle of decoded?.bundles ?? []) {
          expect(bundle.items.every((item) => item.quantity >= 1 && item.productId !== '')).toBe(true);
          if ('discount' in bundle && bundle.discount.type === 'percentage')
            expect(bundle.discount.basisPoints).toBeLessThanOrEqual(10_000);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('holds costs of other products where an offer looks at the whole order, as many as fit', () => {
    const others = Array.from({ length: 6000 }, (_, index) => ({
      productId: String(9_000_000_000_000 + index),
      variants: [{ id: '1', costMinor: 100 + index }],
    }));
    const wide = goals('g', [[5000, freeShipping]]);
    const shards = encodeDiscountConfigs([wide], others, defaults, 'USD');
    if (!shards.ok) throw new Error(shards.code);
    expect(shards.value).toHaveLength(configLimits.shards);
    for (const shard of shards.value) expect(Buffer.byteLength(shard)).toBeLessThanOrEqual(configLimits.shardBytes);
    const decoded = decodeDiscountConfigs(shards.value);
    expect(decoded?.costOf('9000000000000', '1')).toBe(100);
    expect(decoded?.costOf('9000000005999', '1')).toBeNull();
    expect(decoded?.concerns('anything')).toBe(true);
    // Neither does anything look at the whole order where nothing is left to codes.
    const knowsOthers = (codeReserve: number): boolean | undefined => {
      const one = encodeDiscountConfigs(manyOffers(1), others, { ...defaults, codeReserve }, 'USD');
      return one.ok ? decodeDiscountConfigs(one.value)?.concerns('9000000000000') : undefined;
    };
    expect([knowsOthers(0), knowsOthers(500)]).toEqual([false, true]);
  });

  it('says what free shipping leaves to codes of ours, where there is both', () => {
    const ownCodes = { basisPoints: 1500, minor: 2000, bounded: { basisPoints: 0, minor: 0 } };
    const ruled = { ...defaults, ownCodes };
    const crowd = [...manyOffers(150), ...oneOfEach];
    const shards = encode(crowd, ruled);
    expect(decodeDiscountConfigs(shards)?.rules.ownCodes).toEqual(ownCodes);
    // Whichever shard is lost.
    expect(decodeDiscountConfigs(shards.slice(-1))?.rules.ownCodes).toEqual(ownCodes);
    expect(encode(manyOffers(3), ruled)).toEqual(encode(manyOffers(3)));
    expect(encode(crowd, { ...defaults, ownCodes: noOwnCodes })).toEqual(encode(crowd));
    const larger = encode(crowd, { ...ruled, ownCodes: { ...ownCodes, minor: 2001 } });
    expect(decodeDiscountConfigs([larger[0], ...shards.slice(1)])?.ignored).toBe(shards.length - 1);
  });

  it('reads what was published before that, and ignores a shard in which it is damaged', () => {
    const ownCodes = { basisPoints: 1500, minor: 2000, bounded: { basisPoints: 0, minor: 0 } };
    const [shard = ''] = encode(oneOfEach, { ...defaults, ownCodes });
    const { o, ...before } = JSON.parse(shard) as Record<string, unknown>;
    expect(o).toEqual([1500, 2000, 0, 0]);
    expect(decodeDiscountConfigs([before])?.rules).toEqual(defaults);
    expect(decodeDiscountConfigs([{ ...before, o: null }])?.rules).toEqual(defaults);
    for (const damaged of [[], [1], [1, 2, 3, -4], 'x', 0, {}, false])
      expect(decodeDiscountConfigs([{ ...before, o: damaged }])).toBeNull();
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
