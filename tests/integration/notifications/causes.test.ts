import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertMails, savePreferences, sealing, upsertContacts } from '#app/domains/notifications/index.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { readMailLog } from '#app/flows/mail-log.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { causeSentence, reasonSentence } from '#app/routes/emails/mail-words.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { customer } from './mails.ts';

const now = new Date('2026-11-20T12:00:00Z');
const earlier = new Date('2026-10-02T12:00:00Z');
let made: TestServices;
let server: TestMailServer;
beforeAll(async () => {
  server = await startMailServer();
  made = await createTestServices({
    clock: { now: () => now },
    env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example' },
  });
});
afterAll(async () => {
  await made.dispose();
  await server.stop();
});

it('the log says of each mail what it was for, and whose word marketing rested on', async () => {
  const { services } = made;
  const shopId = await insertShop(made.database, { timeZone: 'UTC' });
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.db.inShop(shopId, work);
  const hash = (id: string) => customer(id, 'unknown', now).email;
  const offerId = '0b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d11';
  const grantId = '1b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d12';
  const redemptionId = '2b3d1c52-7a5e-4a57-9d8e-0c1f4c0a9d13';
  await inShop(async (scope) => {
    await upsertContacts(scope, services.secrets, [
      customer('store', 'subscribed', earlier),
      customer('person', 'unknown', earlier),
    ]);
    const [row] = await scope.tx.mailContact.findMany({ where: { shopId, customerId: 'person' } });
    await savePreferences(scope, row?.emailHash ?? hash('person'), { offers: true }, earlier);
    await upsertOrders(scope, [platformOrder({ id: '55', name: '#1055', customerId: 'store', placedAt: now })]);
    await scope.tx.personalOffer.create({
      data: { shopId, id: offerId, title: 'Come back', terms: {}, salt: 's', createdAt: now, updatedAt: now },
    });
    await scope.tx.personalOfferGrant.create({
      data: { shopId, id: grantId, offerId, customerId: 'store', occurrence: 'present', enteredAt: now },
    });
    await scope.tx.loyaltyRedemption.create({
      data: {
        ...{ shopId, id: redemptionId, customerId: 'store', rewardId: 'r', version: 1, kind: 'amount' },
        ...{ title: '5 € off', points: 500, createdAt: now },
      },
    });
    const mail = (sourceKind: string, sourceId: string, purpose: string, customerId: string, topic: string) => ({
      ...{ template: 'notifications.test', topic, sourceKind, sourceId, purpose, customerId },
      ...{
        emailHash: null,
        toSealed: null,
        dataSealed: sealing(services.secrets, shopId).seal({ url: 'https://shop.example/' }),
      },
      ...{ requestedAt: now, dueAt: now, expiresAt: new Date(now.getTime() + 86_400_000) },
    });
    await insertMails(scope, [
      mail('personal-offer', grantId, '', 'store', 'offers'),
      mail('something', '1', '', 'person', 'offers'),
      mail('loyalty-reward', redemptionId, '', 'store', 'service'),
      mail('loyalty-expiry', 'store:2026-12-01', '7', 'store', 'points'),
      mail('referral', '55', 'given', 'store', 'referrals'),
    ]);
  });
  await sendMailsOfShop({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
  const said = async () => {
    const ask = { search: '', state: null, template: null, before: null, limit: 10 };
    const rows = await inShop((scope) => readMailLog(services, scope, ask));
    return new Map(rows.map((mail) => [mail.source.kind, `${causeSentence(mail)} ${reasonSentence(mail, 'UTC')}`]));
  };
  const log = await said();
  expect(log.get('personal-offer')).toMatch(
    /^For the personal offer “Come back” \(given as 1b3d.*\)\. Marketing: your store has the customer as subscribed, as it said of the record of .*2.*2026/,
  );
  expect(log.get('something')).toMatch(
    /^For something 1\. Marketing: the customer agreed by a click in an e-mail on .*2026/,
  );
  expect(log.get('loyalty-reward')).toMatch(
    /^For the reward “5 € off” that the customer redeemed \(2b3d.*\)\. It answers/,
  );
  expect(log.get('loyalty-expiry')).toMatch(/^For points that end on Dec 1, 2026, 7 days before\. It tells of/);
  expect(log.get('referral')).toMatch(/^For the friend’s order #1055 \(55\): the reward is there\. It tells of/);
  // What is kept of a mail about points names its customer no more.
  await inShop((scope) => forgetPerson(services, scope, { customerId: 'store', email: null, orderIds: [] }));
  const kept = await inShop(({ tx }) => tx.mail.findMany({ where: { shopId, sourceKind: 'loyalty-expiry' } }));
  expect(kept.map(({ sourceId }) => sourceId)).toEqual([expect.stringMatching(/^erased-\d+$/)]);
});
