import type { WooSite } from '../model.ts';

/** 1250 → `"12.50"` with the digits that the store shows; `digits` is the request's `dp`. */
export function money(minor: number, site: WooSite, digits: number = site.decimals): string {
  return (minor / 10 ** site.decimals).toFixed(digits);
}

/** An amount that a client sent, as text or as a number, in smallest units; null when it is none. */
export function minorOf(value: unknown, site: WooSite): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const number = Number(value);
  return Number.isFinite(number) && value !== '' ? Math.round(number * 10 ** site.decimals) : null;
}
