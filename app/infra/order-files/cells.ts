const isoLike =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const monthFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * Reads a date as order exports write it: ISO 8601, `2025-10-07 09:50:26 +0200`, or `10/7/2025 9:50` (month first,
 * as WooCommerce plugins write). Without a zone it is UTC.
 * @returns null when the text is no date or no such day exists
 */
export function readDate(text: string): Date | null {
  const iso = isoLike.exec(text);
  const found = iso ? [iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]] : reorder(monthFirst.exec(text));
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60 || year < 1970) return null;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return null;
  return new Date(midnight + ((hour * 60 + minute - zoneMinutes(iso?.[7])) * 60 + second) * 1000);
}

function reorder(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match && [match[3], match[1], match[2], match[4], match[5], match[6]];
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads a plain decimal number. @returns null for anything else, an empty cell included */
export function readNumber(text: string): number | null {
  if (!decimal.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * Codes and whole names of lines that are no goods. Only exact matches: a product may well have "postage"
 * or "manual" among the words of its name.
 */
const services: ReadonlySet<string> = new Set([
  'POST',
  'POSTAGE',
  'DOTCOM POSTAGE',
  'CARRIAGE',
  'SHIPPING',
  'DELIVERY',
  'HANDLING',
  'SHIPPING PROTECTION',
  'VERSAND',
  'PORTO',
  'BANK CHARGES',
  'AMAZONFEE',
  'AMAZON FEE',
  'ADJUST',
  'ADJUST2',
  'ADJUST BAD DEBT',
  'CRUK COMMISSION',
  'MANUAL',
  'DISCOUNT',
  'RABATT',
  'SAMPLES',
  'TIP',
  'GIFT CARD',
  'GIFT WRAP FEE',
]);

/** True for postage, fees, discounts and similar lines. Both arguments in upper case. */
export function isService(productId: string, productName: string): boolean {
  return services.has(productId) || (productName !== '' && services.has(productName));
}
