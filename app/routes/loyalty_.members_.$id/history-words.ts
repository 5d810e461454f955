import type { HistoryRow } from '#app/domains/loyalty/index.ts';

const activities: Readonly<Record<string, string>> = {
  'sign-up': 'Signed up',
  birthday: 'Birthday',
  review: 'Review',
  social: 'Followed or shared',
  tier: 'Reached a tier',
};

/** What moved a member's points, in words; `reasons` are the merchant's own, by the id of the adjustment. */
export function historyWords(row: HistoryRow, reasons: ReadonlyMap<string, string>): string {
  const { operation, about, aboutId, kind } = row;
  if (operation === 'vest') return 'Points became available';
  if (operation === 'expire') return 'Points ended';
  if (operation === 'transfer') return 'Joined with another customer';
  const back = operation === 'take-back' ? ': taken back' : '';
  if (about === 'order') return `Order ${aboutId}${back}`;
  if (about === 'loyalty-activity') return `${activities[kind ?? ''] ?? 'Activity'}${back}`;
  if (about === 'loyalty-redemption') return operation === 'give-back' ? 'Reward given back' : 'Reward';
  if (about === 'adjustment') return `By hand: ${reasons.get(aboutId) ?? ''}`;
  if (about === 'referral') return `A friend’s order ${aboutId}${back}`;
  if (about === 'loyalty-import') return 'Brought from another app';
  return 'Other';
}
