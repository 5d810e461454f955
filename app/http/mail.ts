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
import type { Services } from '#app/infra/services.ts';
import { readBytes } from './read-bytes.ts';

const largestForm = 8 * 1024;

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
    });
}
