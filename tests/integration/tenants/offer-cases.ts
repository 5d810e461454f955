import { randomUUID } from 'node:crypto';
import { enter, insertOffer, lockOffers, offerTemplates, updateOffer } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type RouteCase, shopQuery } from './route-case.ts';
import type { Ids } from './ids.ts';

const { terms } = offerTemplates['second-order'];

/** A live offer whose trigger the customer has met. Returns its id. */
export async function seedOffer(scope: ShopScope, customerId: string, word: string, now: Date): Promise<string> {
  const id = randomUUID();
  await lockOffers(scope);
  await insertOffer(scope, { id, title: `Offer ${word}`, terms, salt: word }, now);
  await updateOffer(scope, { id, revision: 1 }, { status: 'live', liveFrom: now }, now);
  await enter(scope, [{ offerId: id, customerId, occurrence: `order:${word}`, productId: null }], now);
  return id;
}

const offer = (ids: Ids) => ({ path: `/personal-offers/${ids.offer}?${shopQuery(ids)}`, params: { id: ids.offer } });

/** The pages of personal offers. */
export const offerCases: Readonly<Record<string, RouteCase>> = {
  'personal-offers._index loader': { calls: (ids) => [{ path: `/personal-offers?${shopQuery(ids)}` }], own: 'shows' },
  'personal-offers._index action': {
    calls: (ids) => [{ path: `/personal-offers?${shopQuery(ids)}`, json: { most: 7, days: 70, shopId: ids.shopId } }],
    own: 'changes',
  },
  'personal-offers.$id loader': { calls: (ids) => [offer(ids)], own: 'shows' },
  'personal-offers.$id action': {
    calls: (ids) => [
      { ...offer(ids), json: { title: 'Changed from outside', terms, revision: 2, shopId: ids.shopId } },
      { ...offer(ids), json: { look: terms } },
      { ...offer(ids), json: { look: { ...terms, among: [ids.segment] } } },
      ...['pause', 'end', 'take-back', 'start'].map((intent) => ({ ...offer(ids), json: { intent } })),
    ],
    own: 'changes',
  },
  'personal-offers.why loader': {
    calls: (ids) => [
      { path: `/personal-offers/why?offer=${ids.offer}&customer=${ids.customer}&${shopQuery(ids)}` },
      { path: `/personal-offers/why?${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
};
