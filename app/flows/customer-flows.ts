import { createHash } from 'node:crypto';
import { emptyDataFilesOf } from '#app/domains/activity/index.ts';
import { forgetTold } from '#app/domains/access/index.ts';
import { forgetCodesOf } from '#app/domains/codes/index.ts';
import { forgetArrivalsOf } from '#app/domains/completeness/index.ts';
import { eraseCustomer, forgetMerges, hashEmail } from '#app/domains/customers/index.ts';
import { deleteExposuresOf } from '#app/domains/experiments/index.ts';
import { customerSubject, emailKey, forgetKeysOf } from '#app/domains/identity/index.ts';
import { forgetPersonInDeliveries, type Step } from '#app/domains/inbox/index.ts';
import { forgetMailsOf } from '#app/domains/notifications/index.ts';
import { closeOwner, closeOwnerLater } from '#app/domains/ledger/index.ts';
import { deleteMembers } from '#app/domains/loyalty/index.ts';
import { anonymiseOrders, readVisitorsOf } from '#app/domains/orders/index.ts';
import { forgetOffersOf } from '#app/domains/personal-offers/index.ts';
import { deletePersonalLists } from '#app/domains/recommendations/index.ts';
import { forgetReferralsOf } from '#app/domains/referrals/index.ts';
import { forgetGuests, forgetScoresOf, readMailboxesOf, scoreGuests } from '#app/domains/segments/index.ts';
import { deleteIdentities, deleteSignalsOf, forgetInterest } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { EventOf } from '#app/platforms/platform.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { asOwner } from './customer-merged.ts';
import { forgetGoneCustomer } from './forget-customer-jobs.ts';
import { byWebhook, saveRecords } from './save-records.ts';
import { followCustomers } from './segments/follow-customers.ts';
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
          if (record) {
            await saveRecords(services, scope, [record], { ...byWebhook(shop), readAt });
            await followCustomers(services, scope, [id]);
          } else {
            await eraseCustomer(scope, id, null);
            await forgetMailsOf(scope, [id], null, readAt);
            await forgetKeysOf(scope, [customerSubject(id)], null);
            await forgetEarningsLater(services, scope, id);
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

/** Longer than the ledger waits before it closes the accounts of a customer who is gone. */
const goneMs = 8 * 24 * 3_600_000;

/**
 * @param personOf whom an event is about
 * @param earnings points, rewards, codes and friends: a customer whom the platform deleted may turn out to have become
 * another, as it does not say in which order it tells of the two
 */
export function customerErased<Event>(
  services: Services,
  personOf: (event: Event) => Person,
  earnings: 'now' | 'later' = 'now',
): Step<Event>[] {
  return [
    {
      name: 'erase',
      async write(scope, events) {
        for (const event of events) {
          const person = personOf(event);
          await forgetPerson(services, scope, person, earnings);
          if (earnings === 'later' && person.customerId !== null)
            await forgetEarningsLater(services, scope, person.customerId);
        }
      },
    },
  ];
}

/** The platform does not have a customer any more: it may still tell that they became another. */
export async function forgetGonePerson(services: Services, scope: ShopScope, customerId: string): Promise<void> {
  await forgetPerson(services, scope, { customerId, email: null, orderIds: [] }, 'later');
  await forgetEarningsLater(services, scope, customerId);
}

const forgetEarningsLater = ({ queue }: Pick<Services, 'queue'>, { shopId }: ShopScope, customerId: string) =>
  queue.enqueue(
    forgetGoneCustomer,
    { shopId, customerId },
    { delayMs: goneMs, deduplicationKey: `gone-${shopId}-${customerId}` },
  );

/**
 * A person is forgotten: by id, by the hash of the address, and on each order named. What they did as visitors
 * goes before the orders lose the mark that leads to it. Sums stay.
 */
export async function forgetPerson(
  services: Pick<Services, 'secrets' | 'cache' | 'clock'>,
  scope: ShopScope,
  person: Person,
  earnings: 'now' | 'later' = 'now',
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
  await forgetTold(scope, customerIds);
  const end = earnings === 'now' ? closeOwner : closeOwnerLater;
  for (const id of customerIds.toSorted()) await end(scope, asOwner(id), services.clock.now());
  await forgetMailsOf(scope, customerIds, emailHash, services.clock.now());
  if (earnings === 'now') {
    await forgetCodesOf(scope, customerIds);
    await forgetOffersOf(scope, customerIds);
    await deleteMembers(scope, customerIds);
    await forgetMerges(scope, customerIds);
    await forgetReferralsOf(scope, visitors, customerIds, services.clock.now());
  }
  const key = emailKey(services.secrets, person.email);
  const mailboxes = [...new Set([...(await readMailboxesOf(scope, person.orderIds)), ...(key ? [key.hash] : [])])];
  await forgetKeysOf(
    scope,
    [...customerIds.map(customerSubject), ...person.orderIds.map((id) => `o:${id}` as const)],
    key,
  );
  await forgetGuests(scope, mailboxes);
  await emptyDataFilesOf(scope, { customerIds, emailHash, orderIds: person.orderIds });
  await forgetPersonInDeliveries(scope, { customerIds, email: person.email });
  await anonymiseOrders(scope, customerIds, person.orderIds);
  // Where only some orders were named, the others are somebody's still.
  await scoreGuests(scope, mailboxes, services.clock.now());
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
          const { secrets } = services;
          const mailbox = emailKey(secrets, email)?.hash ?? null;
          const cursor = { requestId, customerId, emailHash: hashEmail(secrets, email), mailbox, orderIds };
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
