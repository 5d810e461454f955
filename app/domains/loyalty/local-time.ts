/** A moment as the clocks on the shop's wall show it. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  /** 1 = Monday to 7 = Sunday (ISO 8601) */
  readonly weekday: number;
  /** since midnight on the wall, 0 to 1439 */
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/** @param timeZone IANA */
export function localTime(at: Date, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, weekday: weekday === 0 ? 7 : weekday, minute: part('hour') * 60 + part('minute') };
}

/** YYYY-MM-DD on the shop's wall. */
export function localDay(at: Date, timeZone: string): string {
  const { year, month, day } = localTime(at, timeZone);
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const minuteMs = 60_000;

function aheadMs(at: Date, timeZone: string): number {
  const { year, month, day, minute } = localTime(at, timeZone);
  return Date.UTC(year, month - 1, day, 0, minute) - Math.floor(at.getTime() / minuteMs) * minuteMs;
}

/**
 * The first moment of a day in the shop's zone; days beyond the end of the month run over into the next one. Where the
 * clocks skip midnight it is the moment after the jump.
 */
export function startOfDay(year: number, month: number, day: number, timeZone: string): Date {
  const asUtc = Date.UTC(year, month - 1, day);
  // The offsets a day before and after bracket any change of the clocks.
  const offsets = [aheadMs(new Date(asUtc - 86_400_000), timeZone), aheadMs(new Date(asUtc + 86_400_000), timeZone)];
  const found = offsets.map((offset) => new Date(asUtc - offset)).filter((at) => localTime(at, timeZone).minute === 0);
  const earliest = found.toSorted((a, b) => a.getTime() - b.getTime())[0];
  return earliest ?? new Date(asUtc - Math.min(...offsets));
}

/** The last millisecond of a day, `YYYY-MM-DD`, in the shop's zone. */
export function endOfDay(date: string, timeZone: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(startOfDay(year, month, day + 1, timeZone).getTime() - 1);
}

/**
 * The moment at which the clocks on the shop's wall show a minute of a day, 0 to 1439. Of a minute that they show twice
 * one of the two, of one that they skip a moment beside it.
 */
export function wallTime(year: number, month: number, day: number, minute: number, timeZone: string): Date {
  const guess = startOfDay(year, month, day, timeZone).getTime() + minute * minuteMs;
  // Off by what the clocks were moved since midnight, less than half a day either way.
  const off = ((((localTime(new Date(guess), timeZone).minute - minute + 720) % 1440) + 1440) % 1440) - 720;
  return new Date(guess - off * minuteMs);
}

/** Days of a month; month 1 to 12. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * The end of the day that lies so many months later, in the shop's zone: 31 January and one month is the end of the
 * last day of February.
 */
export function endOfDayAfterMonths(at: Date, months: number, timeZone: string): Date {
  const { year, month, day } = localTime(at, timeZone);
  const index = month - 1 + months;
  const [targetYear, targetMonth] = [year + Math.floor(index / 12), (index % 12) + 1];
  return startOfDay(targetYear, targetMonth, Math.min(day, daysIn(targetYear, targetMonth)) + 1, timeZone);
}
