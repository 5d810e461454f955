import { insertMails, listMails, sealing, upsertContacts } from '#app/domains/notifications/index.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestServices } from '#tests/setup/services.ts';

/** A customer as a store tells of one. */
export const customer = (id: string, marketing: 'subscribed' | 'unsubscribed' | 'unknown', at: Date) => ({
  id,
  email: `${id}@example.com`,
  locale: 'de-AT',
  tags: [],
  createdAt: at,
  updatedAt: at,
  contact: { firstName: 'Ada', marketing, timeZone: 'Europe/Berlin' },
});

/** What tests do with the mails of a shop. */
export function mailsOf(made: TestServices, shopId: () => ShopId) {
  const { db, secrets, clock } = made.services;
  return {
    hash: (address: string) => hashEmail(secrets, address) ?? '',
    /** customers who want mails */
    subscribe(...ids: readonly string[]) {
      const contacts = ids.map((id) => customer(id, 'subscribed', clock.now()));
      return db.inShop(shopId(), (scope) => upsertContacts(scope, secrets, contacts));
    },
    /** a mail of any topic: its row as `requestMails` would have written it */
    put: (id: string, customerId: string | null, topic: string, data: unknown = { url: 'https://shop.example/' }) =>
      db.inShop(shopId(), (scope) =>
        insertMails(scope, [
          {
            template: 'notifications.test',
            topic,
            sourceKind: 'test',
            sourceId: id,
            purpose: '',
            customerId,
            emailHash: null,
            toSealed: null,
            dataSealed: sealing(secrets, shopId()).seal(data),
            requestedAt: clock.now(),
            dueAt: clock.now(),
            expiresAt: new Date(clock.now().getTime() + 8 * 86_400_000),
          },
        ]),
      ),
    /** each mail's source with what became of it, oldest first */
    log: async () => {
      const rows = await db.inShop(shopId(), (scope) =>
        listMails(scope, { state: null, template: null, to: null, before: null, limit: 100 }),
      );
      return rows
        .toReversed()
        .map(({ sourceId, state, reason }) => `${sourceId} ${state}${reason === null ? '' : ` ${reason}`}`);
    },
  };
}
