import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { type Language, languageOf } from '#app/domains/notifications/index.ts';
import {
  confirmMarketing,
  type MailChoices,
  readChoices,
  readConfirmation,
  saveChoices,
  setSilence,
  stopTopic,
} from '#app/flows/mail-choices.ts';
import { type MailPage, renderInvalidPage, renderMailPage } from '#app/flows/mail-page-html.ts';
import { takeReports } from '#app/flows/mail-reports.ts';
import type { Services } from '#app/infra/services.ts';
import { readBytes } from './read-bytes.ts';

const largestForm = 8 * 1024;
const largestReport = 512 * 1024;
/** A signed report may be so old, or so far ahead, seconds. */
const reportAge = 300;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // The address holds the link's token.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

function answer(
  page: MailPage['page'],
  found: MailChoices | null,
  token: string,
  language: Language,
  notice: MailPage['notice'] = null,
) {
  return found === null
    ? new Response(renderInvalidPage(language), { status: 404, headers })
    : new Response(renderMailPage({ page, found, token, notice }), { headers });
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBytes(request, largestForm);
  return new URLSearchParams(bytes?.toString('utf8') ?? '');
}

/**
 * Where the links of mails lead. Nothing happens by looking at a page: mail programs and scanners open links by
 * themselves. `POST /mail/unsubscribe/:token` is the one click of RFC 8058; no sign-in, the token is the proof.
 * `POST /mail/reports` is for the mail provider.
 */
export function mailRoutes(services: Services): Hono {
  const languageFor = (request: Request): Language => languageOf(request.headers.get('accept-language'));
  return new Hono()
    .get('/mail/preferences/:token', async (c) => {
      const token = c.req.param('token');
      return answer('choose', await readChoices(services, token), token, languageFor(c.req.raw));
    })
    .post('/mail/preferences/:token', async (c) => {
      const token = c.req.param('token');
      const form = await readForm(c.req.raw);
      const action = form.get('action');
      const language = languageFor(c.req.raw);
      if (action === 'none' || action === 'again')
        return answer('choose', await setSilence(services, token, action === 'none'), token, language, 'saved');
      const saved = await saveChoices(services, token, new Set(form.getAll('topic')));
      return answer('choose', saved, token, language, saved?.confirmSent ? 'confirm-sent' : 'saved');
    })
    .get('/mail/unsubscribe/:token', async (c) => {
      const token = c.req.param('token');
      return answer('stop', await readChoices(services, token), token, languageFor(c.req.raw));
    })
    .post('/mail/unsubscribe/:token', async (c) => {
      const token = c.req.param('token');
      return answer('stopped', await stopTopic(services, token), token, languageFor(c.req.raw));
    })
    .get('/mail/confirm/:token', async (c) => {
      const token = c.req.param('token');
      return answer('confirm', await readConfirmation(services, token), token, languageFor(c.req.raw));
    })
    .post('/mail/confirm/:token', async (c) => {
      const token = c.req.param('token');
      return answer('confirmed', await confirmMarketing(services, token), token, languageFor(c.req.raw));
    })
    .post('/mail/reports', async (c) => {
      const bytes = await readBytes(c.req.raw, largestReport);
      if (bytes === null) return c.json({ error: { code: 'too-large', message: 'Send at most 512 kB.' } }, 413);
      const signed = { time: c.req.header('x-trellis-time'), signature: c.req.header('x-trellis-signature') };
      if (!isSigned(services.config.MAIL_REPORTS_SECRET, bytes, signed, services.clock.now()))
        return c.json({ error: { code: 'unauthorized', message: 'The signature is missing, wrong or too old.' } }, 401);
      const outcome = await takeReports(services, parseJson(bytes));
      return outcome === null
        ? c.json({ error: { code: 'malformed', message: 'Send {"reports":[{"messageId","type","words"}]}.' } }, 400)
        : c.json(outcome);
    });
}

/** HMAC-SHA256, hex, of the time in seconds, a point and the raw body. */
function isSigned(
  secret: string | undefined,
  body: Buffer,
  { time = '', signature = '' }: { readonly time: string | undefined; readonly signature: string | undefined },
  now: Date,
): boolean {
  if (secret === undefined || !/^\d{1,12}$/.test(time)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(time)) > reportAge) return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    // What is no JSON is no report either.
    return null;
  }
}
