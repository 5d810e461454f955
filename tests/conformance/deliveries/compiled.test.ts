import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { loadCartTransform, type TransformEngine } from '#extensions/cart-transform/bare-engine.ts';
import { cartTransformFunction } from '#extensions/cart-transform/build.ts';
import type { TransformInput } from '#extensions/cart-transform/src/input.ts';
import { run } from '#extensions/cart-transform/src/run.ts';
import { inputs } from '#tests/conformance/carts/function-inputs.ts';
import { disturbed } from '#tests/conformance/carts/odd-input.ts';
import { priceOnServer } from '#tests/conformance/carts/surfaces.ts';
import { mergeInput, nativeInput, toCartCase } from './surfaces.ts';
import { deliveryCases } from './table.ts';

let engine: TransformEngine;
beforeAll(async () => {
  engine = loadCartTransform(await cartTransformFunction());
});

/** @returns how many operations both came to */
function expectSame(input: TransformInput): number {
  const expected = run(input);
  expect(JSON.stringify(engine.run(input).result)).toBe(JSON.stringify(expected));
  return expected.operations.length;
}

const offerIds = ['offer-0', 'offer-1', 'offer-2', 'offer-3'];
const component = fc.record({
  productId: fc.constantFrom('1', '2', '3', '9'),
  variantId: fc.constantFrom('v1', 'v2', 'v9'),
  quantity: fc.integer({ min: 1, max: 4 }),
  priceMinor: fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 3333, 2 ** 50)),
});
const text = fc.constantFrom('Set "a" \\ b', '夏のセット', '\t😀\u0001', 'Set');
const imageUrl = fc.constantFrom(null, 'https://cdn.test/a.png', 'https://cdn.test/"ü"');
const delivery = fc.record({
  merged: fc
    .record({ ids: fc.oneof(fc.constant(offerIds), fc.subarray(offerIds)), imageUrl })
    .map(({ ids, imageUrl: picture }) =>
      ids.map((bundleId, at) => ({ bundleId, variantId: `90${at}`, imageUrl: at === 0 ? picture : null })),
    ),
  native: fc.array(
    fc.record({
      bundleId: fc.constantFrom(...offerIds, 'gone'),
      variantId: fc.constantFrom('v2', '909'),
      title: text,
      components: fc.array(component, { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 2 },
  ),
});

/** A shard whose offers are under no price test, in a cart of which nothing would be merged. */
function withoutTests(shard: string): string {
  return JSON.stringify({ ...(JSON.parse(shard) as object), t: undefined });
}

/** Carts of the discount Function's arbitraries, whose lines are marked and whose bundles are delivered somehow. */
function transformInputs(lines: number, quantity: number, offers: number, native: boolean) {
  return fc
    .record({
      input: inputs(lines, quantity, offers, ['set']),
      delivery,
      mostly: fc.constantFrom('offer-0', 'offer-0', 'offer-1'),
      marks: fc.array(fc.constantFrom(null, null, null, null, '', 'nobody', ...offerIds), { maxLength: 12 }),
      tested: fc.constantFrom(false, false, true),
    })
    .map(({ input, delivery: published, mostly, marks, tested }): TransformInput => {
      const { config1, config2, config3, config4, config5, config6 } = input.discount;
      const first = config1 && !tested ? { value: withoutTests(config1.value) } : config1;
      const { currencyCode } = input.cart.cost.subtotalAmount;
      return {
        cart: {
          lines: input.cart.lines.map((line, at) => ({
            ...line,
            mark: marks[at] === '' ? null : { value: marks[at] ?? mostly },
            cost: { each: { ...line.cost.each, currencyCode } },
          })),
        },
        cartTransform: {
          delivery: { value: encodeDelivery({ ...published, native: native ? published.native : [] }) },
          ...{ config1: first, config2, config3, config4, config5, config6 },
        },
        presentmentCurrencyRate: input.presentmentCurrencyRate,
      };
    });
}

/** The cart transform is written twice, too: whatever they are handed, both answer the same to the byte. */
describe('the compiled cart transform says what the definition says', () => {
  it('for every case of the table, merged and sold as products', () => {
    for (const each of deliveryCases) {
      expect(expectSame(mergeInput(each))).toBe(each.expected.merged);
      expectSame(nativeInput(each, priceOnServer(toCartCase(each)).bundles));
    }
  });

  it('for marked carts, of which enough are merged', () => {
    let merged = 0;
    fc.assert(
      fc.property(transformInputs(4, 4, 2, false), (input) => {
        if (expectSame(input) > 0) merged += 1;
      }),
      { numRuns: 800 },
    );
    expect(merged).toBeGreaterThan(10);
  });

  it('for bundle products beside them, of which enough are expanded', () => {
    let expanded = 0;
    fc.assert(
      fc.property(transformInputs(4, 3, 3, true), (input) => {
        if (expectSame(input) > 0) expanded += 1;
      }),
      { numRuns: 300 },
    );
    expect(expanded).toBeGreaterThan(10);
  });

  it('for as many sets as go out, and more', () => {
    fc.assert(
      fc.property(transformInputs(12, 200, 4, true), (input) => void expectSame(input)),
      { numRuns: 60 },
    );
  });

  it('for deliveries that were damaged on the way', () => {
    const damaged = fc
      .record({
        input: transformInputs(4, 3, 2, true),
        choice: fc.nat(),
        by: fc.constantFrom<unknown>(null, '', 'x', 0, -1, 1.5, 2 ** 53, [], {}, [[]], ['a', '1', 0]),
      })
      .map(({ input, choice, by }): TransformInput => {
        const { delivery: own } = input.cartTransform;
        const value = JSON.stringify(disturbed(JSON.parse(own?.value ?? 'null'), choice, by));
        return { ...input, cartTransform: { ...input.cartTransform, delivery: { value } } };
      });
    fc.assert(
      fc.property(damaged, (input) => void expectSame(input)),
      { numRuns: 250 },
    );
  });
});
