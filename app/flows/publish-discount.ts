import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type BundlesToPublish,
  foreignBundles,
  keepFoundGroups,
  liveBundlesForPublication,
  noteAtCheckout,
  noteCurrency,
  notePublishing,
} from '#app/domains/bundles/index.ts';
import {
  lockExperiments,
  readPriceTests,
  readShopExperiments,
  type ShopExperiments,
  stopForeignTests,
} from '#app/domains/experiments/index.ts';
import {
  areAllTried,
  type IncentiveRules,
  type MostOffGoods,
  mostOff,
  type OwnCodes,
} from '#app/domains/incentives/index.ts';
import { noteOffersChanged } from '#app/domains/recommendations/index.ts';
import { mergePlatformState, type PlatformState, readShop, type Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import { writeGuardBeforeOffers } from './codes/write-code-guard.ts';
import { leftBy, leftMeanwhile, type LeftToOwnCodes, readOwnCodesOfShop } from './codes/own-codes.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { deliverBundles } from './jobs.ts';
import { rulesOfShop } from './rules-of-shop.ts';
import { withShopLockSoon } from './shop-lock.ts';

export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

/**
 * Stands for what is being written. Without it a store that has taken a change whose answer was lost would keep it
 * for good where the change is taken back meanwhile: what is wanted then is what we believe to stand there.
 */
export const beingWritten = 'being-written';

export interface PublishedDiscount {
  readonly live: BundlesToPublish;
  readonly experiments: ShopExperiments;
}

/** Makes the store's discount say what the shop's offers are now, where it says something else. */
export const publishDiscount = (services: Services, connected: ConnectedShop): Promise<PublishedDiscount> =>
  oneAtATime(services, connected, () => publishLocked(services, connected));

/** A publication of another worker takes seconds. */
const patienceMs = 30_000;
const busyMs = 5_000;

/** What was read earlier must not be written later: publications of a shop's discount wait for each other. */
export async function oneAtATime<T>(
  services: Services,
  { ref }: Pick<ConnectedShop, 'ref'>,
  work: () => Promise<T>,
): Promise<T> {
  const done = await withShopLockSoon(services, 'discount', ref.shopId, patienceMs, work);
  if (done === null) throw new PlatformUnavailable('another worker publishes the discount', busyMs);
  return done;
}

/** The same for whoever keeps others from it. */
export async function publishLocked(services: Services, connected: ConnectedShop): Promise<PublishedDiscount> {
  const { ref, platform, capabilities } = connected;
  const { shop, rules, ownCodes, most, live, experiments } = await readAtOnce(services, connected);
  const note = (change: PlatformState) => services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, change));
  const { platformState } = shop;
  const digest = digestOf(live.discount);
  const { discountDigest, leftOut = [] } = platformState.bundlesTried ?? {};
  if (digest !== discountDigest || !isDeepStrictEqual(leftOut, live.leftOut)) {
    const all = areAllTried(live.offers, rules);
    await note({ bundlesTried: { discountDigest: digest, all, leftOut: [...live.leftOut] } });
  }
  const left = leftBy(live.offers, ownCodes);
  // Elsewhere software of ours in the store knows the codes and what comes off.
  const isFunction = capabilities.discountEngine === 'function';
  let changed = false;
  if (capabilities.discountEngine !== 'none' && digest !== platformState.discountDigest) {
    if (isFunction)
      await services.db.inShop(ref.shopId, async (scope) => {
        await notePublishing(scope, most);
        await mergePlatformState(scope, { leftToOwnCodes: leftMeanwhile(platformState, left) });
      });
    await writeGuardBeforeOffers(services, { ...connected, shop });
    await note({ discountDigest: beingWritten });
    const { discountId } = await platform.publishDiscount(ref, live.discount);
    changed = await services.db.inShop(ref.shopId, async (scope) => {
      await mergePlatformState(scope, { discountId, discountDigest: digest });
      return isFunction && noteTaken(scope, { left, most });
    });
    // Lines and products that stand beside the discount carry its prices. Not deduplicated: a job that runs already
    // may have read the bundles before this change.
    if (capabilities.nativeBundles) await services.queue.enqueue(deliverBundles, { shopId: ref.shopId });
  } else if (isFunction) changed = await services.db.inShop(ref.shopId, (scope) => noteTaken(scope, { left, most }));
  const forgotten = await forgetReduced(services, connected, live);
  // Codes need not leave any more what it took off before.
  if (changed || forgotten) await writeGuardBeforeOffers(services, { ...connected, shop });
  return { live, experiments };
}

/** The store's checkout gives exactly this. True if codes were to leave something else until now. */
async function noteTaken(
  scope: ShopScope,
  { left, most }: { readonly left: LeftToOwnCodes; readonly most: MostOffGoods },
): Promise<boolean> {
  const { platformState } = await readShop(scope);
  if (!isDeepStrictEqual(left, platformState.leftToOwnCodes)) await mergePlatformState(scope, { leftToOwnCodes: left });
  return noteAtCheckout(scope, most);
}

interface Read extends PublishedDiscount {
  readonly shop: Shop;
  readonly rules: IncentiveRules;
  /** what codes of ours take off goods at most */
  readonly ownCodes: OwnCodes;
  /** what the live offers take off them at most */
  readonly most: MostOffGoods;
}

/**
 * What is live and what is measured, as of one moment: a test that starts while pages are written must not be
 * announced before the pages know its versions. Who starts one or changes a price waits for the few milliseconds.
 */
function readAtOnce(services: Services, { ref, capabilities }: ConnectedShop): Promise<Read> {
  const now = services.clock.now();
  return services.db.inShop(ref.shopId, async (scope) => {
    await lockExperiments(scope);
    const shop = await readShop(scope);
    const { currency } = shop;
    await noteCurrency(scope, currency);
    const ownCodes = await readOwnCodesOfShop(scope, shop, capabilities, now);
    const rules = { ...rulesOfShop(shop, capabilities), ownCodes };
    const context = { now, currency, rules, discountTitle: 'Trellis bundles' };
    // Before anything is read: a version in another currency must not be announced, nor charged.
    const foreign = await foreignBundles(scope, currency);
    await stopForeignTests(scope, { ...context, bundles: foreign.map(({ id }) => id) });
    const live = await liveBundlesForPublication(scope, context);
    // What the checkout still reduces stays known until it has taken this: codes must leave its part.
    await keepProductsOfOffers(scope, live.foundOrKept, now);
    const most = mostOff(live.offers, await readPriceTests(scope));
    return { shop, rules, ownCodes, most, live, experiments: await readShopExperiments(scope) };
  });
}

async function keepProductsOfOffers(scope: ShopScope, found: BundlesToPublish['found'], now: Date): Promise<boolean> {
  const changed = await keepFoundGroups(scope, found);
  // Suggestions name an offer where it takes something off.
  if (changed) await noteOffersChanged(scope, now);
  return changed;
}

/** Now that the checkout has taken it, what it reduced before is forgotten. True if it reduced anything else. */
async function forgetReduced(services: Services, { ref }: ConnectedShop, live: BundlesToPublish): Promise<boolean> {
  if (isDeepStrictEqual(live.found, live.foundOrKept)) return false;
  return services.db.inShop(ref.shopId, async (scope) => {
    await lockExperiments(scope);
    return keepProductsOfOffers(scope, live.found, services.clock.now());
  });
}
