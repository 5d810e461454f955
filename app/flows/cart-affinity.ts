import {
  type CartCandidates,
  type CartServing,
  type ForVisitor,
  keepsOwned,
  type OwnedSurface,
  ownedNow,
  strongestOf,
  tasteOf,
} from '#app/domains/recommendations/index.ts';
import { findPersonsVisitors, mergeIdentity, readInterest, readInterestOfPerson } from '#app/domains/signals/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Who asks: the visitor's id is sent with consent only, the customer's is signed by the platform. */
export interface CartVisitor {
  readonly visitorId: string | null;
  readonly customerId: string | null;
}

/** Reads what is known of who asks, for the step after the cart's own answer. */
export interface VisitorReader {
  /**
   * @param candidates may still be on their way, what the visitor is after is read beside them
   * @param place whether what the customer has is left out there
   */
  read(
    shopId: ShopId,
    visitor: CartVisitor,
    candidates: Promise<CartCandidates>,
    place: OwnedSurface,
  ): Promise<ForVisitor>;
}

/** A login is noted once a day for each browser. */
const loginSeconds = 24 * 3600;

/** What a person is after by now, on all of their browsers. */
export async function interestOfPerson(
  services: Pick<Services, 'db' | 'cache' | 'clock'>,
  shopId: ShopId,
  visitorId: string,
): ReturnType<typeof readInterest> {
  return readInterest(services, shopId, await findPersonsVisitors(services.db, shopId, visitorId));
}

type Needs = Pick<Services, 'db' | 'cache' | 'clock' | 'log'>;

/** Interest of the visitor's browsers, and what the logged-in customer has and need not see again now. */
export function createVisitorReader(services: Needs, serving: CartServing): VisitorReader {
  const { db, cache, clock, log } = services;

  /** The platform says who is logged in, the browser which visitor it is: together they are one person. */
  async function noteLogin(shopId: ShopId, visitorId: string, customerId: string): Promise<void> {
    const key = `login:${shopId}:${visitorId}:${customerId}`;
    if ((await cache.increment(key, loginSeconds)) > 1) return;
    try {
      await db.inShop(shopId, (scope) => mergeIdentity(scope, { visitorId, customerId, by: 'login', at: clock.now() }));
    } catch (error) {
      // The next page says it again.
      await cache.delete(key);
      throw error;
    }
  }

  async function interestOf(
    shopId: ShopId,
    visitorId: string,
    candidates: Promise<CartCandidates>,
  ): Promise<Pick<ForVisitor, 'taste' | 'beside'>> {
    const interest = await readInterestOfPerson(services, shopId, visitorId);
    if (interest.products.length === 0 && interest.words.length === 0) return { taste: null };
    const strongest = strongestOf(interest);
    const ids = strongest.products.map(([id]) => id);
    const [cards, beside] = await Promise.all([
      serving.cards(shopId, ids),
      serving.besideViewed(shopId, strongest, candidates),
    ]);
    return { taste: tasteOf(interest, cards), beside };
  }

  async function ownedBy(
    shopId: ShopId,
    customerId: string | null,
    candidates: CartCandidates,
    place: OwnedSurface,
  ): Promise<ReadonlySet<string>> {
    if (customerId === null || keepsOwned(candidates.merchandising.settings, place)) return new Set();
    const offered = new Set(candidates.list.map((one) => one.productId));
    const bought = (await serving.purchases(shopId, customerId)).filter((one) => offered.has(one.productId));
    const rhythms = await serving.rhythms(
      shopId,
      bought.map((one) => one.productId),
    );
    return ownedNow(bought, rhythms, clock.now());
  }

  return {
    async read(shopId, { visitorId, customerId }, candidates, place) {
      if (visitorId !== null && customerId !== null)
        await noteLogin(shopId, visitorId, customerId).catch((error: unknown) => {
          log.warn({ err: error, shopId }, 'a login was not noted');
        });
      const [interest, owned] = await Promise.all([
        visitorId === null ? { taste: null } : interestOf(shopId, visitorId, candidates),
        candidates.then((found) => ownedBy(shopId, customerId, found, place)),
      ]);
      return { ...interest, owned };
    },
  };
}
