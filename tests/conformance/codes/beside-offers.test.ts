import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classOf, type CodeTerms, encodeCodeConfig } from '#app/domains/codes/index.ts';
import {
  encodeDiscountConfigs,
  floorOf,
  formBundles,
  matrixOf,
  type StackMatrix,
} from '#app/domains/incentives/index.ts';
import { allKinds, lines, offersOf, rules } from '#tests/conformance/carts/arbitraries.ts';
import { runPhp } from '#tests/setup/php.ts';

type Line = ReturnType<typeof lines> extends fc.Arbitrary<infer L> ? L : never;
type Answer = {
  readonly off: Readonly<Record<string, Readonly<Record<string, number | boolean>>>>;
  readonly log: readonly string[];
};

const ids = ['1', '2', '3'];
const off = {
  minSubtotalMinor: fc.constant(null),
  productIds: fc.option(fc.subarray(ids, { minLength: 1 }), { nil: null }),
};
const terms: fc.Arbitrary<CodeTerms> = fc.oneof(
  fc.record({ type: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 900 }), ...off }),
  fc.record({ type: fc.constant('percentage' as const), basisPoints: fc.integer({ min: 1, max: 2_000 }), ...off }),
  fc.record({
    type: fc.constant('free-product' as const),
    productId: fc.constantFrom(...ids),
    variantId: fc.constant(null),
    ...off,
  }),
);

/** Without what takes no part, and as the store knows products: a number for each. */
const cart = lines(4, 3).map((all) =>
  all
    .filter(({ giftCard, sellingPlan }) => !giftCard && !sellingPlan)
    .map((line, at) => ({ ...line, id: `k${at}`, variantId: `${line.productId}${line.variantId === 'v1' ? 1 : 2}` })),
);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const roomOf = ({ unitPriceMinor, unitCostMinor }: Line[number], ruleSet: Parameters<typeof floorOf>[2]): number =>
  Math.max(0, unitPriceMinor - floorOf(unitPriceMinor, unitCostMinor, ruleSet));

const mayStand = (matrix: StackMatrix, code: CodeTerms, ofGoal: boolean): boolean =>
  matrix[ofGoal ? 'order' : 'product'][classOf(code)];

it('in a store with the plugin a code of ours and its offers follow the matrix, and keep the margin together', () => {
  const cases = fc.sample(fc.record({ all: cart, offers: offersOf(allKinds), ruled: rules, code: terms }), 600);
  const stores = cases.map(({ all, offers, ruled, code }, at) => {
    const plain = offers.map((offer) => ({
      ...offer,
      items: offer.items.map((item) => ({ ...item, variantId: null })),
    }));
    // Half of the merchants let everything stand together.
    const combinesWith = at % 2 === 0 ? matrixOf(() => true) : ruled.combinesWith;
    const ruleSet = { ...ruled, combinesWith, codeReserve: 'exact' as const, sellingPlans: 'exclude' as const };
    const costs = ids.map((productId) => ({
      productId,
      variants: [1, 2].map((variant) => ({ id: `${productId}${variant}`, costMinor: null as number | null })),
    }));
    for (const { productId, variantId, unitCostMinor } of all) {
      const variants = costs.find((one) => one.productId === productId)?.variants ?? [];
      for (const variant of variants) if (variant.id === variantId) variant.costMinor = unitCostMinor;
    }
    // Lines of one variant cost the same.
    const priced = all.map((line) => ({
      ...line,
      unitCostMinor:
        costs.flatMap(({ variants }) => variants).find(({ id }) => id === line.variantId)?.costMinor ?? null,
    }));
    const configs = encodeDiscountConfigs(plain, costs, ruleSet, 'USD');
    if (!configs.ok) throw new Error(configs.message);
    const guard = ids.map((id) => {
      const own = priced.filter(({ productId, unitPriceMinor }) => productId === id && unitPriceMinor > 0);
      const shares = own.map((line) => Math.floor((roomOf(line, ruleSet) * 10_000) / line.unitPriceMinor));
      return `${id}:${Math.min(10_000, ...shares)}`;
    });
    return {
      priced,
      plain,
      ruleSet,
      code,
      told: {
        currency: 'USD',
        decimals: 2,
        rate: 1,
        published: { configs: configs.value, startsAt: '2026-01-01T00:00:00Z' },
        guard: `1;0;${guard.join(',')}`,
        coupons: { reward: encodeCodeConfig({ terms: code, bound: false, currency: 'USD' }) },
        lines: priced.map((line) => ({
          key: line.id,
          product_id: Number(line.productId),
          variation_id: Number(line.variantId),
          quantity: line.quantity,
          price: String(line.unitPriceMinor / 100),
          type: 'simple',
        })),
      },
    };
  });
  const input = stores.map(({ told }) => `${JSON.stringify(told)}\n`).join('');
  const answers = runPhp(['-n', join(import.meta.dirname, '../carts/php-store.php')], input)
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Answer);
  let together = 0;
  stores.forEach(({ priced, plain, ruleSet, code }, at) => {
    const answer = answers[at];
    if (!answer) throw new Error('no answer');
    const label = JSON.stringify({ priced, plain, code, ruleSet });
    expect(answer.log, label).toEqual([]);
    const taken = (isCode: boolean): number =>
      sum(
        Object.entries(answer.off)
          .filter(([coupon]) => (coupon === 'reward') === isCode)
          .flatMap(([, byLine]) => Object.values(byLine).filter((minor) => typeof minor === 'number')),
      );
    const [ours, offered] = [taken(true), taken(false)];
    const cartOf = { currency: 'USD', shopCurrency: 'USD', rate: '1.0', shippingMinor: 0, lines: priced };
    const room = sum(priced.map((line) => roomOf(line, ruleSet) * line.quantity));
    // Offers alone keep their own floors; a code of ours adds nothing that the order cannot bear.
    if (ours > 0) expect(ours + offered, label).toBeLessThanOrEqual(room);
    if (ours === 0 || offered === 0) return;
    together += 1;
    const { goals } = formBundles(cartOf, plain, ruleSet);
    const classes = [
      ...Object.keys(answer.off)
        .filter((coupon) => coupon !== 'reward')
        .map((coupon) => coupon === `trellis:${goals.order?.offerId ?? ''}`),
    ];
    expect(
      classes.some((ofGoal) => mayStand(ruleSet.combinesWith, code, ofGoal)),
      label,
    ).toBe(true);
  });
  expect(together).toBeGreaterThan(20);
});
