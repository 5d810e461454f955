/** Minutes by which `timeZone` is ahead of UTC at that instant. */
function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.round((local - at.getTime()) / 60_000);
}

/** An instant as the text of a `datetime-local` field in the shop's time zone: "2026-11-21T09:30". */
export function toLocalInput(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMinutes(at, timeZone) * 60_000).toISOString().slice(0, 16);
}

/**
 * Reads a `datetime-local` text as a moment in the shop's time zone, or null where it is not one. A time that
 * the clocks skip in spring counts from before the jump (as ECMAScript's Temporal does by "compatible"); one
 * that occurs twice in autumn is its first occurrence.
 */
export function fromLocalInput(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const asUtc = new Date(`${text}:00.000Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 16) !== text) return null;
  // The offset a day before and a day after bracket any change of the clocks near this moment.
  const before = offsetMinutes(new Date(asUtc.getTime() - 86_400_000), timeZone);
  const after = offsetMinutes(new Date(asUtc.getTime() + 86_400_000), timeZone);
  for (const offset of [before, after]) {
    const candidate = new Date(asUtc.getTime() - offset * 60_000);
    if (toLocalInput(candidate, timeZone) === text) return candidate;
  }
  return new Date(asUtc.getTime() - before * 60_000);
}

/** "America/New_York" as it is read: "America/New York". */
export const zoneName = (timeZone: string): string => timeZone.replaceAll('_', ' ');

/** By which clock the times of a form are meant. */
export const zoneWords = (timeZone: string): string => `Times are in ${zoneName(timeZone)}.`;

/** A minute of the day as the text of a `time` field: "09:30". */
export const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
