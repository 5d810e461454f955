import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { mostReports, takeReports } from '#app/flows/mail-reports.ts';
import type { Services } from '#app/infra/services.ts';
import { longestRetrySeconds, tokenOf } from './mail-providers/mailgun.ts';
import type { MailReport } from './mail-providers/provider.ts';
import { findMailProvider } from './mail-providers/registry.ts';
import { confirmationOf } from './mail-providers/ses.ts';
import { readBytes } from './read-bytes.ts';

const largestReport = 1024 * 1024;
/** A signed report may be so old, or so far ahead, seconds. */
const reportAge = 300;
const visitTimeoutMs = 10_000;

/** Looks at an address of SNS's that was checked; nowhere else, also not where it leads on to. */
async function visitConfirmation(url: URL): Promise<boolean> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(visitTimeoutMs) });
  await answer.body?.cancel();
  return answer.ok;
}

const tooLarge = { error: { code: 'too-large', message: 'Send at most 1 MB.' } };
const unauthorized = (message: string) => ({ error: { code: 'unauthorized', message } });

/** Where mail providers report: `POST /mail/reports` in our own words, `/mail/reports/:provider` in those of the provider, or as a mail. */
export function mailReportRoutes(services: Services, visit: (url: URL) => Promise<boolean> = visitConfirmation): Hono {
  const { config, clock } = services;

  async function take(c: Context): Promise<Response> {
    const provider = findMailProvider(c.req.param('provider') ?? '');
    if (provider === null) return c.json({ error: { code: 'unknown', message: 'There is no such provider.' } }, 404);
    const bytes = await readBytes(c.req.raw, largestReport);
    if (bytes === null) return c.json(tooLarge, 413);
    let token: string | null = null;
    if (provider.proof === 'secret') {
      const given = c.req.param('secret') ?? passwordOf(c.req.header('authorization'));
      if (!isSecret(config.MAIL_REPORTS_SECRET, given))
        return c.json(unauthorized('The secret is missing or wrong.'), 401);
    }
    const body = provider.format === 'json' ? parseJson(bytes) : bytes;
    if (provider.proof === 'mailgun') {
      token = config.MAILGUN_SIGNING_KEY === undefined ? null : tokenOf(config.MAILGUN_SIGNING_KEY, body, clock.now());
      if (token === null) return c.json(unauthorized('The signature is missing, wrong or too old.'), 401);
      if ((await services.cache.get(usedKey(token))) !== null) return c.json({ taken: 0, unknown: 0 });
    }
    const reading = await provider.read(body);
    if (reading === null)
      return c.json({ error: { code: 'malformed', message: 'This is no report of the provider.' } }, 400);
    if (reading.confirm !== undefined) {
      const url = confirmationOf(reading.confirm);
      if (url === null || !(await visit(url)))
        return c.json({ error: { code: 'malformed', message: 'This address confirms nothing.' } }, 400);
      services.log.info({ provider: provider.id }, 'a topic of mail reports was confirmed');
    }
    const sender = provider.format === 'message' ? 'anybody' : 'provider';
    let taken = 0;
    for (let from = 0; from < reading.reports.length; from += mostReports) {
      const reports = reading.reports.slice(from, from + mostReports).map(clipped);
      taken += (await takeReports(services, { reports }, sender))?.taken ?? 0;
    }
    if (token !== null) await services.cache.set(usedKey(token), '1', 2 * longestRetrySeconds);
    return c.json({ taken, unknown: reading.reports.length - taken });
  }

  return new Hono()
    .post('/mail/reports', async (c) => {
      const bytes = await readBytes(c.req.raw, largestReport);
      if (bytes === null) return c.json(tooLarge, 413);
      const signed = { time: c.req.header('x-trellis-time'), signature: c.req.header('x-trellis-signature') };
      if (!isSigned(config.MAIL_REPORTS_SECRET, bytes, signed, clock.now()))
        return c.json(unauthorized('The signature is missing, wrong or too old.'), 401);
      const outcome = await takeReports(services, parseJson(bytes));
      return outcome === null
        ? c.json({ error: { code: 'malformed', message: 'Send {"reports":[{"messageId","type","words"}]}.' } }, 400)
        : c.json(outcome);
    })
    .post('/mail/reports/:provider', take)
    .post('/mail/reports/:provider/:secret', take);
}

/** What is longer names no mail of ours. */
const clipped = (report: MailReport): MailReport => ({ ...report, messageId: report.messageId.slice(0, 300) });

const usedKey = (token: string): string => `mail-report-token:${token}`;

/** Compares in constant time, whatever the lengths. */
function isSecret(secret: string | undefined, given: string | null): boolean {
  if (secret === undefined || given === null) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(secret), digest(given));
}

/** The password of basic authentication, whoever the user. */
function passwordOf(header: string | undefined): string | null {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? null : text.slice(at + 1);
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
