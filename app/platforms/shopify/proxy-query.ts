/** What Shopify signs of an app-proxy query, and the values in it. */
export interface ProxyQuery {
  /** `signature` dropped, values of one key joined with commas, keys sorted, `key=value` pairs put together */
  readonly signed: string;
  /** hex; '' where there is none */
  readonly signature: string;
  /** false where it is not well-formed, or repeats a key that must be single: joined it would stand for what nobody sent */
  readonly sound: boolean;
  /** every key once and written without escapes: then whoever else reads the URL reads the same */
  readonly plain: boolean;
  /** a decoded value; those of a repeated key joined with commas */
  readonly get: (key: string) => string | undefined;
}

const onceOnly: readonly string[] = ['signature', 'shop', 'timestamp', 'hmac'];

const signatureKey = 'signature=';

/**
 * Reads the query as it stands in the URL after the question mark.
 * Source: shopify.dev, "Authenticate app proxies".
 */
export function readProxyQuery(query: string): ProxyQuery {
  const pairs = readPairs(query);
  return pairs ? ofPairs(pairs) : readRepeated(query);
}

/** Above this a library's sort is quicker, and nobody can make us put thousands of pairs into order one by one. */
const MOST_PAIRS = 32;

/**
 * The decoded pairs in order, or null where that is not so simple: a key with an escape in it (decoded, it might
 * contain an equals sign), a repeated key, bytes that are no text, very many pairs.
 */
function readPairs(query: string): string[] | null {
  if (query.includes('+')) return null;
  const pairs: string[] = [];
  for (let from = 0; from <= query.length;) {
    const next = query.indexOf('&', from);
    const end = next < 0 ? query.length : next;
    const equals = query.indexOf('=', from);
    if (equals <= from || equals >= end || pairs.length === MOST_PAIRS) return null;
    const pair = readPair(query.slice(from, end), equals - from);
    if (pair === null || !insertInOrder(pairs, pair)) return null;
    from = end + 1;
  }
  return pairs;
}

function readPair(pair: string, equals: number): string | null {
  const escape = pair.indexOf('%');
  if (escape < 0) return pair;
  return escape < equals ? null : decodeEscapes(pair);
}

/** False where a pair of this key is there already: pairs of one key would stand beside each other. */
function insertInOrder(pairs: string[], pair: string): boolean {
  let at = pairs.length;
  for (; at > 0; at -= 1) {
    const before = pairs[at - 1] ?? '';
    const order = compareByKey(before, pair);
    if (order === 0) return false;
    if (order < 0) break;
    pairs[at] = before;
  }
  pairs[at] = pair;
  return true;
}

/**
 * Compares pairs whose keys differ as a sort of texts does, and is 0 where the keys are one. By hand, because a piece
 * of a text is compared in C++ otherwise, which costs more than the first one or two letters that decide.
 */
function compareByKey(a: string, b: string): number {
  for (let index = 0; ; index += 1) {
    const letter = a.charCodeAt(index);
    const difference = letter - b.charCodeAt(index);
    if (difference !== 0) return difference;
    if (letter === EQUALS) return 0;
  }
}

const EQUALS = 0x3d;

function ofPairs(pairs: readonly string[]): ProxyQuery {
  let signed = '';
  let signature = '';
  for (const pair of pairs) {
    if (pair.startsWith(signatureKey)) signature = pair.slice(signatureKey.length);
    else signed += pair;
  }
  return { signed, signature, sound: true, plain: true, get: (key) => valueOf(pairs, key) };
}

function valueOf(pairs: readonly string[], key: string): string | undefined {
  for (const pair of pairs)
    if (pair.charCodeAt(key.length) === EQUALS && pair.startsWith(key)) return pair.slice(key.length + 1);
  return undefined;
}

/** The same for every query, at several times the cost. */
function readRepeated(query: string): ProxyQuery {
  const values = new Map<string, string>();
  let sound = true;
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.includes('=') ? part.indexOf('=') : part.length;
    const key = decodePart(part.slice(0, equals));
    const value = decodePart(part.slice(equals + 1));
    if (key === null || value === null) {
      sound = false;
      continue;
    }
    const known = values.get(key);
    if (known !== undefined && onceOnly.includes(key)) sound = false;
    values.set(key, known === undefined ? value : `${known},${value}`);
  }
  const signed = [...values].flatMap(([key, value]) => (key === 'signature' ? [] : [`${key}=${value}`]));
  return {
    signed: signed.sort().join(''),
    signature: values.get('signature') ?? '',
    sound,
    plain: false,
    get: (key) => values.get(key),
  };
}

const decodePart = (part: string): string | null => decodeEscapes(part.replaceAll('+', ' '));

function decodeEscapes(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
