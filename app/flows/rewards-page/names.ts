import type { CodeTerms } from '#app/domains/codes/index.ts';
import {
  type LoyaltyView,
  pointsName,
  rewardTitle,
  tierCodeKind,
  tierCodeTitle,
  tierOfPurpose,
  type Titled,
} from '#app/domains/loyalty/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import { moneyIn, writeMoney } from '#app/shared/money-format.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { codeTitles } from '../referrals/code-titles.ts';
import { rewardCodes as thanksCodes } from '../referrals/post-reward.ts';
import { rewardsWords } from './words.ts';

type Money = Pick<Shop, 'currency' | 'moneyFormat'>;

/** An amount as a draft of a programme has it in the titles of its rewards. */
export const storedAmount =
  ({ currency, moneyFormat }: Money) =>
  (minor: number): string =>
    moneyFormat ? writeMoney(minor, currency, moneyFormat) : `${formatDecimal(minor, currency)} ${currency}`;

/** So many points, by the name that the merchant gave them or else that of the language; `view` null = no programme. */
export function sayPoints(view: LoyaltyView | null, count: number, language: PageLanguage): string {
  const name = view ? pointsName(view, count, language) : rewardsWords[language].points;
  return `${new Intl.NumberFormat(language).format(count)} ${name}`;
}

/**
 * What a reward is called in the reader's language.
 * @param money how the place where it stands writes minor units
 */
export function sayReward(
  one: Titled & { readonly level?: { readonly id: string; readonly name: string } | null },
  shop: Money,
  language: PageLanguage,
  money: (minor: number) => string,
): string {
  if (one.level) return tierCodeTitle(one.level, language);
  return rewardTitle(one, language, { money, stored: storedAmount(shop) });
}

/** A code as it was issued. */
interface IssuedCode {
  readonly sourceKind: string;
  readonly purpose: string;
  readonly title: string;
  readonly terms: CodeTerms;
}

/** What a code of a customer's own is called in the reader's language. */
export function sayCode(
  { sourceKind, purpose, title, terms }: IssuedCode,
  levels: readonly { readonly id: string; readonly name: string }[],
  shop: Money,
  language: PageLanguage,
): string {
  if (sourceKind === thanksCodes) return codeTitles[language].thanks;
  if (sourceKind === tierCodeKind) {
    const level = levels.find(({ id }) => id === tierOfPurpose(purpose));
    return level ? tierCodeTitle(level, language) : title;
  }
  const one = {
    kind: terms.type,
    title,
    minor: terms.type === 'amount' ? terms.minor : null,
    basisPoints: terms.type === 'percentage' ? terms.basisPoints : null,
  };
  return sayReward(one, shop, language, (minor) => moneyIn(minor, shop.currency, language));
}
