import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { upsertContacts } from '#app/domains/notifications/index.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { complaint, failed, headerOf, mailOf, reportOf, wholeOf, words } from '#tests/factories/bounce-mails.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { customer, mailsOf } from './mails.ts';

const now = new Date('2026-11-20T12:00:00Z');
const secret = 'a-key-for-mails-that-come-back';
let made: TestServices;
let server: TestMailServer;
let http: HttpApp;
let shopId: ShopId;
/** of the mail that went out */
let messageId: string;

beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({
    clock: { now: () => now },
    env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example', MAIL_REPORTS_SECRET: secret },
  });
  http = createHttpApp(made.services, made.queues);
});
afterAll(async () => {
  await http.close();
  await made.dispose();
  await server.stop();
});
beforeEach(async () => {
  server.mails.length = 0;
  shopId = await insertShop(made.database);
  await made.services.db.inShop(shopId, (scope) =>
    upsertContacts(scope, made.services.secrets, [customer('yes', 'subscribed', now)]),
  );
  await mailsOf(made, () => shopId).put('1', 'yes', 'service');
  await sendMailsOfShop(
    { shopId },
    { services: made.services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
  messageId = server.mails[0]?.messageId ?? '';
});

async function post(
  body: string,
  path = `/mail/reports/mail/${secret}`,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await http.app.request(path, { method: 'POST', body: Buffer.from(body), headers });
  return [answer.status, answer.status === 200 ? ((await answer.json()) as unknown) : null];
}
const silenced = () =>
  made.services.db.inShop(shopId, async ({ tx }) =>
    (await tx.mailSuppression.findMany({ where: { shopId } })).map(({ reason, detail }) => [reason, detail]),
  );
const bounce = (of: string, said = '550 5.1.1 <Yes@example.com> is\0unknown') =>
  reportOf([words, failed('5.1.1', said), wholeOf(of)]);

test('a mail that came back silences its address, once, whatever the content type', async () => {
  expect(messageId).toMatch(/@trellis\.example>$/);
  const basic = { authorization: `Basic ${btoa(`trellis:${secret}`)}`, 'content-type': 'application/json' };
  expect(await post(bounce(messageId), '/mail/reports/mail', basic)).toEqual([200, { taken: 1, unknown: 0 }]);
  expect(await silenced()).toEqual([['bounced', '5.1.1 550 5.1.1 <…> is unknown']]);
  expect(await post(bounce(messageId))).toEqual([200, { taken: 1, unknown: 0 }]);
  const mails = await made.services.db.inShop(shopId, ({ tx }) => tx.mail.findMany({ where: { shopId } }));
  expect(mails).toMatchObject([{ state: 'sent', reported: 'bounced' }]);
  expect(await silenced()).toHaveLength(1);
});

test('a complaint silences its address; by the mark where a relay wrote a Message-ID of its own', async () => {
  const mark = server.mails[0]?.headers.find(({ key }) => key === 'x-mailin-custom')?.value ?? '';
  const original = headerOf(`<1@relay.example>\r\nX-Mailin-custom: ${mark}`);
  const mail = mailOf('multipart/report; report-type=feedback-report', [words, complaint('abuse'), original]);
  expect(await post(mail)).toEqual([200, { taken: 1, unknown: 0 }]);
  expect(await silenced()).toEqual([['complained', 'abuse']]);
});

test.each([
  ['a full mailbox', () => reportOf([words, failed('5.2.2'), wholeOf(messageId)])],
  ['spam', () => reportOf([words, failed('5.7.1', '550 5.7.1 spam'), wholeOf(messageId)])],
  ['a delay', () => reportOf([words, failed('4.4.1', undefined, 'delayed'), wholeOf(messageId)])],
  ['an answer', () => `From: yes@example.com\nIn-Reply-To: ${messageId}\nSubject: Away\n\nBack soon.`],
])('%s is taken and silences nobody', async (_what, mail) => {
  expect(await post(mail())).toEqual([200, { taken: 0, unknown: 0 }]);
  expect(await silenced()).toEqual([]);
});

describe('who writes to the address that mails come back to', () => {
  const change = (of: (text: string) => string) => () => of(messageId);
  test.each([
    [
      'guesses the number of another’s mail',
      change((text) => text.replace(/^<\d+/, (number) => `<${String(Number(number.slice(1)) + 1)}`)),
    ],
    ['leaves the proof out', change((text) => text.replace(/\.[0-9a-f]{16}@/, '@'))],
    ['makes a proof up', change((text) => text.replace(/\.[0-9a-f]{16}@/, '.0123456789abcdef@'))],
    ['carries a proof over to another number', change((text) => text.replace(/^<\d+/, '<999999'))],
    [
      'carries a proof over to another shop',
      change((text) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '0b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d11')),
    ],
    ['names a mail of somebody else', () => '<1@elsewhere.example>'],
    ['names none', () => ''],
  ])('%s: silences nobody', async (_what, name) => {
    expect(name()).not.toBe(messageId);
    expect(await post(bounce(name()))).toEqual([200, { taken: 0, unknown: 1 }]);
    expect(await silenced()).toEqual([]);
  });

  test.each([
    ['a megabyte of lines', () => `From: a@b.example\n\n${'\n'.repeat(1_000_000)}`],
    [
      'parts without end',
      () => `From: a@b.example\nContent-Type: multipart/report; boundary=x\n\n${'--x\n'.repeat(250_000)}`,
    ],
    ['reports without end', () => bounce(messageId, 'user '.repeat(190_000))],
    ['NULs', () => `From: a@b.example\n\0\n\n${'\0'.repeat(500_000)}`],
  ])('%s: is answered', async (_what, mail) => {
    expect((await post(mail()))[0]).toBe(200);
  });

  test('what is too much, no mail, or without the secret is not read', async () => {
    expect(await post('a'.repeat(1024 * 1024 + 1))).toEqual([413, null]);
    expect(await post('')).toEqual([400, null]);
    expect(await post('{"reports":[]}')).toEqual([400, null]);
    const path = '/mail/reports/mail';
    for (const wrong of [path, `${path}/guess`, `${path}/${secret}x`])
      expect(await post(bounce(messageId), wrong)).toEqual([401, null]);
    expect(await silenced()).toEqual([]);
  });
});
