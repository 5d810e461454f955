import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { messageIdOf, sealLink, upsertContacts } from '#app/domains/notifications/index.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import { createHttpApp, type HttpApp } from '#app/http/app.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { customer, mailsOf } from './mails.ts';

const now = new Date('2026-11-20T12:00:00Z');
const secret = 'a key for reports of the provider';
let made: TestServices;
let server: TestMailServer;
let http: HttpApp;
let shopId: ShopId;
let mails: ReturnType<typeof mailsOf>;

beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({
    clock: { now: () => now },
    env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example', MAIL_REPORTS_SECRET: secret },
  });
  http = createHttpApp(made.services, made.queues);
  mails = mailsOf(made, () => shopId);
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
    upsertContacts(scope, made.services.secrets, [
      customer('yes', 'subscribed', now),
      customer('unasked', 'unknown', now),
      customer('no', 'unsubscribed', now),
    ]),
  );
});

const send = () =>
  sendMailsOfShop(
    { shopId },
    { services: made.services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
const token = (who: string, topic: 'points' | 'offers' = 'points') =>
  sealLink(made.services.secrets, {
    shopId,
    emailHash: mails.hash(`${who}@example.com`),
    kind: 'choose',
    topic,
    language: 'en',
    expiresAt: null,
  });
const get = async (path: string) => (await http.app.request(path)).text();
const post = async (path: string, body: string) =>
  http.app.request(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const choices = () => made.services.db.inShop(shopId, ({ tx }) => tx.mailPreference.findMany({ where: { shopId } }));
const ticked = (page: string) => [...page.matchAll(/value="(\w+)" checked/g)].map((match) => match[1]);

test('one click ends the mails of a topic; looking at the page does not', async () => {
  const link = `/mail/unsubscribe/${token('yes')}`;
  expect(await get(link)).toContain('Stop these e-mails?');
  expect(await choices()).toEqual([]);
  const answer = await post(link, 'List-Unsubscribe=One-Click');
  expect(answer.status).toBe(200);
  await post(link, 'List-Unsubscribe=One-Click');
  expect(await choices()).toMatchObject([{ topic: 'points', allowed: false }]);
  await mails.put('1', 'yes', 'points');
  await mails.put('2', 'yes', 'service');
  await send();
  expect(await mails.log()).toEqual(['1 skipped switched-off', '2 sent']);
});

test('the page shows what comes, and keeps what is chosen', async () => {
  const page = `/mail/preferences/${token('yes')}`;
  expect(ticked(await get(page))).toEqual(['points', 'referrals', 'offers']);
  const saved = await (await post(page, 'action=save&topic=points')).text();
  expect(saved).toContain('Your choice is saved.');
  expect(ticked(saved)).toEqual(['points']);
  await post(page, 'action=none');
  expect(await get(page)).toContain('You get no e-mails from Test store.');
  await mails.put('1', 'yes', 'service');
  await send();
  expect(await mails.log()).toEqual(['1 skipped suppressed']);
  await post(page, 'action=again');
  expect(ticked(await get(page))).toEqual(['points']);
});

test('marketing without consent begins when the owner of the address has confirmed it', async () => {
  const page = `/mail/preferences/${token('unasked')}`;
  expect(ticked(await get(page))).toEqual(['points', 'referrals']);
  const answer = await (await post(page, 'action=save&topic=points&topic=referrals&topic=offers')).text();
  expect(answer).toContain('We have sent you an e-mail.');
  expect(ticked(answer)).toEqual(['points', 'referrals']);
  await post(page, 'action=save&topic=offers');
  await send();
  expect(server.mails).toHaveLength(1);
  const link = /https?:\/\/[^"]*(\/mail\/confirm\/[\w.-]+)/.exec(server.mails[0]?.html ?? '')?.[1] ?? '';
  expect(await get(link)).toContain('Ja, Angebote erhalten');
  await mails.put('early', 'unasked', 'offers');
  await send();
  await post(link, '');
  await mails.put('offer', 'unasked', 'offers');
  await send();
  expect((await mails.log()).slice(1)).toEqual(['early skipped no-consent', 'offer sent']);
  // A link that chooses does not confirm.
  expect((await post(`/mail/confirm/${token('unasked')}`, '')).status).toBe(404);
});

test('who told the store no is not asked again by us', async () => {
  const page = `/mail/preferences/${token('no', 'offers')}`;
  expect(await get(page)).toMatch(/value="offers" disabled/);
  await post(page, 'action=save&topic=offers');
  await send();
  expect(server.mails).toHaveLength(0);
  expect((await choices()).map((choice) => choice.topic)).not.toContain('offers');
});

test.each([
  ['a word', 'x'],
  ['four words', 'a.b.c.d'],
  ['a seal of nothing', 'test.AAAA.BBBB.CCCC'],
  ['very long', 'a'.repeat(5_000)],
])('a link that is none: %s', async (_what, text) => {
  for (const path of ['preferences', 'unsubscribe', 'confirm']) {
    const answer = await http.app.request(`/mail/${path}/${text}`);
    expect([answer.status, (await answer.text()).includes('Test store')]).toEqual([404, false]);
  }
});

test('what the provider reports silences an address, and only when it is signed', async () => {
  await mails.put('1', 'yes', 'service');
  await send();
  const [sent] = await made.services.db.inShop(shopId, ({ tx }) => tx.mail.findMany({ where: { shopId } }));
  const messageId = messageIdOf(made.services.secrets, shopId, sent?.id ?? 0n, 'mails@trellis.example');
  expect(server.mails[0]?.messageId).toBe(messageId);
  const body = JSON.stringify({
    reports: [
      { messageId, type: 'bounced', words: 'yes@example.com is unknown here' },
      { messageId: '<1@elsewhere>', type: 'bounced' },
    ],
  });
  const time = String(now.getTime() / 1000);
  const report = (signature: string, at = time) =>
    http.app.request('/mail/reports', {
      method: 'POST',
      body,
      headers: { 'x-trellis-time': at, 'x-trellis-signature': signature },
    });
  const sign = (at: string) => createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  const old = String(Number(time) - 1_000);
  for (const answer of [await report(''), await report(sign('1')), await report(sign(old), old)])
    expect(answer.status).toBe(401);
  const answer = await report(sign(time));
  expect([answer.status, await answer.json()]).toEqual([200, { taken: 1, unknown: 1 }]);
  const listed = await made.services.db.inShop(shopId, ({ tx }) => tx.mailSuppression.findMany({ where: { shopId } }));
  expect(listed).toMatchObject([{ reason: 'bounced', detail: '… is unknown here' }]);
});
