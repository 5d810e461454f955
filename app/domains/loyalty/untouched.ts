import { type DefaultLanguage, defaultTierIds, type DefaultWords, defaultWords } from './default-words.ts';

/*
 * Names that a programme began with, or that the form of a new reward fills in, are in one language. Where the merchant
 * left them so, shoppers read them in their own. They are known by what they say: whoever wrote the same word by hand
 * means the same. What the merchant worded otherwise stays as it is written.
 */

const every: readonly DefaultWords[] = Object.values(defaultWords);

/** What so many points are called. */
export function pointsName(
  { name, nameOfOne }: { readonly name: string; readonly nameOfOne: string },
  count: number,
  language: DefaultLanguage,
): string {
  const untouched = every.some(({ points, point }) => name === points && (nameOfOne === point || nameOfOne === points));
  if (!untouched) return Math.abs(count) === 1 ? nameOfOne : name;
  const words = defaultWords[language];
  return new Intl.PluralRules(language).select(Math.abs(count)) === 'one' ? words.point : words.points;
}

/** What a tier is called. */
export function tierName(
  { id, name }: { readonly id: string; readonly name: string },
  language: DefaultLanguage,
): string {
  const place = (defaultTierIds as readonly string[]).indexOf(id);
  const untouched = every.some(({ tiers }) => tiers[place] === name);
  return untouched ? (defaultWords[language].tiers[place] ?? name) : name;
}

/** A reward, or what points became, with the terms that its name can be made of. */
export interface Titled {
  readonly kind: string;
  readonly title: string;
  /** of money off, gift cards and store credit, minor units; null = it has none, or it is not known any more */
  readonly minor: number | null;
  /** of a share off an order */
  readonly basisPoints: number | null;
}

/** What the form of a new reward puts into its title. */
const firstTitles: ReadonlyMap<string, string> = new Map([
  ['amount', 'Amount off an order'],
  ['percentage', 'Percentage off an order'],
  ['free-product', 'Free product'],
  ['free-shipping', 'Free shipping'],
  ['gift-card', 'Gift card'],
  ['store-credit', 'Store credit'],
]);

export interface AmountWriter {
  /** an amount as the reader's language writes it, minor units */
  readonly money: (minor: number) => string;
  /** as the store wrote it into the title of a reward */
  readonly stored: (minor: number) => string;
}

/** What a reward is called. */
export function rewardTitle(one: Titled, language: DefaultLanguage, { money, stored }: AmountWriter): string {
  const { kind, title, minor, basisPoints } = one;
  const begun = kind === 'amount' && minor !== null && every.some(({ off }) => title === off(stored(minor)));
  if (!begun && title !== firstTitles.get(kind)) return title;
  const words = defaultWords[language];
  if (kind === 'free-shipping') return words.freeShipping;
  if (kind === 'free-product') return words.freeProduct;
  if (kind === 'percentage') return basisPoints === null ? title : words.off(percent(basisPoints, language));
  if (minor === null) return title;
  if (kind === 'gift-card') return words.giftCard(money(minor));
  return kind === 'store-credit' ? words.storeCredit(money(minor)) : words.off(money(minor));
}

const percent = (basisPoints: number, language: DefaultLanguage): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);

/** What the code of a tier is called. */
export const tierCodeTitle = (
  tier: { readonly id: string; readonly name: string },
  language: DefaultLanguage,
): string => defaultWords[language].tierShipping(tierName(tier, language));
