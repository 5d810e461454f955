import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { signatureBase, phpParams } from '#sandbox/woocommerce/rest/oauth.ts';
import { startWooSandbox, type WooSandbox, type WooSandboxOptions } from '#sandbox/woocommerce/server.ts';
import { listen } from '#tests/setup/listen.ts';

/** A small site, closed when the test is over. */
export async function wooForTest(options: Partial<WooSandboxOptions> = {}): Promise<WooSandbox> {
  const woo = await startWooSandbox({
    port: 0,
    dataFolder: null,
    size: { products: 40, customers: 60, orders: 150, days: 120 },
    trustForwardedProto: true,
    foreignOrders: 0,
    refundsWithoutLines: 0,
    ...options,
  });
  onTestFinished(() => woo.close());
  return woo;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Tree;
  readonly items: readonly Tree[];
}

/** A JSON tree that is read by property without a cast at every step. */
export interface Tree {
  readonly [key: string]: Tree;
}

export interface Keys {
  readonly consumer_key: string;
  readonly consumer_secret: string;
}

/** Asks as behind a proxy that ends TLS, with the keys as user and password. */
export async function ask(
  woo: WooSandbox,
  keys: Keys,
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${woo.url}/wp-json/wc/v3${path}`, {
    method: init.method ?? 'GET',
    headers: {
      authorization: `Basic ${Buffer.from(`${keys.consumer_key}:${keys.consumer_secret}`).toString('base64')}`,
      'x-forwarded-proto': 'https',
      'content-type': 'application/json',
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  return answerOf(response);
}

export async function answerOf(response: Response): Promise<Answer> {
  const body = (await response.json()) as Tree;
  return {
    status: response.status,
    headers: response.headers,
    body,
    items: Array.isArray(body) ? (body as Tree[]) : [],
  };
}

/** The address of a GET that is signed by OAuth 1.0a, as for a site without TLS. */
export function signedUrl(
  url: string,
  keys: Keys,
  change: { at?: number; nonce?: string; method?: string; hash?: 'HMAC-SHA1' | 'HMAC-SHA256' } = {},
): string {
  const address = new URL(url);
  const hash = change.hash ?? 'HMAC-SHA256';
  for (const [name, value] of Object.entries({
    oauth_consumer_key: keys.consumer_key,
    oauth_timestamp: Math.floor((change.at ?? Date.now()) / 1000).toString(),
    oauth_nonce: change.nonce ?? randomBytes(16).toString('hex'),
    oauth_signature_method: hash,
  }))
    address.searchParams.set(name, value);
  const base = signatureBase(
    change.method ?? 'GET',
    `${address.origin}${address.pathname}`,
    phpParams([...address.searchParams]),
  );
  const signature = createHmac(hash === 'HMAC-SHA1' ? 'sha1' : 'sha256', `${keys.consumer_secret}&`).update(base);
  address.searchParams.set('oauth_signature', signature.digest('base64'));
  return address.href;
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** An app that keeps what it is sent; `answer` says with which status. */
export async function receiver(
  answer: (count: number) => number = () => 200,
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const { url, close } = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      received.push({
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        path: request.url ?? '',
      });
      response.statusCode = answer(received.length);
      response.end();
    });
  });
  onTestFinished(close);
  return { url, received };
}
