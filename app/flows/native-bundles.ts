import { isDeepStrictEqual } from 'node:util';
import { type BundlesToPublish, getBundleProducts, liveBundlesForPublication } from '#app/domains/bundles/index.ts';
import {
  type BundleDelivery,
  type Component,
  forgetDelivery,
  planDelivery,
  priceOfBundle,
  readDeliveries,
  saveProgress,
} from '#app/domains/deliveries/index.ts';
import { type BundleOffer, decodeDiscountConfigs, type DiscountConfig } from '#app/domains/incentives/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import { type BundleSupport, PlatformRefusal, type TransformPublication } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { writeGuardBeforeOffers } from './codes/write-code-guard.ts';
import { type ConnectedShop, findConnectedShop } from './connected-shop.ts';
import { deliverBundles, refreshBundles } from './jobs.ts';
import { withShopLock } from './shop-lock.ts';
import { keepsReserve } from './keeps-reserve.ts';
import { rulesOfShop } from './rules-of-shop.ts';

/** An amount may be any share of what the parts cost. */
const anyShare = 10_000;

/** The platform makes bundle products behind the scenes; how long to wait before asking how far it is. */
const pollMs = 2_000;

/**
 * Brings the store in line with how the merchant wants each bundle delivered: its product, its price, and the cart
 * transform. The discount goes on knowing every live bundle, so that whatever is not ready here is priced there.
 */
const deliver: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed' || !connected.capabilities.nativeBundles) return;
  const again = await withShopLock(services, 'deliver-bundles', shopId, async () => {
    const support = await rememberSupport(services, connected);
    const deliveries = await services.db.inShop(shopId, readDeliveries);
    if (deliveries.length === 0) return false;
    const pending = await deliverAll(services, connected, deliveries, support, signal);
    const after = await services.db.inShop(shopId, readDeliveries);
    // Product pages name the product that a bundle is sold as.
    if (shownOf(after) !== shownOf(deliveries)) await services.queue.enqueue(refreshBundles, { shopId });
    return pending;
  });
  // Null: another worker is at it, and may have read the choices before the last of them. A deduplication key would
  // be held by this very job.
  if (again !== false) await services.queue.enqueue(deliverBundles, { shopId }, { delayMs: pollMs });
};

export default deliver;

const shownOf = (deliveries: readonly BundleDelivery[]): string =>
  JSON.stringify(deliveries.map(({ bundleId, variantId, problem }) => [bundleId, variantId, problem]));

/** The bundle's page shows what the plan allows without asking the platform itself. */
async function rememberSupport(services: Services, { shop, ref, platform }: ConnectedShop): Promise<BundleSupport> {
  const support = await platform.readBundleSupport(ref);
  if (!isDeepStrictEqual(support, shop.platformState.bundleSupport))
    await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { bundleSupport: support }));
  return support;
}

interface Published {
  readonly merged: TransformPublication['merged'][number][];
  readonly native: TransformPublication['native'][number][];
  /** of each of them, what it costs less than its parts */
  readonly sold: { readonly bundleId: BundleDelivery['bundleId']; readonly soldBps: number }[];
}

/** @returns true while the platform has not finished a product */
async function deliverAll(
  services: Services,
  connected: ConnectedShop,
  deliveries: readonly BundleDelivery[],
  support: BundleSupport,
  signal: AbortSignal,
): Promise<boolean> {
  const live = await readLive(services, connected);
  const config = decodeDiscountConfigs(live.discount.configs);
  const published: Published = { merged: [], native: [], sold: [] };
  const surplus: BundleDelivery[] = [];
  let pending = false;
  for (const delivery of deliveries) {
    signal.throwIfAborted();
    if (delivery.delivery === 'discount') surplus.push(delivery);
    else if (await deliverOne(services, connected, delivery, config, support, published)) pending = true;
  }
  // Their prices are reduced already: codes leave that before the first of them is sold.
  await writeGuardBeforeOffers(services, connected);
  const { merged, native, sold } = published;
  await connected.platform.publishTransform(connected.ref, { configs: live.discount.configs, merged, native });
  await services.db.inShop(connected.ref.shopId, async (scope) => {
    for (const { bundleId, soldBps } of sold) await saveProgress(scope, bundleId, { soldBps });
  });
  // What they cost less before need not be left any more.
  await writeGuardBeforeOffers(services, connected);
  // Products that no cart may be turned into any more go last.
  for (const { bundleId, productId } of surplus) {
    if (productId !== null) await connected.platform.retireBundleProduct(connected.ref, productId, 'removed');
    await services.db.inShop(connected.ref.shopId, (scope) => forgetDelivery(scope, bundleId));
  }
  return pending;
}

function readLive(services: Services, { shop, ref, capabilities }: ConnectedShop): Promise<BundlesToPublish> {
  return services.db.inShop(ref.shopId, (scope) =>
    liveBundlesForPublication(scope, {
      now: services.clock.now(),
      currency: shop.currency,
      discountTitle: '',
      rules: rulesOfShop(shop, capabilities),
    }),
  );
}

async function deliverOne(
  services: Services,
  { shop, ref, platform }: ConnectedShop,
  delivery: BundleDelivery,
  config: DiscountConfig | null,
  support: BundleSupport,
  published: Published,
): Promise<boolean> {
  const save = (progress: Parameters<typeof saveProgress>[2]) =>
    services.db.inShop(ref.shopId, (scope) => saveProgress(scope, delivery.bundleId, progress));
  const hide = async () => {
    if (delivery.productId !== null) await platform.retireBundleProduct(ref, delivery.productId, 'hidden');
  };
  const offer = config?.bundles.find((bundle) => bundle.id === delivery.bundleId);
  if (!config || !offer) {
    // Paused, ended or deleted: nothing that is on sale may promise it.
    await hide();
    await save({ problem: null });
    return false;
  }
  const products = await services.db.inShop(ref.shopId, (scope) =>
    getBundleProducts(
      scope,
      offer.items.map((item) => item.productId),
    ),
  );
  const { rules } = config;
  const isTested = config.priceTests.tests.some(({ bundleId }) => bundleId === offer.id);
  const plan = planDelivery(
    delivery.delivery,
    offer,
    products,
    support,
    { ...rules, keepsReserve: keepsReserve(offer, products, rules) },
    isTested,
  );
  if (plan.delivery === 'discount' || offer.kind !== 'fixed') {
    await hide();
    await save({ problem: plan.delivery === 'discount' ? plan.problem : 'kind' });
    return false;
  }
  const soldBps = offer.discount.type === 'percentage' ? offer.discount.basisPoints : anyShare;
  try {
    // The store may take it although its answer is lost, and until it has taken it what it was told before stands.
    await save({ soldBps: Math.max(delivery.soldBps ?? 0, soldBps) });
    const state = await platform.publishBundleProduct(ref, {
      productId: delivery.productId,
      operation: delivery.operation,
      title: offer.title,
      sold: plan.delivery === 'native',
      currency: shop.currency,
      components: plan.components,
      ...priceOf(offer, plan.components, config, shop.currency),
    });
    if (state.status === 'pending') {
      await save({ operation: state.operation, productId: state.productId, problem: null });
      return true;
    }
    const { productId, variantId } = state;
    await save({ operation: null, productId, variantId, problem: null });
    const bundleId = delivery.bundleId;
    published.sold.push({ bundleId, soldBps });
    if (plan.delivery === 'merge') published.merged.push({ bundleId, variantId, imageUrl: plan.imageUrl });
    // Where the plan does not let us expand, Shopify does, at the same price.
    else if (support.expandLines)
      published.native.push({ bundleId, variantId, title: offer.title, components: plan.components });
    return false;
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error;
    await save({ operation: null, problem: 'refused' });
    return false;
  }
}

const priceOf = (offer: BundleOffer, components: readonly Component[], config: DiscountConfig, currency: string) =>
  priceOfBundle(offer, components, config.rules, config.costOf, currency);
