const million = 1_000_000;

/** Rates as the merchant types them: a currency and a number on each line. */
export function writeRates(rates: Readonly<Record<string, number>>): string {
  return Object.entries(rates)
    .map(([code, millionths]) => `${code} ${String(millionths / million)}`)
    .join('\n');
}

/**
 * Millionths of the programme's currency, by currency; null where a line is none, names one twice or the programme's own.
 * @param own of the programme, ISO 4217
 */
export function readRates(text: string, own: string): Record<string, number> | null {
  const rates: Record<string, number> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const match = /^([A-Za-z]{3})\s*[=:]?\s*(\d{1,6}(?:[.,]\d{1,6})?)$/.exec(line.trim());
    const code = match?.[1]?.toUpperCase();
    const millionths = Math.round(Number(match?.[2]?.replace(',', '.')) * million);
    if (code === undefined || code === own || code in rates || !(millionths >= 1)) return null;
    rates[code] = millionths;
  }
  return rates;
}
