import { createHash } from 'node:crypto';
import { emptyDataFilesOf } from '#app/domains/activity/index.ts';
import { forgetCodesOf } from '#app/domains/codes/index.ts';
import { forgetArrivalsOf } from '#app/domains/completeness/index.ts';
import { eraseCustomer, hashEmail } from '#app/domains/customers/index.ts';
import { deleteExposuresOf } from '#app/domains/experiments/index.ts';
import { customerSubject, emailKey, forgetKeysOf } from '#app/domains/identity/index.ts';
import { forgetPersonInDeliveries, type Step } from '#app/domains/inbox/index.ts';
import { forgetMailsOf, joinMails } from '#app/domains/notifications/index.ts';
import { closeOwner, closeOwnerLater, joinOwners } from '#app/domains/ledger/index.ts';
import { deleteMembers } from '#app/domains/loyalty/index.ts';
import { anonymiseOrders, readVisitorsOf } from '#app/domains/orders/index.ts';
import { deletePersonalLists } from '#app/domains/recommendations/index.ts';
import { forgetReferralsOf } from '#app/domains/referrals/index.ts';
import { forgetScoresOf } from '#app/domains/segments/index.ts';
import { deleteIdentities, deleteSignalsOf, forgetInterest } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { EventOf } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { byWebhook, saveRecords } from './save-records.ts';
import { startRun } from './start-run.ts';

export function customerChanged(
  services: Services,
  { ref, platform, shop }: ConnectedShop,
): Step<EventOf<'customer-changed'>>[] {
  return [
    {
      name: 'customers',
      subject: ({ id }) => id,
      async run(id) {
        const readAt = services.clock.now();
        const record = await platform.readOne(ref, 'customers', id);
        await services.db.inShop(ref.shopId, async (scope) => {
          if (record) await saveRecords(services, scope, [record], { ...byWebhook(shop), readAt });
          else {
            await eraseCustomer(scope, id, null);
            await forgetMailsOf(scope, [id], null, readAt);
          }
        });
      },
    },
  ];
}

/** A person as the platform names one who has rights over their data. */
export interface Person {
  readonly customerId: string | null;
  readonly email: string | null;
  readonly orderIds: readonly string[];
}

/**
 * @param personOf whom an event is about
 * @param accounts of the ledger: a customer whom the platform deleted may turn out to have become another
 */
export function customerErased<Event>(
  services: Services,
  personOf: (event: Event) => Person,
  accounts: 'close' | 'close-later' = 'close',
): Step<Event>[] {
  return [
    {
      name: 'erase',
      async write(scope, events) {
        for (const event of events) await forgetPerson(services, scope, personOf(event), accounts);
      },
    },
  ];
}

/** Two customers became one: what the first had goes on with the second. */
export function customerMerged({ clock }: Services): Step<EventOf<'customer-merged'>>[] {
  return [
    {
      name: 'ledger',
      async write(scope, events) {
        for (const { id, from } of events) {
          const [into, at] = [asOwner(id), clock.now()];
          const source = { kind: 'customer-merge', id: `${from}-${id}` };
          const { code } = await joinOwners(scope, { from: asOwner(from), into, source, at });
          // Its redemption ends before long; the event is tried again.
          if (code === 'held') throw new Error('something is set aside for a redemption under way');
        }
      },
    },
    {
      name: 'mails',
      async write(scope, events) {
        for (const { id, from } of events) await joinMails(scope, from, id, clock.now());
      },
    },
  ];
}

const asOwner = (ownerId: string) => ({ ownerKind: 'customer', ownerId });

/**
 * A person is forgotten: by id, by the hash of the address, and on each order named. What they did as visitors
 * goes before the orders lose the mark that leads to it. Sums stay.
 */
export async function forgetPerson(
  services: Pick<Services, 'secrets' | 'cache' | 'clock'>,
  scope: ShopScope,
  person: Person,
  accounts: 'close' | 'close-later' = 'close',
): Promise<void> {
  const emailHash = hashEmail(services.secrets, person.email);
  const found = await eraseCustomer(scope, person.customerId, emailHash);
  const customerIds = [...new Set([...found, ...(person.customerId === null ? [] : [person.customerId])])];
  const named = await readVisitorsOf(scope, customerIds, person.orderIds);
  const visitors = [...new Set([...named, ...(await deleteIdentities(scope, named, customerIds))])];
  await deleteSignalsOf(scope, visitors);
  await forgetInterest(services.cache, scope.shopId, visitors);
  await deleteExposuresOf(scope, visitors);
  await deletePersonalLists(scope, customerIds);
  await forgetArrivalsOf(scope, customerIds);
  await forgetScoresOf(scope, customerIds);
  await forgetCodesOf(scope, customerIds);
  const end = accounts === 'close' ? closeOwner : closeOwnerLater;
  for (const id of customerIds.toSorted()) await end(scope, asOwner(id), services.clock.now());
  await deleteMembers(scope, customerIds);
  await forgetMailsOf(scope, customerIds, emailHash, services.clock.now());
  await forgetReferralsOf(scope, visitors, customerIds, services.clock.now());
  await forgetKeysOf(
    scope,
    [...customerIds.map(customerSubject), ...person.orderIds.map((id) => `o:${id}` as const)],
    emailKey(services.secrets, person.email),
  );
  await emptyDataFilesOf(scope, { customerIds, emailHash, orderIds: person.orderIds });
  await forgetPersonInDeliveries(scope, { customerIds, email: person.email });
  await anonymiseOrders(scope, customerIds, person.orderIds);
}

/** A person asks what is kept of them: a run gathers it, once for each delivery, and the merchant finds the file there. */
export function customerDataRequested(
  services: Services,
  { ref }: ConnectedShop,
): Step<EventOf<'customer-data-requested'>>[] {
  return [
    {
      name: 'collect',
      subject: (_request, key) => key,
      async run(key, requests) {
        for (const { customerId, email, orderIds, requestId } of requests) {
          const cursor = { requestId, customerId, emailHash: hashEmail(services.secrets, email), orderIds };
          await startRun(services, ref.shopId, 'data-request', cursor, uuidOf(`${ref.shopId} ${key}`));
        }
      },
    },
  ];
}

/** A UUID (version 8) that is always the same for the same text. */
function uuidOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
