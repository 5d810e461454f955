import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createRecordSignals, type Recorded, type SignalBuffer } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import { senderAddress } from './sender-address.ts';

const LARGEST_BODY = 64 * 1024;
const statusOf = { malformed: 400, 'too-many-requests': 429, busy: 503 } as const;

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
};

/**
 * `POST /signals` for storefronts of any origin: JSON, also as `text/plain`, which `sendBeacon` can send without
 * asking first. No cookie is read or set.
 * @param options bounds other than the usual ones
 */
export function signalsRoutes(
  services: Services,
  buffer: SignalBuffer,
  options: { readonly visitorsAnHour?: number } = {},
): Hono {
  const record = createRecordSignals(services, buffer, options);
  const refuse = (c: Context, status: 400 | 413 | 415 | 429 | 503, code: string, message: string) =>
    c.json({ error: { code, message } }, status, cors);

  return new Hono()
    .options('/signals', (c) => c.body(null, 204, cors))
    .post(
      '/signals',
      bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => refuse(c, 413, 'too-large', 'Send at most 64 kB at once.') }),
      async (c) => {
        const type = (c.req.header('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase();
        if (type !== 'application/json' && type !== 'text/plain') return refuse(c, 415, 'wrong-type', 'Send JSON.');
        const body = parseJson(await c.req.text());
        const recorded: Recorded = body.ok
          ? await record(body.value, senderAddress(c, services.config.TRUSTED_PROXIES))
          : { ok: false, code: 'malformed', message: 'The body is not JSON.' };
        if (recorded.ok) return c.json(recorded.value, 202, cors);
        const status = statusOf[recorded.code];
        if (status !== 400) c.header('retry-after', status === 429 ? '60' : '5');
        return refuse(c, status, recorded.code, recorded.message);
      },
    );
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}
