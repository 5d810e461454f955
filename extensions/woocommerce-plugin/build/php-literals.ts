export type PhpValue =
  string | number | boolean | null | readonly PhpValue[] | { readonly [key: string]: PhpValue | undefined };

/** A PHP string literal that means exactly `text`. */
export function phpString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** A PHP literal of plain data, one entry a line; objects become arrays with string keys, without what is undefined. */
export function phpLiteral(value: PhpValue, indent = ''): string {
  if (typeof value === 'string') return phpString(value);
  if (value === null || typeof value !== 'object') return String(value);
  const inner = `${indent}\t`;
  const entries = Array.isArray(value)
    ? (value as readonly PhpValue[]).map((entry) => phpLiteral(entry, inner))
    : Object.entries(value).flatMap(([key, entry]) =>
        entry === undefined ? [] : [`${phpString(key)} => ${phpLiteral(entry, inner)}`],
      );
  if (entries.length === 0) return 'array()';
  return `array(\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent})`;
}
