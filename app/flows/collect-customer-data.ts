import { z } from 'zod';
import { performRun } from '#app/domains/activity/index.ts';
import { readTold } from '#app/domains/access/index.ts';
import { readCodesOfCustomers, readGiftsOfCustomers } from '#app/domains/codes/index.ts';
import { findCustomers } from '#app/domains/customers/index.ts';
import { readExposuresOf } from '#app/domains/experiments/index.ts';
import { countKeysOf, customerSubject } from '#app/domains/identity/index.ts';
import { listDeliveriesNaming } from '#app/domains/inbox/index.ts';
import { readMovementsOf } from '#app/domains/ledger/index.ts';
import { readMailsOf } from '#app/domains/notifications/index.ts';
import { readMembersData } from '#app/domains/loyalty/index.ts';
import { readOrdersOf } from '#app/domains/orders/index.ts';
import { readOffersOf } from '#app/domains/personal-offers/index.ts';
import { readPersonalLists } from '#app/domains/recommendations/index.ts';
import { readBindingsOf, readReferralsOf } from '#app/domains/referrals/index.ts';
import { readGuestScoresOf, readMailboxesOf, readScoresOf } from '#app/domains/segments/index.ts';
import { readSignalsOf, readVisitorsOfCustomers } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

const requestSchema = z.object({
  requestId: z.string().default(''),
  customerId: z.string().nullable().default(null),
  emailHash: z.string().nullable().default(null),
  /** key of the address, as of orders that name no account */
  mailbox: z.string().nullable().default(null),
  orderIds: z.array(z.string()).default([]),
});

type DataRequest = z.output<typeof requestSchema>;

/** Gathers what is kept of a person as a file that the merchant hands on. Works for shops that have uninstalled, too. */
const collectCustomerData: JobHandler<{ shopId: ShopId; runId: string }> = async (
  ids,
  { services, lastAttempt, signal },
) => {
  await performRun(services, ids, { lastAttempt, signal }, async (run) => {
    const request = requestSchema.parse(run.cursor);
    const document = await services.db.inShop(ids.shopId, (scope) => collect(services, scope, request), {
      timeoutMs: 120_000,
    });
    const { customers, orders, visits, recommendations } = document;
    const suggestions = recommendations.flatMap((list) => list.suggestions).length;
    return {
      customers: customers.length,
      orders: orders.length,
      signals: visits.signals.length,
      suggestions,
      document,
    };
  });
};

export default collectCustomerData;

/** Matched by the customer's id, by the hash of the address and by the orders that the request names. */
async function collect(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  { requestId, customerId, emailHash, mailbox, orderIds }: DataRequest,
) {
  const customers = await findCustomers(scope, customerId, emailHash);
  const customerIds = [
    ...new Set([...(customerId === null ? [] : [customerId]), ...customers.map((customer) => customer.id)]),
  ];
  const orders = await readOrdersOf(scope, customerIds, orderIds);
  const named = orders.flatMap((order) => (order.visitorId === null ? [] : [order.visitorId]));
  const mailboxes = [...(await readMailboxesOf(scope, orderIds)), ...(mailbox === null ? [] : [mailbox])];
  const visitorIds = [...new Set([...named, ...(await readVisitorsOfCustomers(scope, customerIds))])];
  return {
    request: { id: requestId, customerId, orderIds },
    customers,
    orders,
    visits: {
      visitorIds,
      signals: await readSignalsOf(scope, visitorIds),
      experiments: await readExposuresOf(scope, visitorIds),
    },
    recommendations: await readPersonalLists(scope, customerIds),
    identity: await countKeysOf(scope, customerIds.map(customerSubject)),
    referrals: await readReferralsOf(scope, customerIds),
    cameByLinks: await readBindingsOf(scope, visitorIds, customerIds),
    segments: { ...(await readScoresOf(scope, customerIds)), guests: await readGuestScoresOf(scope, mailboxes) },
    codes: await readCodesOfCustomers(scope, customerIds),
    gifts: await readGiftsOfCustomers(scope, customerIds),
    ledger: await readMovementsOf(scope, 'customer', customerIds),
    offers: await readOffersOf(scope, customerIds),
    loyalty: await readMembersData(scope, customerIds),
    toldToStore: await readTold(scope, customerIds),
    mails: await readMailsOf(scope, secrets, customerIds, emailHash),
    messages: await listDeliveriesNaming(scope, { customerIds, email: null }),
  };
}
