import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CodeTerms, decodeCodeGuard, priceCode } from '#app/domains/codes/index.ts';
import { encodeCodeGuard } from '#app/domains/codes/code-guard.ts';
import { drawCode, isCodeOf } from '#app/domains/codes/rules.ts';
import { functionLimits } from '#extensions/bundle-discount/bare-engine.ts';
import { loadCodeFunction } from './code-function.ts';

let run: Awaited<ReturnType<typeof loadCodeFunction>>;
beforeAll(async () => {
  run = await loadCodeFunction();
});

const oneLine = [
  {
    id: 'a',
    productId: '11',
    variantId: '21',
    quantity: 1,
    unitPriceMinor: 5_000,
    giftCard: false,
    sellingPlan: false,
  },
];
const productIds = ['11', '12', '13', '14'];
const line = fc.record({
  productId: fc.constantFrom(...productIds),
  variantId: fc.constantFrom('21', '22'),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPriceMinor: fc.integer({ min: 0, max: 9_999 }),
  giftCard: fc.constant(false),
  sellingPlan: fc.constantFrom(false, false, false, true),
});
const lines = fc
  .array(
    fc.oneof(
      line,
      line,
      line.map((each) => ({ ...each, giftCard: true })),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map((each, at) => ({ ...each, id: `gid://shopify/CartLine/${at}` })));
const beside = {
  minSubtotalMinor: fc.option(fc.integer({ min: 0, max: 15_000 }), { nil: null }),
  productIds: fc.option(fc.subarray(productIds, { minLength: 1 }), { nil: null }),
};
const terms: fc.Arbitrary<CodeTerms> = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 9_999 }), ...beside }),
  fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }), ...beside }),
  fc.record({
    type: fc.constant('percentage' as const),
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
    mostMinor: fc.integer({ min: 1, max: 9_999 }),
    ...beside,
  }),
  fc.record({ type: fc.constant('free-shipping' as const), ...beside }),
  fc.record({
    type: fc.constant('free-product' as const),
    productId: fc.constantFrom(...productIds),
    variantId: fc.option(fc.constantFrom('21', '22'), { nil: null }),
    ...beside,
  }),
);
const points = fc.integer({ min: 0, max: 10_000 });
const guards = fc.tuple(points, fc.dictionary(fc.constantFrom(...productIds), points)).map(
  ([rest, named]) =>
    `1;${rest};${Object.entries(named)
      .map(([id, bps]) => `${id}:${bps}`)
      .join(',')}`,
);

const share = { basisPoints: fc.integer({ min: 0, max: 10_000 }), minor: fc.integer({ min: 0, max: 9_999 }) };
const most = fc.record({
  ...share,
  leftMinor: fc.option(fc.integer({ min: 0, max: 9_999 }), { nil: null }),
  units: fc.integer({ min: 1, max: 12 }),
});
/** With what offers of ours and other codes take beside. */
const besideGuards = fc
  .record({
    rooms: fc
      .subarray(productIds)
      .chain((ids) =>
        fc.tuple(
          ...ids.map((productId) =>
            fc.record({ productId: fc.constant(productId), roomBps: points, priceMinor: fc.constant(1_000) }),
          ),
        ),
      ),
    off: fc.dictionary(fc.constantFrom(...productIds), most),
    order: fc.option(fc.record({ ...share, fromMinor: fc.integer({ min: 0, max: 30_000 }) }), { nil: null }),
    others: fc.record(share),
    pairs: fc.record({
      productProduct: fc.boolean(),
      productOrder: fc.boolean(),
      orderOrder: fc.boolean(),
      productShipping: fc.boolean(),
      orderShipping: fc.boolean(),
    }),
  })
  .map(({ rooms, off, ...beside }) => encodeCodeGuard(rooms, { ...beside, off: new Map(Object.entries(off)) }));
/** Up to three parcels; one can be without any way. */
const parcels = fc.array(fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 })), { maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
});
const entered = fc.subarray(['A', 'a', 'B', 'C', 'AB'], { minLength: 1 });

describe('the Function of codes', () => {
  it('prices every cart as the definition does', () => {
    fc.assert(
      fc.property(lines, terms, fc.oneof(guards, besideGuards), entered, parcels, (cart, offer, guard, codes, ways) => {
        const rules = decodeCodeGuard(guard);
        if (!rules) throw new Error('no guard');
        const others = codes.filter((code) => code.toUpperCase() !== 'A').length;
        const price = priceCode(cart, offer, rules, (minor) => minor, others);
        const { minor, free, message } = run({ lines: cart, terms: offer, guard, codes, parcels: ways });
        const each = price.freeUpToMinor === null ? -1 : Math.floor(price.freeUpToMinor / ways.length);
        const wanted = ways.flatMap((costs, at) =>
          costs.flatMap((cost, way) => (cost <= each ? [`${at}/${way}`] : [])),
        );
        expect({ minor, free }).toEqual({ minor: price.minor, free: wanted });
        expect(message !== null).toBe(price.reduced && price.minor > 0);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ['EN', 'Reduced: these items allow no larger discount'],
    ['DE', 'Verringert: Mehr Rabatt ist auf diese Artikel nicht möglich'],
    ['FR', 'Réduit : ces articles ne permettent pas une remise plus élevée'],
    ['ES', 'Reducido: estos artículos no admiten un descuento mayor'],
    ['JA', '一部適用：対象商品にはこれ以上の割引を適用できません'],
    ['PT_BR', 'Reduced: these items allow no larger discount'],
  ])('tells the shopper that it was reduced, in %s', (language, words) => {
    const terms = { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: null } as const;
    expect(run({ lines: oneLine, terms, guard: '1;100;', language })).toMatchObject({ minor: 50, message: words });
    expect(run({ lines: oneLine, terms, guard: '1;1000;', language })).toMatchObject({ minor: 500, message: null });
  });

  it('never takes more off than the lines can bear together', () => {
    fc.assert(
      fc.property(lines, terms, guards, (cart, offer, guard) => {
        const rules = decodeCodeGuard(guard);
        if (!rules) throw new Error('no guard');
        const room = cart
          .filter(({ giftCard }) => !giftCard)
          .reduce((sum, each) => {
            const bps = rules.products.get(each.productId) ?? rules.rest;
            return sum + Math.floor((each.unitPriceMinor * each.quantity * bps) / 10_000);
          }, 0);
        expect(run({ lines: cart, terms: offer, guard }).minor).toBeLessThanOrEqual(room);
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, string, readonly (readonly number[])[], readonly string[], readonly string[]]>([
    ['a parcel that costs what the goods can bear', '1;980;', [[490]], ['A'], ['0/0']],
    ['none that costs more', '1;979;', [[490]], ['A'], []],
    ['of its ways those that they can bear', '1;1000;', [[490, 1_290, 0]], ['A'], ['0/0', '0/2']],
    ['of two parcels each with half of it', '1;1500;', [[490], [300, 375, 376]], ['A'], ['1/0', '1/1']],
    ['nothing where nobody can read what must be left', '', [[490]], ['A'], []],
    ['what offers leave that may stand beside it', '2;2000;11:2000:1000:0::1;8;;;0:0', [[490, 500]], ['A'], ['0/0']],
    ['all of it where none may', '2;2000;11:2000:1000:0::1;7;;;0:0', [[490, 500, 1_000]], ['A'], ['0/0', '0/1', '0/2']],
    ['what a goal of the order leaves', '2;2000;;16;;5000:1000:0;0:0', [[490, 499, 500]], ['A'], ['0/0', '0/1']],
    ['half of it beside another code', '2;2000;;24;;;0:0', [[490, 499, 500]], ['A', 'B'], ['0/0', '0/1']],
  ])('makes free %s', (_label, guard, ways, codes, free) => {
    const offer = { type: 'free-shipping', minSubtotalMinor: null, productIds: null } as const;
    expect(run({ lines: oneLine, terms: offer, guard, codes, parcels: ways }).free).toEqual(free);
  });

  it('gives a bound code to its customer alone', () => {
    const offer = { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: null } as const;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 14n }),
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        (id, bytes) => {
          const customerId = String(id);
          const code = drawCode('VIP', customerId, () => bytes);
          const minor = (who: string | null, typed = code) =>
            run({ lines: oneLine, terms: offer, guard: '1;5000;', bound: true, customerId: who, code: typed }).minor;
          expect([minor(customerId), minor(customerId, code.toLowerCase()), minor(null)]).toEqual([500, 500, 0]);
          const other = String(id + 1n);
          expect(minor(other) > 0).toBe(isCodeOf(code, other));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([
    '2;5000;;7;;;',
    '2;5000;;32;;;0:0',
    '2;5000;;7;1:2:3;;0:0',
    '2;5000;;7;;1:2;0:0',
    '2;5000;11:5:1:2:x:3;7;;;0:0',
    '2;5000;11:5:1;7;;;0:0',
    '1;5000;11:5:1:2::3',
    ...['', '2;5000;', '1;x;', '1;5000;11', '1;5000;11:x', '1;5000;;', '1'],
  ])('takes nothing off under a guard that is none: %j', (guard) => {
    const offer = { type: 'percentage', basisPoints: 1_000, minSubtotalMinor: null, productIds: null } as const;
    expect(run({ lines: oneLine, terms: offer, guard }).minor).toBe(0);
    expect(decodeCodeGuard(guard)).toBeNull();
  });

  it.each([
    ['a guest', null, 0, 500],
    ['a customer without orders', '7', 0, 500],
    ['a customer with one', '7', 1, 0],
  ])('a code for first orders in the cart of %s', (_, customerId, orders, minor) => {
    const terms = {
      type: 'percentage',
      basisPoints: 1_000,
      minSubtotalMinor: null,
      productIds: null,
      firstOrder: true,
    } as const;
    expect(run({ lines: oneLine, terms, guard: '1;5000;', customerId, orders }).minor).toBe(minor);
  });

  it('stays far within Shopify’s limits with the largest cart and guard', () => {
    const cart = Array.from({ length: 200 }, (_, at) => ({
      id: `gid://shopify/CartLine/${String(at).padStart(32, '0')}`,
      productId: String(8_000_000_000_000 + at),
      variantId: String(40_000_000_000_000 + at),
      quantity: 1,
      unitPriceMinor: 1_999,
      giftCard: false,
      sellingPlan: false,
    }));
    const named = Array.from({ length: 520 }, (_, at) => `${8_000_000_000_000 + at}:${1_000 + at}`).join(',');
    const reduced = Array.from({ length: 250 }, (_, at) => `${8_000_000_000_000 + at}:${3_000 + at}:1000:20:1900:3`);
    const guardsOf = [`1;3000;${named}`, `2;3000;${reduced.join(',')};31;1000:5:1900:2;1000:50:5;100:5`];
    const products = cart.map(({ productId }) => productId);
    for (const productIdsOf of [null, products]) {
      const offer = {
        type: 'percentage',
        basisPoints: 9_000,
        minSubtotalMinor: null,
        productIds: productIdsOf,
      } as const;
      for (const guard of guardsOf) {
        expect(guard.length).toBeLessThanOrEqual(10_000);
        const { instructions, minor } = run({ lines: cart, terms: offer, guard, codes: ['A', 'B', 'C', 'D', 'E'] });
        expect(minor).toBeGreaterThan(0);
        const parcel = { type: 'free-shipping', minSubtotalMinor: null, productIds: productIdsOf } as const;
        const ways = Array.from({ length: 10 }, () => Array.from({ length: 10 }, (_, at) => 100 * at));
        const shipped = run({ lines: cart, terms: parcel, guard, codes: ['A', 'B', 'C', 'D', 'E'], parcels: ways });
        expect(shipped.instructions).toBeLessThan(functionLimits.instructions / 3);
        // Shopify's API takes up to 2.7 million beside the program's own.
        expect(instructions).toBeLessThan(functionLimits.instructions / 3);
      }
    }
  });
});
