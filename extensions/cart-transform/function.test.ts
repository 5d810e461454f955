import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encodeDiscountConfigs,
  noPriceTests,
  type Offer,
  type PriceTests,
  matrixOfRow,
} from '#app/domains/incentives/index.ts';
import { encodeDelivery } from '#app/platforms/shopify/cart-transform/delivery-config.ts';
import { functionLimits } from '#extensions/bundle-discount/bare-engine.ts';
import { executedIn, withCounter } from '#extensions/bundle-discount/wasm-instructions.ts';
import { fixed, percent } from '#tests/conformance/carts/offers.ts';
import { mergeInput } from '#tests/conformance/deliveries/surfaces.ts';
import { deliveryCases } from '#tests/conformance/deliveries/table.ts';
import { loadCartTransform, type TransformEngine } from './bare-engine.ts';
import { cartTransformFunction } from './build.ts';
import type { TransformInput, TransformLine, TransformResult } from './src/input.ts';
import { percentageFor } from './src/percentage.ts';

const [plain] = deliveryCases;
if (!plain) throw new Error('the table is empty');
const rules = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: true }),
  minMarginBps: 0,
  defaultMarginBps: 5000,
  sellingPlans: 'exclude' as const,
  codeReserve: 0,
};
const nothing: TransformResult = { operations: [] };

/** 200 lines of 50 sets of four products; ids as long as Shopify's. */
const product = (index: number): string => String(8_000_000_000_000 + index);
const variant = (index: number): string => String(45_000_000_000_000 + index);
const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const title = '夏のまとめ買いセット・「お得な」三点組み合わせ';
const large = Array.from({ length: 50 }, (_, set): Offer =>
  fixed(
    uuid(set),
    percent(1000 + set),
    [0, 1, 2, 3].map((part) => product(set * 4 + part)),
    { title },
  ),
);
const line = (index: number, mark: string | null, more: Partial<TransformLine> = {}): TransformLine => ({
  id: `gid://shopify/CartLine/0d6b5e12-7a4c-4f0e-9c1d-${String(index).padStart(12, '0')}`,
  quantity: 1,
  mark: mark === null ? null : { value: mark },
  cost: { each: { amount: '19.95', currencyCode: 'EUR' } },
  plan: null,
  item: {
    id: `gid://shopify/ProductVariant/${variant(index)}`,
    product: { id: `gid://shopify/Product/${product(index)}`, gift: false },
  },
  ...more,
});

function inputOf(
  lines: readonly TransformLine[],
  offers: readonly Offer[],
  delivery: string,
  priceTests: PriceTests = noPriceTests,
): TransformInput {
  const shards = encodeDiscountConfigs(offers, [], rules, 'EUR', priceTests);
  if (!shards.ok) throw new Error(shards.message);
  const shard = (index: number) => {
    const text = shards.value[index];
    return text === undefined ? null : { value: text };
  };
  return {
    cart: { lines },
    cartTransform: {
      delivery: { value: delivery },
      config1: shard(0),
      config2: shard(1),
      config3: shard(2),
      config4: shard(3),
      config5: shard(4),
      config6: shard(5),
    },
    presentmentCurrencyRate: '1.0',
  };
}
const merged = (offers: readonly Offer[]): string =>
  encodeDelivery({
    merged: offers.map(({ id }, index) => ({ bundleId: id, variantId: variant(9000 + index), imageUrl: null })),
    native: [],
  });

describe('the cart transform Function in a bare engine', () => {
  let code: Uint8Array<ArrayBuffer>;
  let engine: TransformEngine;
  beforeAll(async () => {
    code = await cartTransformFunction();
    engine = loadCartTransform(withCounter(code));
  });
  const run = (input: TransformInput): TransformResult => engine.run(input).result;

  it('is small and imports nothing but the API', () => {
    expect(code.length).toBeLessThan(functionLimits.moduleBytes / 3);
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(code));
    expect(new Set(imports.map(({ module }) => module))).toEqual(new Set(['shopify_function_v2']));
  });

  it('names the bundle, its picture and its price', () => {
    expect(run(mergeInput(plain))).toEqual({
      operations: [
        {
          linesMerge: {
            parentVariantId: 'gid://shopify/ProductVariant/997',
            title: 'Set a',
            image: { url: 'https://cdn.test/a.png' },
            price: { percentageDecrease: { value: '10.0' } },
            attributes: [{ key: '_trellis_bundle', value: 'a' }],
            cartLines: [
              { cartLineId: 'gid://shopify/CartLine/L1', quantity: 1 },
              { cartLineId: 'gid://shopify/CartLine/L2', quantity: 1 },
            ],
          },
        },
      ],
    });
  });

  it('does nothing without a configuration that it can read whole', () => {
    const input = mergeInput(plain);
    for (const delivery of [
      null,
      {},
      [],
      { v: 2, m: [], n: [] },
      { v: 1, m: [['a']], n: [] },
      { v: 1, m: [], n: [['a', '1', 't', '1']] },
    ])
      expect(
        run({ ...input, cartTransform: { ...input.cartTransform, delivery: { value: JSON.stringify(delivery) } } }),
      ).toEqual(nothing);
    expect(run({ ...input, cartTransform: { ...input.cartTransform, delivery: null } })).toEqual(nothing);
    expect(run({ ...input, cartTransform: { ...input.cartTransform, config1: null } })).toEqual(nothing);
    expect(run({ ...input, cartTransform: { ...input.cartTransform, config2: { value: '{"v":9}' } } })).toEqual(
      nothing,
    );
    expect(run({ ...input, presentmentCurrencyRate: 'one' })).toEqual(nothing);
  });

  it('merges nothing beside an offer for the whole order, which would not know the parts', () => {
    const goal: Offer = {
      id: 'g',
      title: 'Ten off',
      kind: 'cart-goals',
      items: [],
      startsAt: null,
      endsAt: null,
      terms: { tiers: [{ thresholdMinor: 100, reward: { type: 'order-discount', value: percent(1000) } }] },
    };
    const [first] = large;
    if (!first) throw new Error('no offer');
    const lines = [0, 1, 2, 3].map((index) => line(index, first.id));
    expect(run(inputOf(lines, [first], merged([first]))).operations).toHaveLength(1);
    expect(run(inputOf(lines, [first, goal], merged([first])))).toEqual(nothing);
  });

  it('merges nothing in a cart with a product whose price is tested, and goes on in every other', () => {
    const [first, second] = large;
    if (!first || !second) throw new Error('no offer');
    const priceTests: PriceTests = {
      holdout: { salt: 'pepper', bps: 500 },
      tests: [
        {
          bundleId: second.id,
          layer: 'shop/t',
          from: 0,
          to: 10_000,
          salt: 's',
          arms: [
            { share: 5000, values: [] },
            { share: 5000, values: [percent(2000)] },
          ],
        },
      ],
    };
    const set = [0, 1, 2, 3].map((index) => line(index, first.id));
    const operationsOf = (lines: readonly TransformLine[]) =>
      run(inputOf(lines, [first, second], merged([first, second]), priceTests)).operations;
    expect(operationsOf([...set, line(7000, null)])).toHaveLength(1);
    expect(operationsOf([...set, line(4, null)])).toEqual([]);
    expect(operationsOf([4, 5, 6, 7].map((index) => line(index, second.id)))).toEqual([]);
  });

  it('never touches a bundle product on a subscription, nor custom products', () => {
    const [first] = large;
    if (!first) throw new Error('no offer');
    const components = [0, 1, 2, 3].map((index) => ({
      productId: product(index),
      variantId: variant(index),
      quantity: 1,
      priceMinor: 1995,
    }));
    const delivery = encodeDelivery({
      merged: [],
      native: [{ bundleId: first.id, variantId: variant(9000), title, components }],
    });
    const sold = line(9000, null, { cost: { each: { amount: '71.82', currencyCode: 'EUR' } } });
    expect(run(inputOf([sold], large, delivery)).operations).toHaveLength(1);
    expect(run(inputOf([{ ...sold, plan: { __typename: 'SellingPlanAllocation' } }], large, delivery))).toEqual(
      nothing,
    );
    expect(run(inputOf([{ ...sold, item: {} }], large, delivery))).toEqual(nothing);
  });

  it('asks no more for a bundle product than its page showed', () => {
    const [first] = large;
    if (!first) throw new Error('no offer');
    const components = [0, 1, 2, 3].map((index) => ({
      productId: product(index),
      variantId: variant(index),
      quantity: 1,
      priceMinor: 1995,
    }));
    const delivery = encodeDelivery({
      merged: [],
      native: [{ bundleId: first.id, variantId: variant(9000), title, components }],
    });
    const [operation] = run(
      inputOf([line(9000, null, { cost: { each: { amount: '70.00', currencyCode: 'EUR' } } })], large, delivery),
    ).operations;
    const items = operation && 'lineExpand' in operation ? operation.lineExpand.expandedCartItems : [];
    expect(items.reduce((sum, item) => sum + Number(item.price.adjustment.fixedPricePerUnit.amount), 0)).toBe(70);
  });

  it.each([
    // More lines than the discount may touch: then nothing is merged, and the discount says what it can.
    ['50 sets of 4', 50, 0],
    ['25 sets of 4 among 100 other lines', 25, 25],
  ])('stays within its limits: 200 lines, 50 bundles, %s', (_label, sets, operations) => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const set = Math.floor(index / 4);
      return line(set < sets ? index : index + 1000, large[set]?.id ?? null);
    });
    const { result, inputBytes, outputBytes, exports } = engine.run(inputOf(lines, large, merged(large)));
    expect(inputBytes).toBeLessThanOrEqual(functionLimits.inputBytes);
    expect(outputBytes).toBeLessThanOrEqual(functionLimits.outputBytes);
    // Shopify's part (reading the input, writing the output) comes on top.
    expect(executedIn(exports)).toBeLessThanOrEqual(maximumInstructions);
    expect(result.operations).toHaveLength(operations);
  });

  it('leaves to the discount what does not fit into its output', () => {
    const [first] = large;
    if (!first) throw new Error('no offer');
    const lines = [0, 1, 2, 3].map((index) => line(index, first.id, { quantity: 90 }));
    const { result, outputBytes } = engine.run(inputOf(lines, [first], merged([first])));
    expect(outputBytes).toBeLessThanOrEqual(functionLimits.outputBytes);
    expect(result.operations.length).toBeGreaterThan(20);
    expect(result.operations.length).toBeLessThan(90);
  });

  it('carries the texts of its manifest in every language', () => {
    for (const locale of ['en.default', 'de', 'fr', 'es', 'ja']) {
      const texts = JSON.parse(readFileSync(join(import.meta.dirname, `locales/${locale}.json`), 'utf8')) as object;
      expect(Object.keys(texts)).toEqual(['name', 'description']);
    }
  });
});

/** What the Function itself may execute in the largest cart that it is measured in. */
const maximumInstructions = 2_200_000;

it.each([
  [300, 3000, 1, '10.0'],
  [149, 990, 1, '15.05'],
  [1, 3, 1, '33.3'],
  [1, 3, 500, '33.33'],
  [2000, 19_995, 50, '10.0025'],
])('%i off %i, %i times, is %s per cent', (discount, price, sets, text) => {
  expect(percentageFor(discount, price, sets)).toBe(text);
  expect(Math.round((Number(text) * price * sets) / 100)).toBe(discount * sets);
});
