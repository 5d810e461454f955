import { readBuyersOf, refreshMembers, scoreBuyers } from '#app/domains/segments/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { segmentFacts } from './facts.ts';

/** Customers come into and leave the merchant's own segments by what is known of them now. */
export const followCustomers = (
  { clock }: Pick<Services, 'clock'>,
  scope: ShopScope,
  customerIds: readonly string[],
): Promise<void> => refreshMembers(scope, customerIds, async () => segmentFacts(await readShop(scope), clock.now()));

/** The same for the customers whose these orders are. */
export async function followOrders(
  services: Pick<Services, 'clock'>,
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<void> {
  await followCustomers(services, scope, (await readBuyersOf(scope, orderIds)).customers);
}

/**
 * Runs what writes or deletes orders; buyers who lost one by it, to another buyer or for good, move to the group that the
 * rest makes.
 */
export async function followLosers(
  services: Pick<Services, 'clock'>,
  scope: ShopScope,
  orderIds: readonly string[],
  write: () => Promise<unknown>,
): Promise<void> {
  const before = await readBuyersOf(scope, orderIds);
  await write();
  if (before.customers.length + before.guests.length === 0) return;
  const after = await readBuyersOf(scope, orderIds);
  const customers = before.customers.filter((id) => !after.customers.includes(id));
  const guests = before.guests.filter((mailbox) => !after.guests.includes(mailbox));
  await scoreBuyers(scope, { customers, guests }, services.clock.now());
  await followCustomers(services, scope, customers);
}
