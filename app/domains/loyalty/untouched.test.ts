import { describe, expect, it } from 'vitest';
import { defaultProgramme } from './default-programme.ts';
import { type DefaultLanguage, defaultWords } from './default-words.ts';
import { pointsName, rewardTitle, tierCodeTitle, tierName, type Titled } from './untouched.ts';

const languages = Object.keys(defaultWords) as DefaultLanguage[];
const stored = (minor: number) => `${(minor / 100).toFixed(2)} EUR`;
const money = (minor: number) => `€${String(minor / 100)}`;
const begun = (language: DefaultLanguage) =>
  defaultProgramme({
    currency: 'EUR',
    digits: 2,
    averageOrderMinor: 5_000,
    marginBps: 4_000,
    minMarginBps: 1_000,
    write: stored,
    words: defaultWords[language],
  });
const titled = (change: Partial<Titled>): Titled => ({
  kind: 'amount',
  title: '5.00 EUR off',
  minor: 500,
  basisPoints: null,
  ...change,
});

describe.each(languages)('a programme that was begun in %s', (from) => {
  it.each(languages)('is read in %s', (to) => {
    const { pointsName: name, pointName: nameOfOne, tiers, rewards } = begun(from);
    const words = defaultWords[to];
    expect(pointsName({ name, nameOfOne }, 5, to)).toBe(words.points);
    expect(pointsName({ name, nameOfOne }, -1, to)).toBe(to === 'ja' ? 'ポイント' : words.point);
    expect(tiers.levels.map((level) => tierName(level, to))).toEqual(words.tiers);
    const titles = rewards.map((reward) =>
      rewardTitle({ minor: null, basisPoints: null, ...reward }, to, { money, stored }),
    );
    expect(titles).toEqual(['€2.5', '€5', '€10'].map(words.off));
  });
});

describe('what the merchant wrote', () => {
  it.each([
    ['stars', 'star'],
    ['Points', 'Point'],
    ['points', 'star'],
  ])('stays: %s and %s', (name, nameOfOne) => {
    expect(pointsName({ name, nameOfOne }, 5, 'de')).toBe(name);
    expect(pointsName({ name, nameOfOne }, 1, 'de')).toBe(nameOfOne);
  });

  it.each([
    ['a tier with another name', { id: 'silver', name: 'Friend' }],
    ['a tier of their own with a usual name', { id: 'tier-1', name: 'Silver' }],
    ['the name of another place', { id: 'silver', name: 'Gold' }],
  ])('stays: %s', (_what, level) => {
    expect(tierName(level, 'fr')).toBe(level.name);
  });

  it.each([
    ['words of their own', { title: 'Five off, with love' }],
    ['another amount', { title: '4.00 EUR off' }],
    ['a title of another kind', { kind: 'gift-card', title: 'Free shipping' }],
    ['terms that are not known any more', { minor: null }],
    ['a form’s title without terms', { kind: 'percentage', title: 'Percentage off an order' }],
  ])('stays: %s', (_what, change) => {
    const one = titled(change);
    expect(rewardTitle(one, 'de', { money, stored })).toBe(one.title);
  });
});

it.each([
  ['percentage', 'Percentage off an order', { basisPoints: 1_250 }, '12,5 % Rabatt'],
  ['free-shipping', 'Free shipping', {}, 'Kostenloser Versand'],
  ['free-product', 'Free product', {}, 'Ein Artikel gratis'],
  ['gift-card', 'Gift card', { minor: 2_000 }, 'Geschenkkarte über €20'],
  ['store-credit', 'Store credit', { minor: 2_000 }, '€20 Guthaben im Shop'],
  ['amount', 'Amount off an order', { minor: 2_000 }, '€20 Rabatt'],
])('names a %s by its terms as long as its title is that of the form', (kind, title, terms, text) => {
  const one = { kind, title, minor: null, basisPoints: null, ...terms };
  expect(rewardTitle(one, 'de', { money, stored }).replaceAll('\u00a0', ' ')).toBe(text);
});

it('names the code of a tier', () => {
  expect(tierCodeTitle({ id: 'gold', name: 'Gold' }, 'fr')).toBe('Or : livraison gratuite');
  expect(tierCodeTitle({ id: 'vip', name: 'VIP' }, 'ja')).toBe('VIP：送料無料');
});
