import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  cancelMails,
  joinMails,
  type MailRequest,
  readContacts,
  readMails,
  requestMails,
  savePreferences,
  upsertContacts,
} from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { customer, mailsOf } from './mails.ts';

const now = new Date('2026-11-20T12:00:00Z');
let made: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const ask = (id: string, to = 'c', url = 'https://shop.example/'): MailRequest => ({
  template: 'notifications.confirm',
  data: { url },
  source: { kind: 'order', id, purpose: 'thanks' },
  to: { customerId: to },
});
const states = async (ids: readonly string[]) =>
  (await inShop((scope) => readMails(scope, 'order', ids))).map(({ sourceId, state }) => `${sourceId} ${state}`);

test('many at once, each once: what is asked for again, in one call or the next, changes nothing', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => String(index));
  const first = await inShop((scope) =>
    requestMails(made.services, scope, [...ids.map((id) => ask(id)), ask('0'), ask('1')]),
  );
  const again = await inShop((scope) => requestMails(made.services, scope, [ask('7'), ask('new')]));
  expect([first.length, again]).toEqual([500, [{ kind: 'order', id: 'new', purpose: 'thanks' }]]);
});

test('what a transaction took back was never asked for', async () => {
  const torn = inShop(async (scope) => {
    await requestMails(made.services, scope, [ask('1')]);
    throw new Error('the order could not be booked');
  });
  await expect(torn).rejects.toThrow('booked');
  expect(await states(['1'])).toEqual([]);
});

test('data that do not fit the template are a mistake of whoever asks', async () => {
  const wrong = ask('1', 'c', 'no address');
  await expect(inShop((scope) => requestMails(made.services, scope, [wrong]))).rejects.toThrow('URL');
});

test('a mail can be taken back as long as it waits', async () => {
  await inShop((scope) => requestMails(made.services, scope, [ask('1'), ask('2')]));
  const cancel = () => inShop((scope) => cancelMails(scope, { sourceKind: 'order', sourceId: '1' }, now));
  expect([await cancel(), await cancel()]).toEqual([1, 0]);
  expect(await states(['1', '2'])).toEqual(['1 skipped', '2 waiting']);
});

test('an older word of the store never replaces a newer one', async () => {
  const later = { ...customer('c', 'subscribed', new Date(now.getTime() + 1_000)), email: 'new@example.com' };
  await inShop((scope) => upsertContacts(scope, made.services.secrets, [later]));
  await inShop((scope) => upsertContacts(scope, made.services.secrets, [customer('c', 'unknown', now)]));
  const [contact] = await inShop((scope) => readContacts(scope, made.services.secrets, { customerIds: ['c'] }));
  expect(contact).toMatchObject({ address: 'new@example.com', marketing: 'subscribed', firstName: 'Ada' });
});

test('two customers become one: mails go on, and what either did not want stays unwanted', async () => {
  const { hash } = mailsOf(made, () => shopId);
  await inShop(async (scope) => {
    await upsertContacts(scope, made.services.secrets, [customer('a', 'unknown', now), customer('b', 'unknown', now)]);
    await savePreferences(scope, hash('a@example.com'), { points: false, referrals: true }, now);
    await requestMails(made.services, scope, [ask('1', 'a')]);
    await joinMails(scope, 'a', 'b', now);
  });
  const found = await inShop(async ({ tx }) => ({
    mails: await tx.mail.findMany({ where: { shopId }, select: { customerId: true } }),
    wishes: await tx.mailPreference.findMany({
      where: { shopId, emailHash: hash('b@example.com') },
      select: { topic: true, allowed: true },
    }),
  }));
  expect(found).toEqual({ mails: [{ customerId: 'b' }], wishes: [{ topic: 'points', allowed: false }] });
});
