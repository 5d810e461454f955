import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CodeTerms, decodeCodeGuard, encodeCodeConfig, isCodeOf, priceCode } from '#app/domains/codes/index.ts';
import { drawCode } from '#app/domains/codes/rules.ts';
import { runPhp } from '#tests/setup/php.ts';

const ask = (questions: readonly unknown[]): unknown[] =>
  runPhp([join(import.meta.dirname, 'price.php')], JSON.stringify(questions))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

const productIds = ['11', '12', '13'];
const line = fc.record({
  productId: fc.constantFrom(...productIds),
  variantId: fc.constantFrom('21', '22'),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPriceMinor: fc.integer({ min: 0, max: 9_999 }),
  giftCard: fc.constantFrom(false, false, false, true),
  sellingPlan: fc.constantFrom(false, false, false, true),
});
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
const guard = fc.tuple(points, fc.dictionary(fc.constantFrom(...productIds), points)).map(([rest, named]) => {
  const entries = Object.entries(named).map(([id, bps]) => `${id}:${bps}`);
  return `1;${rest};${entries.join(',')}`;
});

it('the plugin prices every cart as the definition does', () => {
  const cases = fc.sample(fc.tuple(fc.array(line, { minLength: 1, maxLength: 5 }), terms, guard), 500);
  const answers = ask(
    cases.map(([lines, offer, text]) => ({
      offer: encodeCodeConfig({ terms: offer, bound: false, currency: 'EUR' }),
      guard: text,
      cart: { currency: 'EUR', rate: '1.0', lines: lines.map((one, at) => ({ ...one, id: `k${at}` })) },
    })),
  );
  const wanted = cases.map(([lines, offer, text]) => {
    const rules = decodeCodeGuard(text);
    if (!rules) throw new Error('no guard');
    const { minor, freeUpToMinor, reduced } = priceCode(lines, offer, rules, (amount) => amount);
    return [minor, freeUpToMinor, reduced];
  });
  expect(answers).toEqual(wanted);
});

it('the plugin knows whose a bound code is', () => {
  const codes = Array.from({ length: 200 }, (_, at) => {
    const customerId = String(at * 7_919 + 1);
    return { customerId, code: drawCode(at % 2 ? 'VIP' : undefined, customerId, randomBytes) };
  });
  const questions = codes.flatMap(({ customerId, code }) => [
    { typed: code.toLowerCase(), customerId },
    { typed: code, customerId: `${customerId}1` },
    { typed: code, customerId: '' },
  ]);
  expect(ask(questions)).toEqual(
    questions.map(({ typed, customerId }) => isCodeOf(typed, customerId === '' ? null : customerId)),
  );
  expect(codes.every(({ code, customerId }) => isCodeOf(code, customerId))).toBe(true);
});
