import { keysOf, nextToTell, noteTold, type ToldCustomer } from '#app/domains/access/index.ts';
import { noCodes, openCodesOf } from '#app/domains/codes/index.ts';
import { standingsOf, tierCodeKind } from '#app/domains/loyalty/index.ts';
import { invitationsOf } from '#app/domains/personal-offers/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { enqueueTelling } from './enqueue.ts';
import { enqueueOffers } from '../personal-offers/enqueue.ts';
import { withShopLock } from '../shop-lock.ts';

/** Customers that one look finds: comparing all of them takes longer than telling some. */
const foundAtOnce = 2_000;
/** Customers of one call, after which it is noted: as many as the platform's batches take well. */
const toldAtOnce = 100;

/**
 * Tells the store what changed for customers since it was told last, page by page; each page is noted when the store has
 * answered. Killed in between, one page is told again, which changes nothing.
 */
const tellCustomers: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const { db, clock } = services;
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed' || !connected.capabilities.exclusiveProducts) return;
  const { ref, platform } = connected;
  let invited = false;
  const done = await withShopLock(services, 'customers', shopId, async () => {
    for (let found = foundAtOnce; found === foundAtOnce;) {
      const next = await db.inShop(shopId, (scope) => {
        const sources = {
          standings: standingsOf(shopId),
          invitations: invitationsOf(shopId, clock.now()),
          codes: connected.capabilities.appliesTierCodes ? openCodesOf(shopId, tierCodeKind) : noCodes,
        };
        return nextToTell(scope, sources, foundAtOnce);
      });
      for (let at = 0; at < next.length; at += toldAtOnce) {
        signal.throwIfAborted();
        const page = next.slice(at, at + toldAtOnce);
        await platform.publishCustomers(ref, page.map(toPublication));
        await db.inShop(shopId, (scope) => noteTold(scope, page, clock.now()));
      }
      invited ||= next.some(({ offers }) => offers.length > 0);
      found = next.length;
    }
    return true;
  });
  // Whoever does it now may have looked before this change.
  if (done === null) return enqueueTelling(services, shopId);
  // Who may buy now is told so by mail.
  if (invited) await enqueueOffers(services, shopId);
};

export default tellCustomers;

const toPublication = (told: ToldCustomer) => ({
  customerId: told.customerId,
  points: told.points,
  figure: told.figure,
  keys: keysOf(told),
  code: told.code,
});
