import { expect, it } from 'vitest';
import type { ProductCard } from '../cards/model.ts';
import { applyToList, isIdle, type Merchandising } from './apply-to-list.ts';
import { defaultMerchandising, merchandisingSettingsSchema } from './model.ts';

const card = (id: string, productType: string): ProductCard => ({
  id,
  handle: id,
  title: id,
  imageUrl: null,
  productType,
  vendor: '',
  tags: [],
  collectionIds: [],
  priceMinor: 1000,
  stock: null,
  marginBps: null,
  sellable: true,
  variant: null,
});
const cards = new Map([card('a', 'tea'), card('b', 'tea'), card('c', 'cup')].map((one) => [one.id, one]));
const list = ['a', 'b', 'c'].map((productId, place) => ({
  productId,
  score: 1 - place / 100,
  source: 'together' as const,
  reason: { support: 5, lift: 2, because: null },
}));
const wishes = (surfaces: unknown): Merchandising => ({
  rules: [],
  settings: merchandisingSettingsSchema.parse({ ...defaultMerchandising, surfaces }),
  now: new Date(0),
  targeted: new Map(),
});
const shown = (merchandising: Merchandising, surface: 'cart' | 'similar'): string[] =>
  applyToList(merchandising, surface, list, [], cards, 3).map((one) => one.productId);

it('a surface may be as varied as the merchant wants it, others as they were', () => {
  const varied = wishes({ cart: { diversityPercent: 100 } });
  expect(shown(varied, 'cart')).toEqual(['a', 'c', 'b']);
  expect(shown(varied, 'similar')).toEqual(['a', 'b', 'c']);
  expect(isIdle(varied)).toBe(false);
  expect(isIdle(wishes({ cart: { diversityPercent: 0 } }))).toBe(true);
  expect(isIdle(wishes(undefined))).toBe(true);
});

it('where clicks are aimed for, what is clicked on more comes earlier; elsewhere and without counts the chance alone', () => {
  const clicks = new Map([
    ['c', Math.log(3)],
    ['a', Math.log(0.9)],
  ]);
  const clicked = { ...wishes(undefined), clicks };
  expect(isIdle(clicked)).toBe(false);
  const [first, ...others] = applyToList(clicked, 'cart', list, [], cards, 3);
  expect(first).toMatchObject({ productId: 'c', adjustments: [{ kind: 'valued', by: 'clicks' }] });
  expect(others.map((one) => [one.productId, one.adjustments])).toEqual([
    ['b', []],
    ['a', []],
  ]);
  const margin = { ...clicked, settings: { ...clicked.settings, objective: 'margin' as const, objectivePercent: 0 } };
  expect(shown(margin, 'cart')).toEqual(['a', 'b', 'c']);
  expect(isIdle({ ...clicked, clicks: new Map() })).toBe(true);
});

it('a suggestion names the offer of its rule only where the checkout reduces it, which holds so many of each side', () => {
  const rule = {
    ...{ id: 'r', title: 'Cup', action: 'suggest', status: 'on', surfaces: ['cart'], strengthPercent: 0, position: 0 },
    ...{ savingBps: 2000, bundleId: 'r', startsAt: null, endsAt: null, condition: { kind: 'all' } },
    target: { kind: 'types', names: ['tea'] },
  } as unknown as Merchandising['rules'][number];
  const named = (offers: Merchandising['offers'], beside: readonly string[]) =>
    applyToList(
      { ...wishes(undefined), rules: [rule], ...(offers && { offers }) },
      'cart',
      list,
      beside.map((id) => card(id, 'pot')),
      cards,
      3,
    ).flatMap(({ productId, adjustments }) =>
      adjustments.flatMap((one) => (one.kind === 'suggested' ? [[productId, one.bundleId]] : [])),
    );
  const sides = (buy: string[] | null, get: string[] | null) =>
    new Map([['r', { buy: buy && new Set(buy), get: get && new Set(get) }]]);
  expect(named(undefined, ['x'])).toEqual([['a', 'r'], ['b', 'r']]); // prettier-ignore
  expect(named(sides(null, ['a']), ['x'])).toEqual([['a', 'r'], ['b', null]]); // prettier-ignore
  expect(named(sides(['x'], ['a', 'b']), ['y', 'x'])).toEqual([['a', 'r'], ['b', 'r']]); // prettier-ignore
  expect(named(sides(['z'], null), ['x'])).toEqual([['a', null], ['b', null]]); // prettier-ignore
});
