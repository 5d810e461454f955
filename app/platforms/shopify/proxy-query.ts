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

/**
 * The decoded pairs in order, or null where that is not so simple: a key with an escape in it (decoded, it might
 * contain an equals sign), a repeated key, bytes that are no text.
 */
function readPairs(query: string): string[] | null {
  const pairs = query.split('&');
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index] ?? '';
    const escape = pair.indexOf('%');
    const equals = pair.indexOf('=');
    if (equals < 1 || pair.includes('+')) return null;
    if (escape < 0) continue;
    if (escape < equals) return null;
    const decoded = decodePart(pair);
    if (decoded === null) return null;
    pairs[index] = decoded;
  }
  pairs.sort();
  for (let index = 1; index < pairs.length; index += 1) {
    const pair = pairs[index] ?? '';
    // Pairs of one key stand beside each other.
    if (pairs[index - 1]?.startsWith(pair.slice(0, pair.indexOf('=') + 1))) return null;
  }
  return pairs;
}

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
    if (pair.length > key.length && pair[key.length] === '=' && pair.startsWith(key)) return pair.slice(key.length + 1);
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

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
