import { randomBytes } from 'node:crypto';
import { readStandings, renewCode } from '#app/domains/codes/index.ts';
import { bookOrders, readGiven, readUnbookedOrders, undoByOrders } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeKind } from './decide-waiting.ts';

/**
 * What codes of offers took off is booked, also where the offer was taken back meanwhile. Whoever lost a code to an order
 * that stands no more has a new one, where the offer still stands: not where the order has gone as well that it was for.
 * @param told.ids of grants
 */
export async function followOfferCodes(
  scope: ShopScope,
  { ids, orderIds, now }: { readonly ids: readonly string[]; readonly orderIds: readonly string[]; readonly now: Date },
): Promise<void> {
  await bookOrders(scope, orderIds);
  // While it was used it stood although the order had gone that it was for. The sweep takes it out of the store.
  await undoByOrders(scope, await readUnbookedOrders(scope, ids), now);
  const given = new Set(await readGiven(scope, ids));
  for (const { source, lost } of await readStandings(scope, codeKind, ids))
    if (lost && given.has(source.id)) await renewCode(scope, source, { now, random: randomBytes });
}
