import { createHmac } from 'node:crypto';

/**
 * The signature that Shopify puts on an app-proxy request, hex. Values of one key are joined with commas, the
 * `key=value` strings sorted and joined with nothing. Source: shopify.dev, "Authenticate app proxies".
 */
export function proxySignature(query: URLSearchParams, secret: string): string {
  const values = new Map<string, string[]>();
  for (const [key, value] of query) {
    if (key !== 'signature') values.set(key, [...(values.get(key) ?? []), value]);
  }
  const message = [...values]
    .map(([key, all]) => `${key}=${all.join(',')}`)
    .sort()
    .join('');
  return createHmac('sha256', secret).update(message).digest('hex');
}
