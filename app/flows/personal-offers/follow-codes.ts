import { randomBytes } from 'node:crypto';
import { readStandings, renewCode } from '#app/domains/codes/index.ts';
import { bookOrders, readGiven } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeKind } from './decide-waiting.ts';

/**
 * What codes of offers took off is booked, also where the offer was taken back meanwhile. Whoever lost a code to an order
 * that stands no more has a new one, where the offer still stands.
 * @param told.ids of grants
 */
export async function followOfferCodes(
  scope: ShopScope,
  { ids, orderIds, now }: { readonly ids: readonly string[]; readonly orderIds: readonly string[]; readonly now: Date },
): Promise<void> {
  await bookOrders(scope, orderIds);
  const given = new Set(await readGiven(scope, ids));
  for (const { source, lost } of await readStandings(scope, codeKind, ids))
    if (lost && given.has(source.id)) await renewCode(scope, source, { now, random: randomBytes });
}
