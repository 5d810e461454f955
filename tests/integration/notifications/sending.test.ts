import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import {
  mailSettings,
  requestMail,
  saveMailSettings,
  savePreferences,
  suppressAddresses,
  upsertContacts,
} from '#app/domains/notifications/index.ts';
import { retryFailedJob } from '#app/flows/failed-jobs.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import retryUnfilled from '#app/flows/retry-unfilled-mails.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { customer, mailsOf } from './mails.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';

const start = new Date('2026-11-20T12:00:00Z');
const clock = { at: start, now: () => clock.at };
const later = (minutes: number) => {
  clock.at = new Date(clock.at.getTime() + minutes * 60_000);
};
let made: TestServices;
let server: TestMailServer;
let shopId: ShopId;
let mails: ReturnType<typeof mailsOf>;

beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({ clock, env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example' } });
  mails = mailsOf(made, () => shopId);
});
afterAll(async () => {
  await made.dispose();
  await server.stop();
});
beforeEach(async () => {
  clock.at = start;
  server.mood = 'accepts';
  server.mails.length = 0;
  server.taken.length = 0;
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const { signal } = new AbortController();
const context = () => ({ services: made.services, attempt: 1, lastAttempt: false, signal });
const send = () => sendMailsOfShop({ shopId }, context());
test('a mail is asked for once, goes out once, in the language of its reader, and can be stopped with one click', async () => {
  await mails.subscribe('c1');
  const ask = () =>
    inShop((scope) =>
      requestMail(made.services, scope, {
        template: 'notifications.confirm',
        data: { url: 'https://shop.example/' },
        source: { kind: 'order', id: '1', purpose: 'x' },
        to: { customerId: 'c1' },
      }),
    );
  expect([await ask(), await ask()]).toEqual([true, false]);
  await mails.put('points', 'c1', 'points');
  await send();
  await send();
  expect(await mails.log()).toEqual(['1 sent', 'points sent']);
  const [confirm, points] = server.mails;
  expect(confirm?.subject).toBe('Bitte bestätigen: Angebote von Test store');
  expect(confirm?.to).toEqual([{ name: 'Ada', address: 'c1@example.com' }]);
  expect(confirm?.messageId).toMatch(new RegExp(`^<\\d+\\.${shopId}\\.[0-9a-f]{16}@trellis\\.example>$`));
  const header = (name: string) => points?.headers.find((one) => one.key === name)?.value ?? '';
  expect(header('list-unsubscribe')).toMatch(/^<http:\/\/127\.0\.0\.1:3000\/mail\/unsubscribe\/[\w.-]+>$/);
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect(points?.html).toContain(header('list-unsubscribe').slice(1, -1));
  // What the person asked for themselves is nothing to unsubscribe from.
  expect(confirm?.headers.some((one) => one.key === 'list-unsubscribe')).toBe(false);
});

test('why a mail is not sent, or not yet', async () => {
  await inShop(async (scope) => {
    await upsertContacts(scope, made.services.secrets, [
      customer('yes', 'subscribed', start),
      customer('no', 'unsubscribed', start),
      customer('mute', 'subscribed', start),
      customer('off', 'unknown', start),
      customer('late', 'unknown', start),
      { ...customer('blank', 'unknown', start), email: null },
    ]);
    await suppressAddresses(
      scope,
      [{ emailHash: mails.hash('mute@example.com'), sealed: null, reason: 'bounced', detail: null }],
      start,
    );
    await savePreferences(scope, mails.hash('off@example.com'), { points: false }, start);
  });
  for (const [id, who, topic] of [
    ['1', 'yes', 'offers'],
    ['2', 'yes', 'offers'],
    ['3', 'yes', 'offers'],
    ['4', 'yes', 'offers'],
    ['5', 'no', 'offers'],
    ['6', 'mute', 'service'],
    ['7', 'off', 'points'],
    ['8', 'blank', 'points'],
    ['9', 'nobody', 'points'],
    // The cap counts all that may be switched off, and holds back nothing that was asked for.
    ['10', 'yes', 'points'],
    ['11', 'yes', 'referrals'],
    ['12', 'yes', 'service'],
  ] as const)
    await mails.put(id, who, topic);
  await send();
  expect(await mails.log()).toEqual([
    '1 sent',
    '2 sent',
    '3 sent',
    '4 waiting too-many',
    '5 skipped no-consent',
    '6 skipped suppressed',
    '7 skipped switched-off',
    '8 skipped no-address',
    '9 skipped no-address',
    '10 waiting too-many',
    '11 waiting too-many',
    '12 sent',
  ]);
  expect(server.mails).toHaveLength(4);
  // 22:30 in Berlin.
  clock.at = new Date('2026-11-20T21:30:00Z');
  await mails.put('night', 'late', 'points');
  await send();
  expect((await mails.log()).at(-1)).toBe('night waiting quiet-hours');
  clock.at = new Date('2026-11-21T07:00:00Z');
  await send();
  expect((await mails.log()).at(-1)).toBe('night sent');
});

test('the mail server is away for an hour: nothing is lost, nothing goes out twice', async () => {
  await mails.subscribe('c');
  const ids = Array.from({ length: 22 }, (_, index) => String(index).padStart(2, '0'));
  for (const id of ids) await mails.put(id, 'c', 'service');
  await server.stop();
  for (let minutes = 0; minutes < 60; minutes += 20) {
    await send();
    later(20);
  }
  expect((await mails.log()).filter((line) => !/ waiting/.test(line))).toEqual([]);
  await server.start();
  await send();
  later(5);
  await send();
  expect(await mails.log()).toEqual(ids.map((id) => `${id} sent`));
  const sent = server.mails.map((mail) => mail.messageId);
  expect(sent).toHaveLength(22);
  expect(new Set(sent).size).toBe(22);
});

test('a template that cannot be filled puts its own mail aside, others go on, and the merchant can try again', async () => {
  await mails.subscribe('c');
  await mails.put('a', 'c', 'service');
  await mails.put('broken', 'c', 'service', { url: 'none' });
  await mails.put('z', 'c', 'service');
  await send();
  expect(await mails.log()).toEqual(['a sent', 'broken failed template', 'z sent']);
  const [note] = await inShop((scope) => listRuns(scope, { limit: 1, status: 'failed' }));
  expect(note?.error).toContain('“Test e-mail”');
  expect(await retryFailedJob(made.services, shopId, note?.id ?? '')).toBe(true);
  await retryUnfilled({ shopId }, context());
  expect((await mails.log())[1]).toBe('broken waiting');
  await send();
  expect((await mails.log())[1]).toBe('broken failed template');
  expect(server.mails).toHaveLength(2);
});

test('what the mail server says decides: later, never, or never to this address', async () => {
  await mails.subscribe('c', 'gone');
  await mails.put('1', 'c', 'service');
  server.mood = 'defers';
  await send();
  expect(await mails.log()).toEqual(['1 waiting deferred']);
  server.mood = 'accepts';
  await send();
  expect(server.mails).toHaveLength(0);
  later(6);
  await send();
  await mails.put('2', 'c', 'service');
  server.mood = 'refuses-content';
  await send();
  await mails.put('3', 'gone', 'service');
  server.mood = 'refuses-recipient';
  await send();
  await mails.put('4', 'gone', 'service');
  await mails.put('5', 'c', 'service');
  server.mood = 'accepts';
  await send();
  expect(await mails.log()).toEqual([
    '1 sent',
    '2 failed refused',
    '3 failed refused',
    '4 skipped suppressed',
    '5 sent',
  ]);
});

test('an address that no server can be told is refused for itself, and the mails after it go out', async () => {
  await mails.subscribe('a<b', 'c');
  await mails.put('1', 'a<b', 'service');
  await mails.put('2', 'c', 'service');
  await send();
  await mails.put('3', 'a<b', 'service');
  await send();
  expect(await mails.log()).toEqual(['1 failed refused', '2 sent', '3 skipped suppressed']);
  const [first] = await inShop((scope) => scope.tx.mail.findMany({ where: { shopId }, orderBy: { id: 'asc' } }));
  expect(first?.detail).toBe('Invalid recipient …');
});

test('a mail whose answer was lost is not sent again: twice is worse than perhaps not at all', async () => {
  await mails.subscribe('c');
  await mails.put('1', 'c', 'service');
  server.mood = 'hangs-up-after-content';
  await send();
  server.mood = 'accepts';
  await mails.put('2', 'c', 'service');
  later(60);
  await send();
  expect(await mails.log()).toEqual(['1 unsure no-answer', '2 sent']);
  expect(server.taken).toHaveLength(2);
});

test('a worker that dies: before the hand-over another sends the mail, after it nobody does', async () => {
  await mails.subscribe('c');
  await mails.put('before', 'c', 'service');
  await mails.put('after', 'c', 'service');
  await inShop(async ({ tx }) => {
    const lease = { state: 'sending', claims: 1, dueAt: new Date(start.getTime() + 15 * 60_000) };
    await tx.mail.updateMany({ where: { shopId }, data: lease });
    await tx.mail.updateMany({ where: { shopId, sourceId: 'after' }, data: { handedOverAt: start } });
  });
  await send();
  expect(server.taken).toHaveLength(0);
  later(20);
  await send();
  expect(await mails.log()).toEqual(['before sent', 'after unsure no-answer']);
  expect(server.taken).toHaveLength(1);
});

test('two workers at once send each mail once', async () => {
  await mails.subscribe('c');
  for (let index = 0; index < 25; index += 1) await mails.put(String(index), 'c', 'service');
  await Promise.all([send(), send(), send()]);
  expect(server.taken).toHaveLength(25);
  expect(new Set(server.mails.map((mail) => mail.messageId)).size).toBe(25);
});

test('who is erased gets nothing, and nothing readable of them is left', async () => {
  await mails.subscribe('c');
  await mails.put('sent', 'c', 'service');
  await send();
  await mails.put('waits', 'c', 'service');
  await inShop(async (scope) => {
    await savePreferences(scope, mails.hash('c@example.com'), { offers: true, points: false }, start);
    await forgetPerson(made.services, scope, { customerId: 'c', email: null, orderIds: [] });
  });
  await send();
  expect(await mails.log()).toEqual(['sent sent', 'waits skipped erased']);
  const left = await inShop(async ({ tx }) => ({
    mails: await tx.mail.findMany({ where: { shopId } }),
    contacts: await tx.mailContact.count({ where: { shopId } }),
    choices: await tx.mailPreference.findMany({ where: { shopId }, select: { topic: true } }),
  }));
  for (const mail of left.mails)
    expect([mail.customerId, mail.emailHash, mail.toSealed, mail.dataSealed]).toEqual([null, null, null, null]);
  expect(left.contacts).toBe(0);
  // That somebody wants none is remembered by the hash alone.
  expect(left.choices).toEqual([{ topic: 'points' }]);
});

test('no more a minute than the mail server takes, and none for a shop whose merchant left', async () => {
  const slow = await createTestServices({
    clock,
    database: made.database,
    env: { SMTP_URL: server.url, MAIL_SHOP_RATE: '3', ENCRYPTION_KEYS: made.config.ENCRYPTION_KEYS },
  });
  const sendSlowly = () => sendMailsOfShop({ shopId }, { ...context(), services: slow.services });
  try {
    await mails.subscribe('c');
    await inShop((scope) =>
      saveMailSettings(scope, mailSettings.parse({ quietHours: { active: false, from: 0, to: 0 } })),
    );
    for (let index = 0; index < 5; index += 1) await mails.put(String(index), 'c', 'service');
    await sendSlowly();
    expect(await mails.log()).toEqual(['0 sent', '1 sent', '2 sent', '3 waiting rate', '4 waiting rate']);
    later(1);
    await sendSlowly();
    expect(server.mails).toHaveLength(5);
    await mails.put(randomUUID(), 'c', 'points');
    await inShop(({ tx }) => tx.shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } }));
    later(1);
    await sendSlowly();
    expect((await mails.log()).at(-1)).toMatch(/skipped cancelled$/);
  } finally {
    await slow.dispose();
  }
});
