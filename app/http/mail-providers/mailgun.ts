import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type MailProvider, maybe, nothingToTell, sentence } from './provider.ts';

/** Source: Mailgun, "Event structure", "Securing webhooks". */
const payload = z.object({
  'event-data': z.object({
    event: z.string(),
    severity: maybe,
    reason: maybe,
    message: z.object({ headers: z.object({ 'message-id': maybe }).nullish() }).nullish(),
    'delivery-status': z
      .object({ code: z.union([z.number(), z.string()]).nullish(), message: maybe, description: maybe })
      .nullish(),
  }),
});

/** Permanent too, but no fault of the address: it was tried for too long, or the provider refused our server. */
const notTheAddress: ReadonlySet<string> = new Set(['old', 'espblock', 'suppress-unsubscribe']);

export const mailgun: MailProvider = {
  id: 'mailgun',
  format: 'json',
  proof: 'mailgun',
  read(body) {
    const parsed = payload.safeParse(body);
    if (!parsed.success) return null;
    const { event, severity, reason, message, 'delivery-status': status } = parsed.data['event-data'];
    const messageId = message?.headers?.['message-id'] ?? '';
    const words = sentence(status?.code, status?.message ?? status?.description);
    if (event === 'complained' || reason === 'suppress-complaint')
      return { reports: [{ messageId, type: 'complained', words }] };
    if (event !== 'failed' || severity !== 'permanent' || notTheAddress.has(reason ?? '')) return nothingToTell;
    return { reports: [{ messageId, type: 'bounced', words }] };
  },
};

const signed = z.object({
  signature: z.object({
    timestamp: z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,12}$/)]),
    token: z.string().min(16).max(100),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/** Mailgun tries for eight hours. */
export const longestRetrySeconds = 12 * 3_600;

/**
 * Checks Mailgun's signature: HMAC-SHA256 of time and token. It does not cover the event, so each token counts once.
 * @returns the token; null where the call is not signed with the key, or too old
 */
export function tokenOf(key: string, body: unknown, now: Date): string | null {
  const parsed = signed.safeParse(body);
  if (!parsed.success) return null;
  const { timestamp, token, signature } = parsed.data.signature;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > longestRetrySeconds) return null;
  const expected = createHmac('sha256', key)
    .update(`${String(timestamp)}${token}`)
    .digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? token : null;
}
