export type PayloadValue =
  string | number | bigint | boolean | null | readonly PayloadValue[] | { readonly [key: string]: PayloadValue };

/** JSON that writes bigint as a number with all its digits, as Shopify writes ids. */
export function payloadJson(value: PayloadValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${(value as readonly PayloadValue[]).map(payloadJson).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}:${payloadJson(entry)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}
