import type { ToldCode } from '#app/domains/referrals/index.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';
import { es } from './words-es.ts';
import { fr } from './words-fr.ts';
import { ja } from './words-ja.ts';

/** All words that shoppers read on the page of their points. `points` is a number with the merchant's name for points. */
export interface RewardsWords {
  readonly title: string;
  /** what points are called where the merchant has not said it */
  readonly points: string;
  readonly closed: string;
  readonly guest: string;
  readonly guestPoints: (points: string) => string;
  readonly signUp: string;
  readonly logIn: string;
  readonly join: string;
  /** where every customer takes part */
  readonly byItself: string;
  readonly balance: string;
  readonly pending: (points: string, date: string) => string;
  readonly expiring: (points: string, date: string) => string;
  readonly debt: string;
  readonly tier: string;
  readonly toTier: (name: string) => string;
  readonly multiplier: (times: string) => string;
  readonly freeShipping: string;
  readonly from: (amount: string) => string;
  readonly rewards: string;
  readonly redeem: string;
  readonly missing: (points: string) => string;
  readonly minimum: (amount: string) => string;
  readonly codes: string;
  readonly apply: string;
  readonly giveBack: string;
  readonly until: (date: string) => string;
  readonly states: Readonly<Record<'wanted' | 'open' | 'given' | 'used' | 'expired' | 'withdrawn' | 'refused', string>>;
  readonly earn: string;
  /** kinds that have no terms of their own, see `earn-words.ts` */
  readonly ways: Readonly<
    Record<'order' | 'first-order' | 'sign-up' | 'birthday' | 'review' | 'first-subscription', string>
  >;
  readonly perAmount: (points: string, amount: string) => string;
  readonly done: string;
  readonly open: string;
  readonly collect: string;
  readonly birthday: string;
  readonly month: string;
  readonly day: string;
  readonly save: string;
  readonly history: string;
  readonly date: string;
  readonly what: string;
  readonly noHistory: string;
  readonly older: string;
  readonly about: Readonly<
    Record<'order' | 'activity' | 'redemption' | 'adjustment' | 'import' | 'expired' | 'referral' | 'other', string>
  >;
  readonly takenBack: string;
  readonly available: string;
  readonly friends: string;
  readonly friendsOff: (off: string) => string;
  readonly friendsShipping: string;
  readonly friendsReward: (reward: string) => string;
  readonly friendsMinimum: (amount: string) => string;
  readonly friendTiers: string;
  readonly friendTier: (from: string, reward: string) => string;
  readonly friendTierReached: string;
  readonly friendProgress: (have: string, of: string) => string;
  readonly link: string;
  readonly friendsCode: string;
  readonly friend: (number: string) => string;
  readonly friendStates: Readonly<Record<'waiting' | 'pending' | 'rewarded' | 'under-review' | 'not-counted', string>>;
  readonly friendDue: (date: string) => string;
  /** `amount` is '' where the code has none */
  readonly friendWhy: (amount: string) => Readonly<Record<ToldCode, string>>;
  readonly appeal: string;
  readonly appealSend: string;
  readonly notices: Readonly<
    Record<
      | 'redeemed'
      | 'cancelled'
      | 'joined'
      | 'claimed'
      | 'birthday'
      | 'appealed'
      | 'insufficient'
      | 'tooMany'
      | 'used'
      | 'again'
      | 'stale'
      | 'invalid',
      string
    >
  >;
}

export const rewardsWords: Readonly<Record<PageLanguage, RewardsWords>> = { en, de, fr, es, ja };
