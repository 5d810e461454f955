import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coerceInputValue, type GraphQLInputType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';
import { discountsByLine, priceOnServer, toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { amount, fixed, line, mix, percent } from '#tests/conformance/carts/offers.ts';
import { type CartCase, cartCases } from '#tests/conformance/carts/table.ts';
import { type BareEngine, functionLimits, loadDiscountFunction } from './bare-engine.ts';
import { bundleDiscountFunction } from './build.ts';
import type { FunctionInput, FunctionResult } from './src/input.ts';

const plain = cartCases.find(({ label }) => label === 'one complete set');
if (!plain) throw new Error('the table lost its plain case');

/** 50 bundles over 200 lines; ids as long as Shopify's. */
function large(label: string, bundleOf: (index: number) => CartCase['bundles'][number]): CartCase {
  const lines = Array.from({ length: 200 }, (_, index) =>
    line(String(8_000_000_000_000 + index), 1000 + index * 7, 3, {
      id: `0d6b5e12-7a4c-4f0e-9c1d-${String(index).padStart(12, '0')}`,
      variantId: String(45_000_000_000_000 + index),
      unitCostMinor: 300 + index,
    }),
  );
  return { ...(plain as CartCase), label, lines, bundles: Array.from({ length: 50 }, (_, index) => bundleOf(index)) };
}
const product = (index: number): string => String(8_000_000_000_000 + (index % 200));
const uuid = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const title = { title: '夏のまとめ買いセット・「お得な」三点組み合わせ' };
const largeCarts = [
  large('separate sets', (index) =>
    fixed(
      uuid(index),
      percent(1000 + index),
      [product(index * 3), product(index * 3 + 1), product(index * 3 + 2)],
      title,
    ),
  ),
  large('sets in a chain', (index) =>
    fixed(
      uuid(index),
      amount(100 + ((index * 37) % 90)),
      [product(index * 2), product(index * 2 + 1), product(index * 2 + 2)],
      title,
    ),
  ),
  large('every set shares one product', (index) =>
    fixed(uuid(index), amount(200 + ((index * 53) % 170)), [product(0), product(index + 1)], title),
  ),
  large('wide mix-and-match', (index) => ({
    ...mix(
      uuid(index),
      4,
      percent(500 + index * 10),
      Array.from({ length: 20 }, (_, item) => product(index * 2 + item)),
    ),
    ...title,
  })),
];

describe('the discount Function in a bare engine', () => {
  let code: string;
  let engine: BareEngine;
  beforeAll(async () => {
    code = await bundleDiscountFunction();
    engine = await loadDiscountFunction(code);
  });
  afterAll(() => engine.dispose());

  const run = (input: FunctionInput): FunctionResult => engine.run(input).result;

  it('is small and asks for nothing that the engine lacks', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(32_000);
    expect(code).not.toMatch(/\b(?:require|process|Buffer|TextEncoder|fetch|Date\.now|Math\.random|setTimeout)\b/);
  });

  it('answers in the shape of the schema', () => {
    const type = readSchema('functions_discount').schema.getType(
      'CartLinesDiscountsGenerateRunResult',
    ) as GraphQLInputType;
    for (const cartCase of cartCases) {
      expect(() =>
        coerceInputValue(run(toFunctionInput(cartCase)), type, (_path, _value, error) => {
          throw error;
        }),
      ).not.toThrow();
    }
  });

  it('says nothing where the discount is not of class PRODUCT', () => {
    const input = toFunctionInput(plain);
    expect(run({ ...input, discount: { ...input.discount, discountClasses: ['ORDER', 'SHIPPING'] } })).toEqual({
      operations: [],
    });
  });

  it('gives each line what its bundles take off, under their title', () => {
    expect(run(toFunctionInput(plain))).toEqual({
      operations: [
        {
          productDiscountsAdd: {
            selectionStrategy: 'ALL',
            candidates: [
              {
                targets: [{ cartLine: { id: 'gid://shopify/CartLine/L1', quantity: 1 } }],
                value: { fixedAmount: { amount: '1.00' } },
                message: 'Set a',
              },
              {
                targets: [{ cartLine: { id: 'gid://shopify/CartLine/L2', quantity: 1 } }],
                value: { fixedAmount: { amount: '2.00' } },
                message: 'Set a',
              },
            ],
          },
        },
      ],
    });
  });

  it('does nothing without a readable configuration', () => {
    const input = toFunctionInput(plain);
    for (const jsonValue of [null, {}, [], 'x', { v: 1 }, { v: 1, g: 1, c: 'USD', r: [], p: [], b: [] }]) {
      expect(run({ ...input, discount: { ...input.discount, config1: { jsonValue } } })).toEqual({ operations: [] });
    }
    expect(run({ ...input, discount: { ...input.discount, config1: null } })).toEqual({ operations: [] });
  });

  it('passes over custom products', () => {
    const input = toFunctionInput(plain);
    const custom: FunctionInput['cart']['lines'][number] = {
      id: 'gid://shopify/CartLine/c',
      quantity: 1,
      cost: { amountPerQuantity: { amount: '5.0' } },
      sellingPlanAllocation: null,
      merchandise: { __typename: 'CustomProduct' },
    };
    expect(run({ ...input, cart: { ...input.cart, lines: [custom, ...input.cart.lines] } })).toEqual(run(input));
  });

  it('takes no notice of what a buyer writes on a line', () => {
    const input = toFunctionInput(plain);
    const forged = { _trellis_bundle: 'a', price: '0.01', discount: '100' };
    const lines = input.cart.lines.map((entry) => ({
      ...entry,
      attribute: { key: '_trellis_bundle', value: JSON.stringify(forged) },
      attributes: forged,
      ...forged,
    }));
    expect(run({ ...input, cart: { ...input.cart, lines } })).toEqual(run(input));
  });

  it.each(largeCarts.map((cartCase) => [cartCase.label, cartCase] as const))(
    'stays within its limits: 200 lines, 50 bundles, %s',
    (_label, cartCase) => {
      const { result, inputBytes, outputBytes, polls } = engine.run(toFunctionInput(cartCase));
      expect(inputBytes).toBeLessThanOrEqual(functionLimits.inputBytes);
      expect(outputBytes).toBeLessThanOrEqual(functionLimits.outputBytes);
      expect(polls).toBeLessThanOrEqual(maximumPolls);
      const byLine = discountsByLine(cartCase, result);
      expect(byLine.some((minor) => minor > 0)).toBe(true);
      expect(byLine).toEqual(priceOnServer(cartCase).lines.map(({ bundleMinor }) => bundleMinor));
    },
  );

  it('carries the texts of its manifest in every language', () => {
    for (const locale of ['en.default', 'de', 'fr', 'es', 'ja']) {
      const texts = JSON.parse(readFileSync(join(import.meta.dirname, `locales/${locale}.json`), 'utf8')) as Record<
        string,
        string
      >;
      expect(Object.keys(texts)).toEqual(['name', 'description']);
    }
  });
});

/** Work that one run may do, in the engine's own count (see `EngineRun.polls`). */
const maximumPolls = 40;
