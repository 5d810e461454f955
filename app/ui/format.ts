import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';

/**
 * How numbers are written in the admin. The locale is fixed to English, because the admin's texts are; the
 * currency and the time zone are the shop's. Server and browser therefore write the same.
 */
const locale = 'en-US';

/** 123456 USD → "$1,234.56". `minor` is whole minor units; where an average has a fraction, round first. */
export function formatMoney(
  minor: number,
  currency: string,
  options: { sign?: boolean; whole?: boolean } = {},
): string {
  const digits = minorUnitDigits(currency);
  const shown = options.whole ? 0 : digits;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
    ...(options.sign ? { signDisplay: 'exceptZero' as const } : {}),
    // The text of a decimal keeps every digit that a float could lose.
  }).format(formatDecimal(Math.round(minor), currency) as `${number}`);
}

/** Minor units in whole units of the currency; what would be rounded to nothing is not nothing: 30 (€0.30) → "under €1". */
export function formatAbout(minor: number, currency: string): string {
  const unit = 10 ** minorUnitDigits(currency);
  return minor > 0 && minor * 2 < unit
    ? `under ${formatMoney(unit, currency, { whole: true })}`
    : formatMoney(minor, currency, { whole: true });
}

/**
 * A tick of a money axis, short: "$250", from ten thousand on "$12.5K"; with decimals only where the `step` between
 * two ticks (minor units) has some. `sign` writes a plus before gains.
 */
export function formatMoneyTick(
  minor: number,
  step: number,
  currency: string,
  options: { sign?: boolean } = {},
): string {
  const unit = 10 ** minorUnitDigits(currency);
  if (Math.abs(minor) < 10_000 * unit) return formatMoney(minor, currency, { ...options, whole: step % unit === 0 });
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 2,
    ...(options.sign ? { signDisplay: 'exceptZero' as const } : {}),
  }).format(formatDecimal(Math.round(minor), currency) as `${number}`);
}

/** 1234567 → "1,234,567". */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** A number written with a point and as many decimals as it has, in groups: "-12345.50" → "-12,345.50". */
export function formatDigits(text: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
    text as `${number}`,
  );
}

/** Basis points as percent: 500 → "5%", 1250 → "12.5%". */
export function formatBps(bps: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** A share of one as percent: 0.0834 → "8.3%"; what would be rounded to nothing is not nothing: "under 0.1%". */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.0005) return 'under 0.1%';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** "Nov 21, 2026" in the shop's time zone. */
export function formatDay(at: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(at));
}

/** "Nov 21, 2026, 3:05 PM" in the shop's time zone. */
export function formatMoment(at: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(at));
}

/** The month "2026-11" as "Nov 2026". */
export function formatMonth(month: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "5 minutes ago", seen from `now`; "just now" under a minute. */
export function formatAge(at: Date | string, now: Date | string): string {
  const past = new Date(at).getTime() - new Date(now).getTime();
  const step = steps.find(([, size]) => Math.abs(past) >= size);
  if (!step) return 'just now';
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(past / step[1]), step[0]);
}

/** "1 product", "2 products". */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
