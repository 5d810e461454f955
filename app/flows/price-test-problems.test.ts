import { expect, it } from 'vitest';
import type { AnyBundleFormInput, WholeBundle } from '#app/domains/bundles/index.ts';
import { bundleFormSchema } from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules, type Offer, type UnitValue } from '#app/domains/incentives/index.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { priceProblems } from './price-test-problems.ts';

const percent = (basisPoints: number) => ({ type: 'percentage', basisPoints }) as const;
const amount = (minor: number) => ({ type: 'amount', minor }) as const;
const price = (minor: number) => ({ type: 'price', minor }) as const;

/** Two products at 100.00; with a cost of 60.00 a floor of 20 % leaves 25.00 of each to give. */
const productsAt = (costMinor: number): WholeBundle['products'] =>
  ['1', '2'].map((id) => ({
    id,
    title: id,
    handle: id,
    imageUrl: null,
    giftCard: false,
    sellable: true,
    variants: [{ id, title: id, priceMinor: 10_000, costMinor, stock: null, sellWhenOutOfStock: false }],
  }));
const rules = { ...defaultIncentiveRules, minMarginBps: 2000 };
const head = { title: 'Bundle', startsAt: null, endsAt: null, status: 'active' } as const;
const items = (...roles: ('part' | 'buy' | 'get')[]) =>
  roles.map((role, at) => ({ productId: String(at + 1), variantId: null, quantity: 1, role }));

function whole(input: AnyBundleFormInput, costMinor = 6_000): WholeBundle {
  const form = bundleFormSchema.parse(input);
  const at = new Date(0);
  const bundle = {
    ...form,
    id: '22222222-2222-4222-8222-222222222222' as BundleId,
    revision: 1,
    createdAt: at,
    updatedAt: at,
  };
  const offer = { ...bundle, startsAt: null, endsAt: null } as Offer;
  return { bundle, offer, products: productsAt(costMinor) };
}

const set: AnyBundleFormInput = {
  ...head,
  kind: 'fixed',
  pickCount: 0,
  discount: percent(1000),
  items: items('part', 'part'),
};
const breaks: AnyBundleFormInput = {
  ...head,
  kind: 'quantity-breaks',
  items: items('part', 'part'),
  terms: {
    per: 'mixed',
    tiers: [
      { units: 2, value: percent(500) },
      { units: 3, value: percent(1000) },
    ],
  },
};
const box: AnyBundleFormInput = {
  ...head,
  kind: 'build-a-box',
  items: items('part', 'part'),
  terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: percent(500) }] },
};
const deal: AnyBundleFormInput = {
  ...head,
  kind: 'buy-x-get-y',
  items: items('buy', 'get'),
  terms: { buyUnits: 1, getUnits: 1, value: percent(1000), timesPerOrder: 1 },
};
it.each<[string, AnyBundleFormInput, readonly UnitValue[], Record<string, string>]>([
  ['well above the margin', set, [percent(1500)], {}],
  ['at the margin to the cent', set, [percent(2500)], {}],
  ['one hundredth of a percent below it', set, [percent(2501)], { '.0': 'At most 25 % keeps the margin that you set' }],
  ['an amount at the margin', set, [amount(5_000)], {}],
  ['a cent more', set, [amount(5_001)], { '.0': 'At most 50.00 USD keeps the margin that you set' }],
  ['what stands today', set, [percent(1000)], { '': 'This is what the bundle gives today' }],
  ['a price of a set', set, [price(100)], { '': 'The bundle has other steps now. Choose it again' }],
  ['a step too many', set, [percent(1), percent(2)], { '': 'The bundle has other steps now. Choose it again' }],
  ['steps at the margin', breaks, [percent(1000), percent(2500)], {}],
  ['prices at the margin', breaks, [price(8_000), price(7_500)], {}],
  ['a step below it', breaks, [percent(1000), percent(2600)], { '.1': 'At most 25 % keeps the margin that you set' }],
  [
    'a price below it',
    breaks,
    [price(9_000), price(7_499)],
    { '.1': 'At least 75.00 USD keeps the margin that you set' },
  ],
  ['a step that saves less', breaks, [percent(1000), percent(900)], { '.1': 'A higher tier must save more' }],
  ['steps of two types', breaks, [percent(500), price(9_000)], { '.1': 'Use one kind of discount in all tiers' }],
  ['a box', box, [percent(2000)], {}],
  ['a box below the margin', box, [amount(5_001)], { '.0': 'At most 50.00 USD keeps the margin that you set' }],
  ['a deal, for which both units pay', deal, [percent(5000)], {}],
  ['a deal below the margin', deal, [price(4_000)], { '.0': 'At least 50.00 USD keeps the margin that you set' }],
])('a version: %s', (_why, form, values, problems) => {
  const arms = [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { values: [...values] } },
  ];
  expect(priceProblems(whole(form), arms, rules, 'USD')).toEqual(
    Object.fromEntries(Object.entries(problems).map(([step, message]) => [`arms.1.change.values${step}`, message])),
  );
});

it('of parts without any margin is refused', () => {
  const arms = [{ key: 'b', share: 10_000, change: { values: [percent(100)] } }];
  expect(priceProblems(whole(set, 9_000), arms, rules, 'USD')).toEqual({
    'arms.0.change.values.0': 'No discount keeps the margin that you set',
  });
});
