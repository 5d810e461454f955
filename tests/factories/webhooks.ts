import { randomUUID } from 'node:crypto';
import { signWebhook } from '#app/platforms/shopify/hmac.ts';
import { testApiSecret } from '#tests/setup/services.ts';

export interface WebhookFacts {
  readonly domain: string;
  readonly topic?: string;
  readonly id?: string;
  readonly path?: string;
  readonly secret?: string;
  /** in place of the usual ones; null leaves one out */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A signed webhook as Shopify posts it. */
export function webhookRequest(appUrl: string, body: string | Buffer, facts: WebhookFacts): Request {
  const bytes = Buffer.from(body);
  const headers: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-shopify-topic': facts.topic ?? 'orders/updated',
    'x-shopify-shop-domain': facts.domain,
    'x-shopify-webhook-id': facts.id ?? randomUUID(),
    'x-shopify-api-version': '2026-10',
    'x-shopify-triggered-at': new Date().toISOString(),
    'x-shopify-hmac-sha256': signWebhook(bytes, facts.secret ?? testApiSecret),
    ...facts.headers,
  };
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] satisfies [string, string]],
  );
  return new Request(new URL(facts.path ?? '/webhooks', appUrl), {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: sent,
  });
}
