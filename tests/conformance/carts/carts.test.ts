import { beforeAll, describe, expect, it } from 'vitest';
import { type BareEngine, loadDiscountFunction } from '#extensions/bundle-discount/bare-engine.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import {
  asDeliveryInput,
  discountsByLine,
  goalsByLine,
  priceOnServer,
  toFunctionInput,
  toInputOfBoth,
} from './surfaces.ts';
import { cartCases, cartsOfRules, cartsWithOwnCodes } from './table.ts';

describe('every surface prices the same cart alike', () => {
  let engine: BareEngine;
  beforeAll(async () => {
    engine = loadDiscountFunction(await bundleDiscountFunction());
  });

  it('names each case once', () => {
    expect(new Set(cartCases.map(({ label }) => label)).size).toBe(cartCases.length);
  });

  it.each([...cartCases, ...cartsOfRules, ...cartsWithOwnCodes].map((cartCase) => [cartCase.label, cartCase] as const))(
    'server: %s',
    (_label, cartCase) => {
      const { expected } = cartCase;
      const pricing = priceOnServer(cartCase);
      expect({
        bundleByLine: pricing.lines.map(({ bundleMinor }) => bundleMinor),
        goalByLine: pricing.lines.map(({ goalMinor }) => goalMinor),
        codeByLine: pricing.lines.map(({ codeMinor }) => codeMinor),
        shippingDiscountMinor: pricing.shippingDiscountMinor,
        totalMinor: pricing.totalMinor,
        search: pricing.search,
      }).toEqual({
        bundleByLine: expected.bundlesDropped ? expected.bundleByLine.map(() => 0) : expected.bundleByLine,
        goalByLine: expected.goalByLine,
        codeByLine: expected.codeByLine,
        shippingDiscountMinor: expected.shippingDiscountMinor,
        totalMinor: expected.totalMinor,
        search: expected.search,
      });
    },
  );

  const atFunction = [...cartCases, ...cartsWithOwnCodes];
  it.each(atFunction.map((cartCase) => [cartCase.label, cartCase] as const))('Function: %s', (_label, cartCase) => {
    const { result } = engine.run(toFunctionInput(cartCase));
    const delivery = engine.runDelivery(asDeliveryInput(toInputOfBoth(cartCase))).result;
    expect({
      bundleByLine: discountsByLine(cartCase, result),
      goalByLine: goalsByLine(cartCase, result),
      freeShipping: delivery.operations.length > 0,
    }).toEqual({
      bundleByLine: cartCase.expected.bundleByLine,
      goalByLine: cartCase.expected.goalByLine,
      freeShipping: cartCase.expected.freeShipping,
    });
  });
});
