import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findTemplate, upsertContacts } from '#app/domains/notifications/index.ts';
import { mergePlatformState, readShop } from '#app/domains/shops/index.ts';
import { previewMail, type PreviewFor } from '#app/flows/mail-preview.ts';
import { changeMailSettings, changeTemplate } from '#app/flows/mail-settings.ts';
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
    const preview = await previewMail(made.services, scope, shop, template, { language: null, of: { customerId } });
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

/** Keeps a subject of the merchant's own in a language; '' takes it back. */
async function write(language: string, subject: string) {
  if (template === null) throw new Error('no such template');
  const saved = await changeTemplate(made.services, shopId, template, { active: true, language, words: { subject } });
  expect(saved.ok).toBe(true);
}

test('a merchant’s own words go on when the store tells a language in which there are none', async () => {
  await write('en', 'Hello from us');
  await made.services.db.inShop(shopId, (scope) => mergePlatformState(scope, { storeLocale: 'de_DE' }));
  expect(await languages('1', 'untold')).toEqual(['en', 'en']);
  expect(server.mails.at(-1)?.subject).toBe('Hello from us');
  // Whose language is known keeps it, in the words that come with us.
  expect(await languages('2', 'french')).toEqual(['fr', 'fr']);
  expect(server.mails.at(-1)?.subject).not.toContain('Hello');
  await write('de', 'Hallo von uns');
  expect(await languages('3', 'untold')).toEqual(['de', 'de']);
  expect(server.mails.at(-1)?.subject).toBe('Hallo von uns');
  await write('de', '');
  await write('en', '');
  expect(await languages('4', 'untold')).toEqual(['de', 'de']);
  expect(server.mails.at(-1)?.subject).not.toContain('Hello');
});

test('a preview shows a real customer where there is one, before others whoever got such a mail last', async () => {
  if (template === null) throw new Error('no such template');
  const look = (of: PreviewFor, id = shopId) =>
    made.services.db.inShop(id, async (scope) => {
      const shown = await previewMail(made.services, scope, await readShop(scope), template, { language: null, of });
      return [shown?.filledWith, shown?.customerId, shown?.language];
    });
  expect(await look('anybody')).toEqual(['customer', 'french', 'en']);
  await mails.put('1', 'untold', 'service');
  // Erased since: nothing is left to show of them.
  await mails.put('2', 'gone', 'points');
  expect(await look('anybody')).toEqual(['customer', 'french', 'en']);
  await mails.put('3', 'untold', 'service');
  expect(await look('anybody')).toEqual(['mail', 'untold', 'en']);
  expect(await look({ customerId: 'french' })).toEqual(['customer', 'french', 'fr']);
  expect(await look('nobody')).toEqual(['sample', null, 'en']);
  const other = await insertShop(made.database, { platform: 'woocommerce' });
  expect(await look('anybody', other)).toEqual(['sample', null, 'en']);
});
