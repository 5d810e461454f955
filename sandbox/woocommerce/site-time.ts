const hour = 3_600_000;
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that the zone's clocks are ahead of UTC at that moment. Zones change at quarter hours at the finest. */
export function zoneOffset(at: number, timeZone: string): number {
  const quarter = Math.floor(at / (hour / 4));
  let known = offsets.get(timeZone);
  if (known === undefined) {
    known = new Map<number, number>();
    offsets.set(timeZone, known);
  }
  let offset = known.get(quarter);
  if (offset === undefined) {
    let format = formats.get(timeZone);
    if (format === undefined) {
      format = new Intl.DateTimeFormat('en-CA', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      });
      formats.set(timeZone, format);
    }
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: string): number => parts[name] ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    offset = local - Math.floor(at / 1000) * 1000;
    known.set(quarter, offset);
  }
  return offset;
}

/** `2026-07-01T10:00:00Z` → `2026-07-01T12:00:00` in Berlin; null stays null. */
export function siteTime(iso: string | null, timeZone: string): string | null {
  if (iso === null) return null;
  const at = Date.parse(iso);
  return new Date(at + zoneOffset(at, timeZone)).toISOString().slice(0, 19);
}

/** `2026-07-01T10:00:00.000Z` → `2026-07-01T10:00:00`: the REST API's GMT fields have no `Z`. */
export const gmtTime = (iso: string | null): string | null => iso?.slice(0, 19) ?? null;

/** A time of the site's clocks as a moment, ms since 1970; near a change of the clocks the earlier reading counts. */
export function momentOfSiteTime(text: string, timeZone: string): number {
  const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
  const first = asUtc - zoneOffset(asUtc, timeZone);
  return asUtc - zoneOffset(first, timeZone);
}

/**
 * The moment that a filter such as `modified_after` compares with, ms since 1970; null when it is no time.
 * WordPress turns a time with an offset into the site's time first, and `dates_are_gmt` then compares that
 * with the GMT column: such a filter is wrong by the site's offset, here as there.
 */
export function filterMoment(text: string, areGmt: boolean, timeZone: string): number | null {
  const plain = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(text);
  const full = plain && text.length === 10 ? `${text}T00:00:00` : text;
  const at = plain ? momentOfSiteTime(full, areGmt ? 'UTC' : timeZone) : Date.parse(text);
  if (Number.isNaN(at)) return null;
  const moment = plain || !areGmt ? at : at + zoneOffset(at, timeZone);
  return Math.floor(moment / 1000) * 1000;
}

/** WordPress keeps whole seconds. */
export const seconds = (iso: string): string => `${iso.slice(0, 19)}.000Z`;
