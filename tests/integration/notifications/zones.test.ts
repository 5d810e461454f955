import { afterAll, beforeAll, expect, test } from 'vitest';
import { upsertContacts } from '#app/domains/notifications/index.ts';
import { readLatestCountries, upsertOrders } from '#app/domains/orders/index.ts';
import sendMailsOfShop from '#app/flows/send-mails.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { orderOf } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { startMailServer, type TestMailServer } from '#tests/setup/smtp.ts';
import { customer, mailsOf } from './mails.ts';

/** Noon in London, nine in the evening in Tokyo, four in the morning in Los Angeles. */
const start = new Date('2026-11-20T12:00:00Z');
let made: TestServices;
let server: TestMailServer;
let shopId: ShopId;

beforeAll(async () => {
  server = await startMailServer();
  const clock = { now: () => start };
  made = await createTestServices({ clock, env: { SMTP_URL: server.url, MAIL_FROM: 'mails@trellis.example' } });
  shopId = await insertShop(made.database, { timeZone: 'Europe/London' });
});
afterAll(async () => {
  await made.dispose();
  await server.stop();
});

/** Who, the zone that the store tells, and the countries of their orders, the latest last. */
const people: [who: string, told: string | null, countries: (string | null)[]][] = [
  ['told', 'Asia/Tokyo', ['GB']],
  ['told otherwise', 'Europe/London', ['JP']],
  ['ordered from', null, ['GB', 'JP']],
  ['moved back', null, ['JP', 'GB']],
  ['latest without', null, ['JP', null]],
  ['many zones', null, ['JP', 'US']],
  ['never', null, []],
];

test('quiet hours are where the customer lives, by the store or by the country of the latest order, else the shop’s', async () => {
  const mails = mailsOf(made, () => shopId);
  await made.services.db.inShop(shopId, async (scope) => {
    await upsertContacts(
      scope,
      made.services.secrets,
      people.map(([who, timeZone], index) => {
        const one = customer(`c${String(index)}`, 'subscribed', start);
        return { ...one, contact: { ...one.contact, firstName: who, timeZone } };
      }),
    );
    const orders = people.flatMap(([, , countries], index) =>
      countries.map((country, at) => ({
        ...orderOf(`${String(index)}-${String(at)}`, 1_000, {
          placedAt: new Date(start.getTime() - (9 - at) * 86_400_000),
        }),
        customerId: `c${String(index)}`,
        buyer: { email: null, phone: null, country, addresses: [], payer: null },
      })),
    );
    // The latest counts, in whatever order the store tells of them.
    await upsertOrders(scope, orders.toReversed());
    expect(await readLatestCountries(scope, ['c2', 'c3', 'c4', 'c5', 'c6'])).toEqual(
      new Map([
        ['c2', 'JP'],
        ['c3', 'GB'],
        ['c4', 'JP'],
        ['c5', 'US'],
      ]),
    );
    expect(await readLatestCountries(scope, [])).toEqual(new Map());
  });
  for (const [index, [who]] of people.entries()) await mails.put(who, `c${String(index)}`, 'points');
  await sendMailsOfShop(
    { shopId },
    { services: made.services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
  expect(await mails.log()).toEqual([
    'told waiting quiet-hours',
    'told otherwise sent',
    'ordered from waiting quiet-hours',
    'moved back sent',
    'latest without waiting quiet-hours',
    'many zones sent',
    'never sent',
  ]);
});
