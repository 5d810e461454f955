import { randomBytes } from 'node:crypto';
import { readStandings, renewCode } from '#app/domains/codes/index.ts';
import { readGiven } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeKind } from './decide-waiting.ts';

/**
 * Whoever lost the code of an offer to an order that stands no more has a new one, where the offer still stands. What codes
 * took off is booked by the orders themselves, also of an offer that was taken back meanwhile.
 * @param ids of grants
 */
export async function followOfferCodes(scope: ShopScope, ids: readonly string[], now: Date): Promise<void> {
  const given = new Set(await readGiven(scope, ids));
  for (const { source, lost } of await readStandings(scope, codeKind, ids))
    if (lost && given.has(source.id)) await renewCode(scope, source, { now, random: randomBytes });
}
