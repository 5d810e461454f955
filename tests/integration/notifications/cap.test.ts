import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailSettings, saveMailSettings } from '#app/domains/notifications/index.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { mailsOf } from './mails.ts';

const start = new Date('2026-11-20T12:00:00Z');
const clock = { at: start, now: () => clock.at };
let made: TestServices;
let server: TestMailServer;
let shopId: ShopId;

beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({ clock, env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example' } });
  shopId = await insertShop(made.database);
});
afterAll(async () => {
  await made.dispose();
  await server.stop();
});

const send = () =>
  sendMailsOfShop(
    { shopId },
    { services: made.services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );

test('a cap that marketing filled delays what is a customer’s own until shortly before its end, and loses none of it', async () => {
  const mails = mailsOf(made, () => shopId);
  await mails.subscribe('c');
  const cap = { active: true, mails: 2, days: 30 };
  await made.services.db.inShop(shopId, (scope) =>
    saveMailSettings(scope, mailSettings.parse({ quietHours: { active: false, from: 0, to: 0 }, cap })),
  );
  for (const [id, topic] of [
    ['1', 'offers'],
    ['2', 'offers'],
    ['3', 'offers'],
    ['reward', 'referrals'],
    ['points', 'points'],
  ] as const)
    await mails.put(id, 'c', topic);
  await send();
  // Marketing would be out of date by the time there is room.
  const begun = ['1 sent', '2 sent', '3 skipped too-many'];
  expect(await mails.log()).toEqual([...begun, 'reward waiting too-many', 'points waiting too-many']);
  // They live for eight days.
  clock.at = new Date(start.getTime() + 8 * 86_400_000 - 27 * 3_600_000);
  await send();
  expect(await mails.log()).toEqual([...begun, 'reward waiting too-many', 'points waiting too-many']);
  clock.at = new Date(clock.at.getTime() + 3_600_000);
  await send();
  expect(await mails.log()).toEqual([...begun, 'reward sent', 'points sent']);
});
