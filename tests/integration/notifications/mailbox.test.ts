import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  findTemplate,
  languages,
  requestMails,
  type TemplateId,
  templates,
  topics,
  upsertContacts,
} from '#app/domains/notifications/index.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type Mailbox, startMailbox } from '#sandbox/mailbox/mailbox.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { customer } from './mails.ts';

const noon = new Date('2026-11-20T12:00:00Z');
let made: TestServices;
let mailbox: Mailbox;
let shopId: ShopId;
const arrived = new Map<string, Email>();

/** Every kind of mail to a reader of each language, over SMTP into the sandbox's mailbox. */
beforeAll(async () => {
  mailbox = await startMailbox({ port: 0, host: '127.0.0.1', folder: null, clock: () => noon });
  const url = `smtp://127.0.0.1:${String(mailbox.port)}`;
  made = await createTestServices({
    clock: { now: () => noon },
    env: { SMTP_URL: url, MAIL_FROM: 'mails@trellis.example' },
  });
  shopId = await insertShop(made.database);
  await made.services.db.inShop(shopId, async (scope) => {
    const data = { name: 'Blätter & Söhne', storefrontUrl: 'https://shop.example' };
    await scope.tx.shop.update({ where: { id: shopId }, data });
    const readers = all.map(([id, language]) => ({
      ...customer(`${id}.${language}`, 'subscribed', noon),
      locale: language,
    }));
    await upsertContacts(scope, made.services.secrets, readers);
    await requestMails(
      made.services,
      scope,
      all.map(([id, language]) => ({
        template: id as TemplateId,
        data: findTemplate(id)?.sample as never,
        source: { kind: 'test', id: `${id} ${language}`, purpose: '' },
        to: { customerId: `${id}.${language}` },
      })),
    );
  });
  const signal = new AbortController().signal;
  await sendMailsOfShop({ shopId }, { services: made.services, attempt: 1, lastAttempt: false, signal });
  for (const { id, to } of mailbox.list()) {
    const mail = await mailbox.read(id);
    if (mail) arrived.set(to.join(), mail);
  }
});
afterAll(async () => {
  await made.dispose();
  await mailbox.close();
});

const all = templates.flatMap(({ id }) => languages.map((language) => [id, language] as const));

test('every mail that was asked for arrived, and nothing else', () => {
  expect([...arrived.keys()].sort()).toEqual(all.map(([id, language]) => `${id}.${language}@example.com`).sort());
});

describe.each(all)('%s in %s', (id, language) => {
  const mail = (): Email => {
    const found = arrived.get(`${id}.${language}@example.com`);
    if (!found) throw new Error('it did not arrive');
    return found;
  };

  test('says all it has to, as a page and as text', () => {
    const { subject = '', html = '', text = '' } = mail();
    for (const part of [subject, html, text]) {
      expect(part).not.toBe('');
      // Names of values that were not filled in, and values that are none.
      expect(part).not.toMatch(/\{\w+\}|\bundefined\b|\bNaN\b|\[object|Invalid Date/);
    }
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`));
    expect(`${subject}${text}`).toContain('Blätter & Söhne');
    for (const [, address = ''] of html.matchAll(/(?:href|src)="([^"]*)"/g)) expect(address).toMatch(/^https?:\/\//);
  });

  test('can be stopped by one click where it may be stopped', () => {
    const { headers, html } = mail();
    const topic = topics[findTemplate(id)?.topic ?? 'service'];
    const [unsubscribe] = headers.flatMap(({ key, value }) => (key === 'list-unsubscribe' ? [value.slice(1, -1)] : []));
    expect(unsubscribe !== undefined).toBe(topic.optional);
    expect(headers.some(({ key }) => key === 'list-unsubscribe-post')).toBe(topic.optional);
    if (unsubscribe !== undefined) expect(html).toContain(unsubscribe);
  });
});
