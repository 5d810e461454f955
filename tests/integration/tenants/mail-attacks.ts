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
