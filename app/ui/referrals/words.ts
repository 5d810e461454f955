import type { Decision, FriendOffer, Reward, State } from '#app/domains/referrals/index.ts';
import { formatBps, formatCount, formatMoney } from '../format.ts';

/** A reward as a part of a sentence. */
export function rewardWords(reward: Reward, currency: string): string {
  if (reward.type === 'points') return `${formatCount(reward.points)} points`;
  if (reward.type === 'store-credit') return `${formatMoney(reward.minor, currency)} store credit`;
  return reward.type === 'credit'
    ? `a code for ${formatMoney(reward.minor, currency)} off`
    : `a code for ${formatBps(reward.basisPoints)} off`;
}

/** What a friend gets, as a part of a sentence. */
export function offerWords(offer: FriendOffer, currency: string): string {
  if (offer.type === 'percentage') return `${formatBps(offer.basisPoints)} off`;
  if (offer.type === 'amount') return `${formatMoney(offer.minor, currency)} off`;
  return offer.type === 'free-shipping' ? 'free shipping' : 'nothing';
}

type Tone = 'success' | 'info' | 'attention' | 'warning' | 'critical';

export const stateWords: Readonly<Record<State, { readonly name: string; readonly tone?: Tone }>> = {
  new: { name: 'Just came in', tone: 'info' },
  pending: { name: 'Pending', tone: 'info' },
  rewarded: { name: 'Rewarded', tone: 'success' },
  held: { name: 'Waits for you', tone: 'attention' },
  denied: { name: 'Denied', tone: 'critical' },
  ineligible: { name: 'Does not count' },
  cancelled: { name: 'Order undone' },
};

export const decisionWords: Readonly<Record<Decision, string>> = {
  pay: 'Pay',
  credit: 'Pay in credit',
  hold: 'Put aside',
  deny: 'Deny',
};

/** How the friend came, within a sentence. */
export const howWords: Readonly<Record<string, string>> = {
  code: 'by the code at the checkout',
  link: 'by the link',
  visitor: 'by the link, earlier',
};

/** Why orders were held or denied, as the name of a row. */
export const reasonNames: Readonly<Record<string, string>> = {
  self: 'Advocate and friend are one person',
  'existing-customer': 'The friend had ordered before',
  'below-minimum': 'Order below the minimum',
  currency: 'Order in a currency without a rate',
  stopped: 'Advocate was stopped',
  'no-advocate': 'Advocate is gone',
  unknown: 'Nothing is known of the advocate',
  household: 'They live together',
  close: 'They share a phone, a browser or a payment',
  velocity: 'Unusually many friends',
  published: 'Code seems to be published',
  refunds: 'Friends give everything back',
};
