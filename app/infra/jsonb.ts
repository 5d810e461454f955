/**
 * JSON text that PostgreSQL's `jsonb` accepts: without NUL characters and lone surrogates, which JSON allows
 * and PostgreSQL refuses. Bigints become their digits.
 */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value, bigints);
  return /\\u0000|\\ud[89a-f]/i.test(text) ? JSON.stringify(value, storable) : text;
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function storable(key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(loneSurrogates, '\ufffd') : bigints(key, value);
}
