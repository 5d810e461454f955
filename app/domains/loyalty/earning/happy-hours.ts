import { z } from 'zod';
import { localTime } from '../local-time.ts';
import { type EarnKind, multiplierBps, ruleBase } from './earn-kind.ts';

const minuteOfDay = z.number().int().min(0).max(1439);

/** More points at some hours of some days, by the clocks on the shop's wall: in the night of the change an hour counts twice or not at all. */
export const happyHoursRule = z.object({
  kind: z.literal('happy-hours'),
  ...ruleBase,
  bps: multiplierBps.min(10_001),
  /** 1 = Monday to 7 = Sunday: days on which it begins */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  /** first minute of the day */
  from: minuteOfDay,
  /** minute that is no longer in it; not after `from` = on the next day, the same = a whole day */
  to: minuteOfDay,
});

export const happyHours: EarnKind<z.infer<typeof happyHoursRule>> = {
  onLine(rule, _line, { placedAt, timeZone }) {
    const { weekday, minute } = localTime(placedAt, timeZone);
    const yesterday = weekday === 1 ? 7 : weekday - 1;
    const overnight = rule.to <= rule.from;
    const today = minute >= rule.from && (overnight || minute < rule.to) && rule.weekdays.includes(weekday);
    const sinceYesterday = overnight && minute < rule.to && rule.weekdays.includes(yesterday);
    return today || sinceYesterday ? rule.bps : null;
  },
};
