import { createHmac, timingSafeEqual } from 'node:crypto';

/** The value of `X-WC-Webhook-Signature` for a body: base64 HMAC-SHA256 of the raw bytes. */
export function signWebhook(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64');
}

/** True when `header` signs exactly these raw bytes. Compares in constant time. */
export function verifyWebhook(body: Uint8Array, header: string | undefined, secret: string): boolean {
  if (!header) return false;
  const right = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(header, 'base64');
  return right.length === given.length && timingSafeEqual(right, given);
}
