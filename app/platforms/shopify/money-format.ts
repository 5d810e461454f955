import type { MoneyFormat } from '#app/shared/money-format.ts';

/** Separators and decimals by placeholder. Source: Shopify help, "Currency formatting". */
const placeholders: Readonly<Record<string, readonly [thousands: string, point: string, decimals: number]>> = {
  amount: [',', '.', 2],
  amount_no_decimals: [',', '', 0],
  amount_with_comma_separator: ['.', ',', 2],
  amount_no_decimals_with_comma_separator: ['.', '', 0],
  amount_with_apostrophe_separator: ["'", '.', 2],
  amount_no_decimals_with_space_separator: [' ', '', 0],
  amount_with_space_separator: [' ', ',', 2],
  amount_with_period_and_space_separator: [' ', '.', 2],
};

/** Characters that Shopify's own default formats write as entities. */
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&euro;': '€',
  '&pound;': '£',
  '&yen;': '¥',
  '&nbsp;': '\u00a0',
  '&#8377;': '₹',
};

const plain = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&#?\w{1,8};/g, (entity) => entities[entity] ?? '');

/** Reads a store's money format ("€{{amount_with_comma_separator}}", perhaps with markup); null where it names no amount. */
export function readMoneyFormat(format: string): MoneyFormat | null {
  const match = /^([^{]*)\{\{\s*(\w+)\s*\}\}([^{]*)$/.exec(format);
  const placeholder = placeholders[match?.[2] ?? ''];
  if (!match || !placeholder) return null;
  const [thousands, point, decimals] = placeholder;
  return { before: plain(match[1] ?? ''), after: plain(match[3] ?? ''), thousands, point, decimals };
}
