import { endOfDayAfterMonths, localTime, startOfDay, daysIn } from './local-time.ts';
import type { ProgrammeSettings } from './model.ts';

const day = 86_400_000;

/** When the time is over in which goods of an order come back. */
export const settledAt = (placedAt: Date, { pendingDays }: Pick<ProgrammeSettings, 'pendingDays'>): Date =>
  new Date(placedAt.getTime() + pendingDays * day);

/** When points that are earned at a moment can be used, and when they end. */
export interface LotTimes {
  readonly vestAt: Date;
  /** null = never */
  readonly expiresAt: Date | null;
}

/**
 * @param pending whether they wait for the time in which goods come back
 * @param timeZone IANA: points end with a day of the shop's zone
 */
export function lotTimes(
  earnedAt: Date,
  settings: Pick<ProgrammeSettings, 'pendingDays' | 'expiry'>,
  pending: boolean,
  timeZone: string,
): LotTimes {
  const { expiry } = settings;
  const vestAt = pending ? settledAt(earnedAt, settings) : earnedAt;
  if (expiry.type === 'never') return { vestAt, expiresAt: null };
  if (expiry.type === 'after') return { vestAt, expiresAt: endOfDayAfterMonths(vestAt, expiry.months, timeZone) };
  const least = expiry.graceMonths === 0 ? vestAt : endOfDayAfterMonths(vestAt, expiry.graceMonths, timeZone);
  for (let { year } = localTime(least, timeZone); ; year += 1) {
    const last = Math.min(expiry.day, daysIn(year, expiry.month));
    const end = startOfDay(year, expiry.month, last + 1, timeZone);
    if (end > least) return { vestAt, expiresAt: end };
  }
}
