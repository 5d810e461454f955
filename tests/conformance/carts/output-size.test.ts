import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CartLine, encodeDiscountConfigs, matrixOfRow, type Offer } from '#app/domains/incentives/index.ts';
import { type BareEngine, functionLimits, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import { run } from '#extensions/bundle-discount/src/run.ts';
import type { FunctionInput, FunctionResult } from '#extensions/bundle-discount/src/input.ts';
import { toInput } from './function-inputs.ts';
import { breaks, goals, orderOff, percent } from './offers.ts';

let engine: BareEngine;
beforeAll(async () => {
  engine = loadDiscountFunction(await bundleDiscountFunction());
});

const productOf = (at: number): string => String(8_000_000_000_000 + at);
const rules = {
  combinesWith: matrixOfRow({ product: true, order: true, shipping: true }),
  minMarginBps: 0,
  defaultMarginBps: 10_000,
  sellingPlans: 'exclude' as const,
  codeReserve: 0,
};

interface Shape {
  readonly bundled: number;
  /** gift cards, which an order's discount excludes */
  readonly excluded: number;
  readonly title: string;
  readonly idLength: number;
  readonly quantity: number;
  readonly price: number;
  readonly goal: boolean;
}

/** A cart of lines that are each reduced, and of lines that take no part. */
function inputOf({ bundled, excluded, title, idLength, quantity, price, goal }: Shape): FunctionInput {
  const lines = Array.from({ length: bundled + excluded }, (_, at): CartLine => ({
    id: String(at).padStart(idLength, 'x'),
    productId: productOf(at),
    variantId: String(45_000_000_000_000 + at),
    quantity,
    unitPriceMinor: price,
    unitCostMinor: null,
    giftCard: at >= bundled,
    sellingPlan: false,
  }));
  const ids = lines.slice(0, bundled).map(({ productId }) => productId);
  const offers: Offer[] = [
    ...(ids.length > 0 ? [{ ...breaks('a', 'product', [[1, percent(1500)]], ids), title }] : []),
    ...(goal ? [{ ...goals('b', [[1, orderOff(percent(1000))]]), title }] : []),
  ];
  const encoded = encodeDiscountConfigs(offers, [], rules, 'USD');
  if (!encoded.ok) throw new Error(encoded.message);
  return toInput(lines, { currency: 'USD', rate: '1.0' }, encoded.value);
}

const bytesOf = (result: FunctionResult): number => Buffer.byteLength(JSON.stringify(result));
const kindsOf = (result: FunctionResult): string[] => result.operations.flatMap((operation) => Object.keys(operation));
const wide = '夏'.repeat(80);
const usual = { title: wide, idLength: 36, quantity: 3, price: 4_999, goal: true };

describe('the output of the discount Function', () => {
  it.each([
    ['100 reduced lines', { ...usual, bundled: 100, excluded: 0 }, ['productDiscountsAdd', 'orderDiscountsAdd']],
    ['30 excluded ones beside', { ...usual, bundled: 100, excluded: 30 }, ['productDiscountsAdd', 'orderDiscountsAdd']],
    ['100 excluded ones beside', { ...usual, bundled: 72, excluded: 100 }, ['productDiscountsAdd', 'orderDiscountsAdd']], // prettier-ignore
    ['what bundles may no longer touch', { ...usual, bundled: 100, excluded: 100 }, ['productDiscountsAdd', 'orderDiscountsAdd']], // prettier-ignore
    ['ids of twice the length: what saves more stays', { ...usual, idLength: 90, bundled: 100, excluded: 100 }, ['productDiscountsAdd']], // prettier-ignore
    ['ids of twice the length: most lines stay', { ...usual, idLength: 150, bundled: 100, excluded: 0, goal: false }, ['productDiscountsAdd']], // prettier-ignore
    ['as many units and digits as a line may have', { ...usual, quantity: 1_000_000, price: 9_000_000, bundled: 100, excluded: 100 }, ['productDiscountsAdd', 'orderDiscountsAdd']], // prettier-ignore
  ])('has room for %s', (_label, shape, kinds) => {
    const { result } = engine.run(inputOf(shape));
    expect(bytesOf(result)).toBeLessThan(functionLimits.outputBytes);
    expect(kindsOf(result)).toEqual(kinds);
  });

  it('stays below the limit for every cart of up to 200 lines, and always says something', () => {
    const shapes = fc.record({
      bundled: fc.integer({ min: 1, max: 100 }),
      excluded: fc.integer({ min: 0, max: 100 }),
      title: fc.constantFrom('Set', wide, '"\\\u0001'.repeat(26)),
      idLength: fc.constantFrom(3, 36, 60, 150),
      quantity: fc.constantFrom(1, 1_000_000),
      price: fc.constantFrom(100, 9_000_000),
      goal: fc.boolean(),
    });
    fc.assert(
      fc.property(shapes, (shape) => {
        const input = inputOf(shape);
        const { result } = engine.run(input);
        expect(bytesOf(result)).toBeLessThan(functionLimits.outputBytes);
        expect(result.operations.length).toBeGreaterThan(0);
        expect(JSON.stringify(result)).toBe(JSON.stringify(run(input)));
      }),
      { numRuns: 60 },
    );
  });
});
