import { failed, headerOf, reportOf } from '#tests/factories/bounce-mails.ts';
import type { Attack } from './plugin-attacks.ts';

interface Victim {
  readonly origin: string;
  readonly shopId: string;
}

/** Links of mails, and reports of the provider, by somebody who has neither token nor key. */
export function mailAttacks(victim: () => Victim): Record<string, () => Attack[]> {
  const links = ['preferences', 'unsubscribe', 'confirm'].flatMap((page) =>
    ['GET', 'POST'].map((method): [string, () => Attack[]] => [
      `${method} /mail/${page}/:token`,
      () =>
        [victim().shopId, 'a.b.c.d'].map((token) => ({
          why: `${token} as the token`,
          request: () =>
            new Request(`${victim().origin}/mail/${page}/${token}`, {
              method,
              ...(method === 'POST' ? { body: 'action=none' } : {}),
            }),
          status: 404,
        })),
    ]),
  );
  const report = (headers: Readonly<Record<string, string>>) =>
    new Request(`${victim().origin}/mail/reports`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ reports: [{ messageId: `<1.${victim().shopId}@localhost>`, type: 'complained' }] }),
    });
  return {
    ...Object.fromEntries(links),
    ...Object.fromEntries(
      ['POST /mail/reports/:provider', 'POST /mail/reports/:provider/:secret'].map((route) => [
        route,
        () => providerAttacks(victim(), route.endsWith(':secret') ? '/not the secret' : ''),
      ]),
    ),
    'POST /mail/reports': () => [
      { why: 'no signature', request: () => report({}), status: 401 },
      {
        why: 'a signature by nothing',
        request: () =>
          report({ 'x-trellis-time': String(Math.floor(Date.now() / 1000)), 'x-trellis-signature': '00'.repeat(32) }),
        status: 401,
      },
    ],
  };
}

/** Reports in the words of each provider, by somebody who has no secret of ours. */
function providerAttacks({ origin, shopId }: Victim, secret: string): Attack[] {
  const messageId = `1.${shopId}`;
  const mailgun = {
    signature: { timestamp: Math.floor(Date.now() / 1000), token: 'a'.repeat(50), signature: '0'.repeat(64) },
    'event-data': { event: 'complained', message: { headers: { 'message-id': `${messageId}@localhost` } } },
  };
  const bodies: Readonly<Record<string, unknown>> = {
    ses: { notificationType: 'Complaint', mail: { commonHeaders: { messageId: `<${messageId}@localhost>` } } },
    postmark: { RecordType: 'SpamComplaint', Metadata: { trellis: messageId } },
    mailgun,
    sendgrid: [{ event: 'spamreport', 'smtp-id': `<${messageId}@localhost>` }],
    brevo: { event: 'spam', 'X-Mailin-custom': messageId },
  };
  const post = (provider: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    new Request(`${origin}/mail/reports/${provider}${secret}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return [
    ...Object.entries(bodies).map(([provider, body]) => ({
      why: `a report of ${provider} without proof`,
      request: () => post(provider, body),
      status: 401,
    })),
    {
      why: 'a password that is not the secret',
      request: () => post('postmark', bodies['postmark'], { authorization: `Basic ${btoa('trellis:guess')}` }),
      status: 401,
    },
    {
      why: 'a topic of somebody else',
      request: () => post('ses', { Type: 'SubscriptionConfirmation', SubscribeURL: `${origin}/health` }),
      status: 401,
    },
    ...[{}, { authorization: `Basic ${btoa('trellis:guess')}` }].map((headers) => ({
      why: 'a mail that came back, without the secret',
      request: () =>
        new Request(`${origin}/mail/reports/mail${secret}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'message/rfc822' },
          body: reportOf([failed('5.1.1'), headerOf(`<${messageId}@localhost>`)]),
        }),
      status: 401,
    })),
    { why: 'a provider that is none', request: () => post('__proto__', {}), status: 404 },
  ];
}
