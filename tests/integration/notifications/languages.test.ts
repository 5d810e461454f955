import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findTemplate, upsertContacts } from '#app/domains/notifications/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { previewMail } from '#app/flows/mail-preview.ts';
import { changeMailSettings } from '#app/flows/mail-settings.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { customer, mailsOf } from './mails.ts';

const now = new Date('2026-11-20T12:00:00Z');
let made: TestServices;
let server: TestMailServer;
let shopId: ShopId;
let mails: ReturnType<typeof mailsOf>;

beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({
    clock: { now: () => now },
    env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example' },
  });
  mails = mailsOf(made, () => shopId);
});
afterAll(async () => {
  await made.dispose();
  await server.stop();
});
beforeEach(async () => {
  server.mails.length = 0;
  shopId = await insertShop(made.database, { platform: 'woocommerce' });
  await made.services.db.inShop(shopId, (scope) =>
    upsertContacts(scope, made.services.secrets, [
      { ...customer('untold', 'unknown', now), locale: null },
      { ...customer('french', 'unknown', now), locale: 'fr' },
    ]),
  );
});

const template = findTemplate('notifications.test');

/** What becomes of a mail to the customer, as it is sent and as it is previewed. */
async function languages(id: string, customerId: string) {
  if (template === null) throw new Error('no such template');
  await mails.put(id, customerId, 'service');
  const { signal } = new AbortController();
  await sendMailsOfShop({ shopId }, { services: made.services, attempt: 1, lastAttempt: false, signal });
  return made.services.db.inShop(shopId, async (scope) => {
    const sent = await scope.tx.mail.findFirstOrThrow({ where: { shopId, sourceId: id } });
    const shop = await readShop(scope);
    const preview = await previewMail(made.services, scope, shop, template, { language: null, customerId });
    expect(server.mails.at(-1)?.subject).toBe(preview?.subject);
    return [sent.language, preview?.language];
  });
}

test('a customer of whom no language is told gets mails in the merchant’s choice, before that in the store’s own', async () => {
  expect(await languages('1', 'untold')).toEqual(['en', 'en']);
  await made.services.db.inShop(shopId, (scope) => mergePlatformState(scope, { storeLocale: 'de_DE_formal' }));
  expect(await languages('2', 'untold')).toEqual(['de', 'de']);
  expect((await changeMailSettings(made.services, shopId, { language: 'ja' })).ok).toBe(true);
  expect(await languages('3', 'untold')).toEqual(['ja', 'ja']);
  expect(await languages('4', 'french')).toEqual(['fr', 'fr']);
  expect((await changeMailSettings(made.services, shopId, { language: 'nl' })).ok).toBe(false);
});
