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
  if (!Array.isArray(value))
    return phpArray(
      Object.entries(value).flatMap(([key, entry]) =>
        entry === undefined ? [] : [[key, phpLiteral(entry, inner)] as const],
      ),
      indent,
    );
  return lines(
    (value as readonly PhpValue[]).map((entry) => phpLiteral(entry, inner)),
    indent,
  );
}

/** An array of keys and the code of their values, as WordPress writes it: one a line, the arrows below one another. */
export function phpArray(entries: readonly (readonly [key: string, code: string])[], indent: string): string {
  const width = Math.max(...entries.map(([key]) => phpString(key).length));
  return lines(
    entries.map(([key, code]) => `${phpString(key).padEnd(width)} => ${code}`),
    indent,
  );
}

function lines(entries: readonly string[], indent: string): string {
  if (entries.length === 0) return 'array()';
  return `array(\n${entries.map((entry) => `${indent}\t${entry},\n`).join('')}${indent})`;
}
