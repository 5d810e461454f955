import { keyOf } from '#app/domains/access/index.ts';
import type { BundlesToPublish } from '#app/domains/bundles/index.ts';
import { readDeliveries } from '#app/domains/deliveries/index.ts';
import { forPages, type ShopExperiments } from '#app/domains/experiments/index.ts';
import { readEarnRule, readShownProgramme } from '#app/domains/loyalty/index.ts';
import {
  listsForPublication,
  markPublished,
  printedKeepingOwned,
  readMerchandising,
  readSuggestions,
} from '#app/domains/recommendations/index.ts';
import { mergePlatformState, type PlatformState } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { type BundlePublication, CompanionAbsent, type ProductPublication } from '#app/platforms/platform.ts';
import { keepProducts, type KeptForSome } from './access/keep-products.ts';
import { noteAbsence } from './check-companion.ts';
import type { ConnectedShop } from './connected-shop.ts';
import { refreshBundles } from './jobs.ts';
import { beingWritten, digestOf, publishDiscount } from './publish-discount.ts';
import { nameRefused, type RefusedProducts } from './refused-products.ts';
import { signalsEndpoint } from './signals-endpoint.ts';

const pageSize = 50;
const popularProducts = 24;

export interface Published extends Partial<RefusedProducts> {
  readonly products: number;
  readonly changed: number;
  readonly [key: string]: unknown;
}

/**
 * Makes the store say what the shop's bundles, recommendations and settings are now, writing only what differs
 * from what was written last. `productIds`: which product pages to look at besides those with bundles.
 */
export async function publishStorefront(
  services: Services,
  connected: ConnectedShop,
  productIds: readonly string[],
  report: (done: number, total: number) => Promise<void>,
): Promise<Published> {
  try {
    return await publishAll(services, connected, productIds, report);
  } catch (error) {
    if (!(error instanceof CompanionAbsent)) throw error;
    // Products can be told without it.
    return publishAll(services, await noteAbsence(services, connected, error), productIds, report);
  }
}

async function publishAll(
  services: Services,
  connected: ConnectedShop,
  productIds: readonly string[],
  report: (done: number, total: number) => Promise<void>,
): Promise<Published> {
  const { shop, ref } = connected;
  const { experiments, live } = await publishDiscount(services, connected);
  const bundles = await withSoldProducts(services, connected, live);
  const written = shop.platformState.bundleDigests ?? {};
  // A store that has been told nothing yet (a new one, or one reinstalled) is told everything.
  const fresh = !shop.platformState.storefrontDigest;
  const kept = await keepProducts(services, connected, fresh);
  const ids = [
    ...new Set([...productIds, ...bundles.byProduct.keys(), ...kept.access.keys(), ...pagesWithBundles(written)]),
  ];
  let changed = 0;
  const refused = new Map<string, string>();
  for (let at = 0; at < ids.length; at += pageSize) {
    const page = ids.slice(at, at + pageSize);
    const done = await publishPage(services, connected, page, { bundles, access: kept.access }, written, fresh);
    changed += done.changed;
    for (const [productId, reason] of done.refused) refused.set(productId, reason);
    await report(Math.min(at + pageSize, ids.length), ids.length);
  }
  await publishSettings(services, connected, bundles.goals, experiments);
  for (const at of [bundles.nextChangeAt, kept.nextChangeAt]) {
    if (!at) continue;
    const delayMs = Math.max(1_000, at.getTime() - services.clock.now().getTime());
    await services.queue.enqueue(
      refreshBundles,
      { shopId: ref.shopId },
      { delayMs, deduplicationKey: `bundles-${ref.shopId}-${String(at.getTime())}` },
    );
  }
  return { products: ids.length, changed, ...(await nameRefused(services, ref.shopId, refused)) };
}

/** Products whose pages in the store show a bundle, or for whom they are. */
export function pagesWithBundles(written: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(written).flatMap(([productId, digest]) => (digest === '' ? [] : [productId]));
}

/** Bundles that the store sells as a product of their own are put into the cart as that product. */
async function withSoldProducts(
  services: Services,
  { ref }: ConnectedShop,
  bundles: BundlesToPublish,
): Promise<BundlesToPublish> {
  const deliveries = await services.db.inShop(ref.shopId, readDeliveries);
  const sold = new Map(
    deliveries.flatMap(({ bundleId, delivery, productId, variantId, problem }) =>
      delivery === 'native' && problem === null && productId !== null && variantId !== null
        ? [[String(bundleId), { productId, variantId }] as const]
        : [],
    ),
  );
  if (sold.size === 0) return bundles;
  const mark = (bundle: BundlePublication): BundlePublication => {
    const product = bundle.kind === 'fixed' ? sold.get(bundle.id) : undefined;
    return product ? { ...bundle, sold: product } : bundle;
  };
  return {
    ...bundles,
    byProduct: new Map([...bundles.byProduct].map(([productId, own]) => [productId, own.map(mark)])),
  };
}

async function publishPage(
  services: Services,
  { ref, platform }: ConnectedShop,
  ids: readonly string[],
  { bundles, access }: { readonly bundles: BundlesToPublish; readonly access: KeptForSome['access'] },
  written: Readonly<Record<string, string>>,
  fresh: boolean,
): Promise<{ changed: number; refused: ReadonlyMap<string, string> }> {
  const lists = await services.db.inShop(ref.shopId, (scope) => listsForPublication(scope, ids, services.clock.now()));
  const pages = lists.map((list) => {
    const own = bundles.byProduct.get(list.productId) ?? [];
    const kept = access.get(list.productId) ?? null;
    const bundleDigest = own.length === 0 && !kept ? '' : digestOf(kept ? [own, kept] : own);
    return {
      list,
      own,
      kept,
      bundleDigest,
      same: !fresh && list.published && (written[list.productId] ?? '') === bundleDigest,
    };
  });
  const differing = pages.filter((page) => !page.same);
  if (differing.length === 0) return { changed: 0, refused: new Map() };
  const entries = differing.map(({ list, own, kept: ofPage }): ProductPublication => ({
    productId: list.productId,
    together: list.together,
    similar: list.similar,
    again: list.again,
    bundles: own,
    access: ofPage,
  }));
  // Only pages that show or showed a bundle are remembered: most products are in none.
  const noted = differing.filter(({ list, bundleDigest }) => bundleDigest !== (written[list.productId] ?? ''));
  const doubts = Object.fromEntries(noted.map(({ list }) => [list.productId, beingWritten]));
  if (noted.length > 0)
    await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { bundleDigests: doubts }));
  const refused = await platform.publishProducts(ref, entries);
  // What the store refused is tried again by every run: it stays marked as being written.
  const stands = ({ list }: { readonly list: { readonly productId: string } }) => !refused.has(list.productId);
  const taken = differing.filter(stands).map(({ list }) => list);
  const digests = Object.fromEntries(
    noted.filter(stands).map(({ list, bundleDigest }) => [list.productId, bundleDigest]),
  );
  await services.db.inShop(ref.shopId, async (scope) => {
    await markPublished(scope, taken, services.clock.now());
    await mergePlatformState(scope, { bundleDigests: digests });
  });
  return { changed: taken.length, refused };
}

async function publishSettings(
  services: Services,
  { shop, ref, platform, capabilities }: ConnectedShop,
  goals: BundlesToPublish['goals'],
  experiments: ShopExperiments,
): Promise<void> {
  const now = services.clock.now();
  const { popular, keeps, earn, programme } = await services.db.inShop(ref.shopId, async (scope) => ({
    popular: await readSuggestions(scope, 'popular', '', now, popularProducts),
    keeps: printedKeepingOwned(await readMerchandising(scope)),
    earn: await readEarnRule(scope, now),
    programme: await readShownProgramme(scope, now, (level) => keyOf('level', level)),
  }));
  const settings = {
    shopId: ref.shopId,
    ...forPages(experiments),
    popular: popular.map((suggestion) => suggestion.productId),
    signalsEndpoint: signalsEndpoint(services.config),
    ...(goals.length === 0 ? {} : { goals }),
    ...(earn ? { earn } : {}),
    ...(programme ? { programme } : {}),
    ...(keeps.length === 0 ? {} : { keeps }),
  };
  const storefrontDigest = digestOf(settings);
  if (storefrontDigest === shop.platformState.storefrontDigest) return;
  // Without blocks of ours in the store nobody would read it.
  if (capabilities.storefrontBlocks) {
    await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { storefrontDigest: beingWritten }));
    await platform.publishStorefront(ref, settings);
  }
  const change: PlatformState = { storefrontDigest };
  await services.db.inShop(ref.shopId, (scope) => mergePlatformState(scope, change));
}
