/** What is written in many ways, as one; longer spellings before those that begin like them. */
const words: readonly (readonly [RegExp, string])[] = [
  [/(stra(ss|ß)e|str\.?)(?=[\s\d]|$)/g, 'str'],
  [/\b(street|st)\b/g, 'st'],
  [/\b(avenue|ave|av)\b/g, 'av'],
  [/\b(road|rd)\b/g, 'rd'],
  [/\b(drive|dr)\b/g, 'dr'],
  [/\b(lane|ln)\b/g, 'ln'],
  [/\b(boulevard|blvd|bd)\b/g, 'blvd'],
  [/\b(place|pl|platz)\b/g, 'pl'],
  [/\b(court|ct)\b/g, 'ct'],
  [/\b(rue de la|rue du|rue des|rue de|rue)\b/g, 'rue'],
  [/\b(north|n)\b/g, 'n'],
  [/\b(south|s)\b/g, 's'],
  [/\b(east|e)\b/g, 'e'],
  [/\b(west|w)\b/g, 'w'],
];

/** Behind these stands the flat, which people of one house do not share. */
const unit = /\b(apartment|appartement|apt|unit|flat|suite|ste|whg|wohnung|app)\b\.?/g;

/** Lower case, without accents and signs; German sharp s and umlauts as they are typed without them. */
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');

export interface Address {
  readonly line1: string;
  readonly line2: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

/**
 * One text for the many ways to write a place: street, number, flat and postcode. Towns are left out where there is a
 * postcode, because they are spelled in more ways. Null where no house is named: such an address is shared by a town.
 */
export function normaliseAddress({ line1, line2, postcode, city, country }: Address): string | null {
  let street = fold(`${line1} ${line2}`)
    .replace(/[.,;:/\\'’"()-]+/g, ' ')
    .replace(unit, ' # ')
    .replace(/#/g, ' # ');
  for (const [pattern, short] of words) street = street.replace(pattern, short);
  // "12 a" and "12a" are one house, "Lindenstr 12" and "12 Lindenstr" one as well: words are put in order.
  const parts = street
    .replace(/(\d)\s+([a-z])(?=\s|$)/g, '$1$2')
    .split(/\s+/)
    .filter((part) => part !== '' && part !== '#');
  const code = fold(postcode).replace(/[^a-z0-9]/g, '');
  const place = code === '' ? fold(city).replace(/[^\p{L}\p{N}]/gu, '') : code;
  if (place === '' || !parts.some((part) => /\d/.test(part)) || parts.length < 2) return null;
  return [country.toUpperCase(), place, ...parts.sort()].join(' ');
}

/** First and last name in whatever order; null where it is not two words, because too many share one. */
export function normaliseName(name: string): string | null {
  const parts = fold(name)
    .replace(/[^\p{L}\s-]/gu, ' ')
    .split(/[\s-]+/)
    .filter((part) => part.length > 1 && !titles.has(part));
  return parts.length < 2 ? null : parts.sort().join(' ');
}

const titles: ReadonlySet<string> = new Set(['mr', 'mrs', 'ms', 'dr', 'prof', 'herr', 'frau', 'mme', 'jr', 'sr']);
