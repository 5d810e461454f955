import type { OrderOfferSettings } from '#app/domains/order-offers/index.ts';

/** The page's texts as typed. */
export interface OffersForm {
  readonly active: boolean;
  readonly discount: string;
  readonly time: string;
  readonly unit: 'hours' | 'days';
}

export type OffersField = 'discount' | 'time';

/** The same as the server's, which checks again. */
const mostPercent = 50;
const mostHours = 720;

/** Stored settings as texts; whole days are said in days. */
export function toOffersForm({ active, discountBps, hours }: OrderOfferSettings): OffersForm {
  const days = hours % 24 === 0;
  return {
    active,
    discount: String(discountBps / 100),
    time: String(days ? hours / 24 : hours),
    unit: days ? 'days' : 'hours',
  };
}

/** The typed discount in basis points, or null where it is none. */
export function discountOf({ discount }: OffersForm): number | null {
  const plain = discount.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(plain)) return null;
  const bps = Math.round(Number(plain) * 100);
  return bps <= mostPercent * 100 ? bps : null;
}

function hoursOf({ time, unit }: OffersForm): number | null {
  if (!/^\d{1,3}$/.test(time.trim())) return null;
  const hours = Number(time) * (unit === 'days' ? 24 : 1);
  return hours >= 1 && hours <= mostHours ? hours : null;
}

/** What is wrong with the typed texts, by field. */
export function checkOffers(form: OffersForm): Partial<Record<OffersField, string>> {
  const problems: Partial<Record<OffersField, string>> = {};
  if (discountOf(form) === null)
    problems.discount = `Enter a percentage from 0 to ${String(mostPercent)}, with at most 2 decimals`;
  if (hoursOf(form) === null)
    problems.time = `Enter a whole number from 1 to ${String(form.unit === 'days' ? mostHours / 24 : mostHours)}`;
  return problems;
}

/** The settings that the texts say; null while one is not readable. */
export function toOfferSettings(form: OffersForm): OrderOfferSettings | null {
  const discountBps = discountOf(form);
  const hours = hoursOf(form);
  return discountBps === null || hours === null ? null : { active: form.active, discountBps, hours };
}
