import type { Liability } from '#app/domains/loyalty/index.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';

/** What the programme owes at a moment, line by line; money as decimals of the currency. */
export function liabilityRows(liability: Liability, at: Date, currency: string): string[][] {
  const money = (minor: number): string => formatDecimal(minor, currency);
  const { available, pending, rewards, worthOfPoint, breakage } = liability;
  const codes = rewards.reduce((sum, one) => sum + one.codes, 0);
  const worth = rewards.reduce((sum, one) => sum + one.worthMinor, 0);
  return [
    ['item', 'points', 'amount', 'currency', 'note'],
    ['as_of', '', '', '', at.toISOString()],
    ['outstanding_available', String(available), '', '', 'can be used; debts are not taken off'],
    ['outstanding_pending', String(pending), '', '', 'wait for the time in which goods come back'],
    [
      'debts',
      String(liability.debts),
      '',
      '',
      `of ${String(liability.debtors)} members who used points before they were taken back; not taken off any line`,
    ],
    [
      'liability_expected',
      String(available + pending),
      money(liability.expectedMinor),
      currency,
      `${(worthOfPoint / 10 ** minorUnitDigits(currency)).toFixed(6)} a point, less breakage of ${(breakage * 100).toFixed(2)} %`,
    ],
    [
      'liability_at_most',
      String(available + pending),
      money(liability.worstMinor),
      currency,
      'if every point is redeemed',
    ],
    ['rewards_not_used', '', money(worth), currency, `${String(codes)} codes, at most; beside the points`],
    ...rewards.map((one) => ['reward', '', money(one.worthMinor), currency, `${String(one.codes)} × ${one.title}`]),
    ['issued', String(liability.issued), '', '', 'by orders and activities since the beginning, less taken back'],
    ['adjusted', String(liability.adjusted), '', '', 'by hand and by imports, less taken by hand'],
    ['redeemed', String(liability.redeemed), '', '', 'since the beginning'],
    ['expired', String(liability.expired), '', '', 'since the beginning'],
    ['forfeited', String(liability.forfeited), '', '', 'of closed accounts'],
  ];
}
