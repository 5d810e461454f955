/**
 * Parses JSON without losing integers above 2^53: such a number becomes the text of its digits. Shopify's ids
 * exceed 2^53 in many payloads. Throws SyntaxError on malformed text.
 */
export function parseLossless(text: string): unknown {
  // Looking at every value costs many times as much as parsing them; 2^53 has 16 digits. Behind a point they are none of
  // a whole number: PHP and JavaScript write a third of a price with as many.
  if (!/(?:^|[[,:\s-])\d{16}/.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, function keepDigits(_key: string, value: unknown, context?: { source?: string }) {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? source : value;
  });
}
