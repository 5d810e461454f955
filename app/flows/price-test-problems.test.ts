import { expect, it } from 'vitest';
import { defaultIncentiveRules, type DiscountValue } from '#app/domains/incentives/index.ts';
import { priceProblems } from './price-test-problems.ts';

const percent = (basisPoints: number): DiscountValue => ({ type: 'percentage', basisPoints });
const amount = (minor: number): DiscountValue => ({ type: 'amount', minor });

/** Two parts at 100.00 with a cost of 60.00 each: a floor of 20 % leaves 25.00 of each to give. */
const products = ['1', '2'].map((id) => ({ id, variants: [{ id, priceMinor: 10_000, costMinor: 6_000 }] }));
const bundle = {
  kind: 'fixed' as const,
  pickCount: 0,
  discount: percent(1000),
  items: products.map(({ id }) => ({ productId: id, variantId: null, quantity: 1 })),
};
const rules = { ...defaultIncentiveRules, minMarginBps: 2000 };

it.each<[string, DiscountValue, string | undefined]>([
  ['well above the margin', percent(1500), undefined],
  ['at the margin to the cent', percent(2500), undefined],
  ['one hundredth of a percent below it', percent(2501), 'At most 25 % keeps the margin that you set'],
  ['an amount at the margin', amount(5_000), undefined],
  ['a cent more', amount(5_001), 'At most 50.00 USD keeps the margin that you set'],
  ['what stands today', percent(1000), 'This is what the bundle gives today'],
])('a version %s', (_why, discount, problem) => {
  const arms = [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { discount } },
  ];
  expect(priceProblems({ bundle, products }, arms, rules, 'USD')['arms.1.change.discount']).toBe(problem);
});

it('of parts without any margin is refused', () => {
  const dear = products.map(({ id }) => ({ id, variants: [{ id, priceMinor: 10_000, costMinor: 9_000 }] }));
  const arms = [{ key: 'b', share: 10_000, change: { discount: percent(100) } }];
  expect(priceProblems({ bundle, products: dear }, arms, rules, 'USD')).toEqual({
    'arms.0.change.discount': 'No discount keeps the margin that you set',
  });
});
