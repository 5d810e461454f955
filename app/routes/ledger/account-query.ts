import { z } from 'zod';
import type { StatementSpan } from '#app/domains/ledger/index.ts';
import { endOfDay } from '#app/domains/loyalty/index.ts';

// What PostgreSQL cannot hold nobody is called.
const name = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** Which account is asked for, by the address of a page. */
export const accountQuery = z.object({
  kind: name.regex(/^[a-z-]{1,40}$/).refine((kind) => kind !== 'programme'),
  owner: name.min(1),
  unit: z.string().regex(/^(points|[A-Z]{3})$/),
});

const dayMs = 86_400_000;
/** A day of the calendar; null without one. */
export const dayQuery = z.iso.date().nullable().catch(null);

/** Days by the clocks on a shop's wall, as of a moment. */
export interface Calendar {
  readonly timeZone: string;
  readonly now: Date;
}

const dayBefore = (date: string): string => new Date(Date.parse(date) - dayMs).toISOString().slice(0, 10);
const after = (moment: Date): Date => new Date(moment.getTime() + 1);

/** The last moment of a day by the shop's calendar; null without a day, and where it is not over yet. */
export function endQuery(params: URLSearchParams, name: string, { timeZone, now }: Calendar): Date | null {
  const asked = dayQuery.parse(params.get(name));
  const end = asked === null ? null : endOfDay(asked, timeZone);
  return end && end < now ? end : null;
}

/** The days that a statement is asked for, both included, by the shop's calendar; without them the whole. */
export function spanQuery(params: URLSearchParams, calendar: Calendar): StatementSpan {
  const first = dayQuery.parse(params.get('from'));
  const from = first === null ? null : after(endOfDay(dayBefore(first), calendar.timeZone));
  const end = endQuery(params, 'until', calendar);
  return { from, until: end && after(end) };
}

export const searchQuery = name.catch('');
