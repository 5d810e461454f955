import type { WooStore } from '../store.ts';
import { invalidParams } from './answer.ts';

/** One call of the REST API, from outside or from the store itself (webhook bodies, batches). */
export interface RestRequest {
  readonly method: string;
  /** below the API's root, such as `/wc/v3/products/12` */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** of the key that it came with */
  readonly keyId?: number;
}

/** What the parts of the REST API work with. */
export interface RestContext {
  readonly store: WooStore;
  /** the site's address without a slash at the end */
  readonly siteUrl: () => string;
  /** waits until the webhook's ping was answered, as WooCommerce does before it answers */
  ping(webhookId: number): Promise<void>;
  /** address of a route of the API, in the form that the site's permalinks have */
  restUrl(path: string): string;
}

/** A list parameter in each of PHP's forms: `a=1,2`, `a[]=1&a[]=2`, `a[0]=1`. */
export function listParam(query: URLSearchParams, name: string): string[] {
  const values: string[] = [];
  for (const [key, value] of query)
    if (key === name) values.push(...value.split(','));
    else if (key === `${name}[]` || (key.startsWith(`${name}[`) && /^\[\d+\]$/.test(key.slice(name.length))))
      values.push(value);
  return values.map((value) => value.trim()).filter((value) => value !== '');
}

/** `wp_parse_id_list`: what is no number counts as 0 and finds nothing. */
export const idsParam = (query: URLSearchParams, name: string): number[] =>
  listParam(query, name).map((text) => Math.abs(Math.trunc(Number(text))) || 0);

/** @throws RestError `rest_invalid_param` outside [least, most] */
export function integerParam(
  query: URLSearchParams,
  name: string,
  fallback: number,
  least: number,
  most: number | null,
): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value)) throw invalidParams({ [name]: `${name} is not of type integer.` });
  if (most !== null && (value < least || value > most))
    throw invalidParams({
      [name]: `${name} must be between ${least.toString()} (inclusive) and ${most.toString()} (inclusive)`,
    });
  if (value < least) throw invalidParams({ [name]: `${name} must be greater than or equal to ${least.toString()}` });
  return value;
}

/** @throws RestError `rest_invalid_param` when it is none of `choices` */
export function choiceParam<T extends string>(
  query: URLSearchParams,
  name: string,
  fallback: T,
  choices: readonly T[],
): T {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw invalidParams({ [name]: `${name} is not one of ${choices.join(', ')}.` });
  return found;
}

export const flagParam = (query: URLSearchParams, name: string): boolean =>
  ['1', 'true', 'yes', 'on'].includes((query.get(name) ?? '').toLowerCase());
