import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coerceInputValue, type GraphQLInputType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';
import { discountsByLine, goalsByLine, priceOnServer, toFunctionInput } from '#tests/conformance/carts/surfaces.ts';
import { largeCarts } from '#tests/conformance/carts/large.ts';
import { cartCases } from '#tests/conformance/carts/table.ts';
import { type BareEngine, functionExports, functionLimits, loadDiscountFunction } from './bare-engine.ts';
import { bundleDiscountFunction } from './build.ts';
import type { FunctionInput, FunctionResult } from './src/input.ts';

const plain = cartCases.find(({ label }) => label === 'one complete set');
if (!plain) throw new Error('the table lost its plain case');

describe('the discount Function in a bare engine', () => {
  let wasm: Uint8Array<ArrayBuffer>;
  let engine: BareEngine;
  beforeAll(async () => {
    wasm = await bundleDiscountFunction();
    engine = loadDiscountFunction(wasm);
  });

  const run = (input: FunctionInput): FunctionResult => engine.run(input).result;

  it('is small, asks for Shopify’s API alone and exports what the manifest names', () => {
    expect(wasm.length).toBeLessThan(functionLimits.moduleBytes / 3);
    const module = new WebAssembly.Module(wasm);
    for (const { module: from, name } of WebAssembly.Module.imports(module))
      expect(`${from}.${name}`).toMatch(/^shopify_function_v2\.shopify_function_/);
    const manifest = readFileSync(join(import.meta.dirname, 'shopify.extension.toml'), 'utf8');
    const named = [...manifest.matchAll(/^ *export = "([^"]+)"$/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.values(functionExports));
    expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual([...named, 'memory']);
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
    for (const value of ['', 'null', '{}', '[]', '"x"', '{"v":1}', '{"v":1,"g":1,"c":"USD","r":[],"p":[],"b":[]}']) {
      expect(run({ ...input, discount: { ...input.discount, config1: { value } } })).toEqual({ operations: [] });
    }
    expect(run({ ...input, discount: { ...input.discount, config1: null } })).toEqual({ operations: [] });
  });

  it('passes over custom products', () => {
    const input = toFunctionInput(plain);
    const custom: FunctionInput['cart']['lines'][number] = {
      id: 'gid://shopify/CartLine/c',
      quantity: 1,
      cost: { each: { amount: '5.0' } },
      plan: null,
      item: {},
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

  it.each(largeCarts.map(({ label, cartCase }) => [label, cartCase] as const))(
    'stays within its limits: 200 lines, 50 bundles, %s',
    (_label, cartCase) => {
      const { result, inputBytes, outputBytes, memoryBytes } = engine.run(toFunctionInput(cartCase));
      expect(inputBytes).toBeLessThanOrEqual(functionLimits.inputBytes);
      expect(outputBytes).toBeLessThanOrEqual(functionLimits.outputBytes);
      expect(memoryBytes).toBeLessThanOrEqual(functionLimits.memoryBytes / 2);
      const byLine = discountsByLine(cartCase, result);
      const { lines } = priceOnServer(cartCase);
      expect(lines.some(({ bundleMinor, goalMinor }) => bundleMinor + goalMinor > 0)).toBe(true);
      expect(byLine).toEqual(lines.map(({ bundleMinor }) => bundleMinor));
      expect(goalsByLine(cartCase, result)).toEqual(lines.map(({ goalMinor }) => goalMinor));
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
