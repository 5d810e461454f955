import { listParam } from './request.ts';

/** `_fields`: only these top-level fields, or fields of fields by a dot. Everything when it is not given. */
export function pickFields(body: unknown, query: URLSearchParams): unknown {
  const fields = listParam(query, '_fields');
  if (fields.length === 0) return body;
  if (Array.isArray(body)) return body.map((item: unknown) => pickFields(item, query));
  if (typeof body !== 'object' || body === null) return body;
  const record = body as Record<string, unknown>;
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const [name = '', ...rest] = field.split('.');
    if (!(name in record)) continue;
    const value = record[name];
    if (rest.length === 0) picked[name] = value;
    else
      picked[name] = {
        ...(typeof picked[name] === 'object' && picked[name] !== null ? picked[name] : {}),
        ...(pickFields(value, new URLSearchParams({ _fields: rest.join('.') })) as object),
      };
  }
  return picked;
}
