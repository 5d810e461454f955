import type { PlatformBuyer } from '#app/platforms/platform.ts';

/** A country's code, or nothing where the store wrote something else. */
export const countryOf = (text: string | null | undefined): string | null =>
  text !== null && text !== undefined && /^[A-Z]{2}$/.test(text) ? text : null;

const longest = 40;

/**
 * A part of a country with the country before it (`US-CA`, `GB-Kent`), whether the store names it by its own code, by
 * that of ISO 3166-2, or by its name.
 */
export function regionOf(buyer: Pick<PlatformBuyer, 'country' | 'region'> | undefined): string | null {
  const country = countryOf(buyer?.country);
  const named = (buyer?.region ?? '').replaceAll(/\p{Cc}/gu, '').trim();
  if (country === null || named === '') return null;
  const whole = named.toUpperCase().startsWith(`${country}-`) ? named.toUpperCase() : `${country}-${named}`;
  return whole.toWellFormed().slice(0, longest).trimEnd();
}
