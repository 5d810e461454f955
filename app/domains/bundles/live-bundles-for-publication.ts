import { isDeepStrictEqual } from 'node:util';
import {
  type DiscountClass,
  encodeDiscountConfigs,
  type IncentiveRules,
  isOrderWide,
  leavesReserve,
  type Offer,
} from '#app/domains/incentives/index.ts';
import { readPriceTests } from '#app/domains/experiments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { BundlePublication, DiscountPublication } from '#app/platforms/platform.ts';
import { isWhole } from './availability.ts';
import { foreignCurrency } from './currency.ts';
import { fitConfigs } from './fit-configs.ts';
import { forPage } from './for-page.ts';
import type { AnyBundle, FoundGroup } from './model.ts';
import { nextChangeAt, phaseOf } from './rules.ts';
import { readBestsellersCosts } from './store-publication.ts';
import { readActive, readProducts } from './store.ts';
import { toOffer, toPublication } from './to-offer.ts';
import { besideKept, foundGroups, searchWholes, withWholes } from './wholes.ts';

/** Everything that a shop publishes about its bundles. */
export interface BundlesToPublish {
  /** live bundles by the product they contain; a product without bundles is not in it */
  readonly byProduct: ReadonlyMap<string, readonly BundlePublication[]>;
  /** each of those bundles once, with all its products */
  readonly bundles: readonly BundlePublication[];
  /** live offers that the whole cart earns, for every page */
  readonly goals: readonly BundlePublication[];
  /** what is live, as the checkout prices it */
  readonly offers: readonly Offer[];
  /** for `publishDiscount`; its `configs` are empty when no bundle is live */
  readonly discount: DiscountPublication;
  /** publish again at this instant, because a bundle starts or ends then; null = no date ahead */
  readonly nextChangeAt: Date | null;
  /** active bundles that are not published, because a product in them is gone or is a gift card */
  readonly broken: readonly string[];
  /** bundles that would be live, but are more than the checkout's configuration holds */
  readonly leftOut: readonly string[];
  /** live bundles that the storefront promises less for than the merchant set, or not at all: the margin guard would bite */
  readonly reduced: readonly string[];
  /** products of the groups of active bundles, for `keepFoundGroups` */
  readonly found: ReadonlyMap<string, readonly FoundGroup[]>;
  /** the same, to be kept until the checkout has taken this: with the products that it still reduces */
  readonly foundOrKept: ReadonlyMap<string, readonly FoundGroup[]>;
}

export interface PublicationContext {
  readonly now: Date;
  /** the shop's currency, ISO 4217 */
  readonly currency: string;
  readonly rules: IncentiveRules;
  /** name of the discount in the platform's admin */
  readonly discountTitle: string;
}

/** True where the storefront promises something else than the merchant set. */
function isReduced(bundle: AnyBundle, publication: BundlePublication | null): boolean {
  if (!publication) return true;
  const promise = 'terms' in publication ? publication.terms : publication.discount;
  return !isDeepStrictEqual(promise, 'terms' in bundle ? bundle.terms : bundle.discount);
}

const costsDays = 90;
/** More would not fit into the configuration. */
const mostCosts = 3000;

function classesOf(offers: readonly Offer[]): DiscountClass[] {
  const rewards = new Set(
    offers.flatMap((offer) => (offer.kind === 'cart-goals' ? offer.terms.tiers.map((tier) => tier.reward.type) : [])),
  );
  return [
    'product',
    ...(rewards.has('order-discount') ? ['order' as const] : []),
    ...(rewards.has('free-shipping') ? ['shipping' as const] : []),
  ];
}

/**
 * Gathers what is live at `now`. The discount Function has no clock, so the published configuration holds
 * live bundles only, and the shop is published again at `nextChangeAt` (and by the upkeep schedule, should
 * that job be lost). What the checkout's configuration cannot hold is left out of everything, see `fitConfigs`.
 */
export async function liveBundlesForPublication(
  scope: ShopScope,
  context: PublicationContext,
): Promise<BundlesToPublish> {
  const stored = await readActive(scope);
  const wholes = await searchWholes(scope, stored);
  const active = stored
    .filter((bundle) => foreignCurrency(bundle, context.currency) === null)
    .map((bundle) => withWholes(bundle, wholes));
  const products = await readProducts(
    scope,
    active.flatMap((bundle) => bundle.items.map((item) => item.productId)),
  );
  const whole = active.filter((bundle) => isWhole(bundle, products));
  const due = whole.filter((bundle) => phaseOf(bundle, context.now) === 'live');
  const priceTests = await readPriceTests(scope);
  const costs = products.map((product) => ({
    productId: product.id,
    variants: product.variants.map(({ id, costMinor }) => ({ id, costMinor })),
  }));
  const since = new Date(context.now.getTime() - costsDays * 86_400_000);
  const wide = due.length > 0 && (due.map(toOffer).some(isOrderWide) || leavesReserve(context.rules));
  const { defaultMarginBps } = context.rules;
  const others = wide ? await readBestsellersCosts(scope, { since, limit: mostCosts, defaultMarginBps }) : [];
  const allCosts = [...costs, ...others.filter((other) => !products.some((product) => product.id === other.productId))];
  const { configs, fitting, leftOut } = fitConfigs(due, (some) =>
    encodeDiscountConfigs(some.map(toOffer), allCosts, context.rules, context.currency, priceTests),
  );
  const offers = fitting.map(toOffer);
  const found = foundGroups(stored, wholes);

  const byProduct = new Map<string, BundlePublication[]>();
  const bundles: BundlePublication[] = [];
  const goals: BundlePublication[] = [];
  const reduced: string[] = [];
  for (const bundle of fitting) {
    const publication = toPublication(bundle, products, context.rules, context.currency, priceTests);
    if (isReduced(bundle, publication)) reduced.push(bundle.id);
    if (!publication) continue;
    if (isOrderWide(toOffer(bundle))) {
      goals.push(publication);
      continue;
    }
    bundles.push(publication);
    for (const productId of new Set(publication.items.map((item) => item.productId))) {
      const page = forPage(publication, productId);
      if (page) byProduct.set(productId, [...(byProduct.get(productId) ?? []), page]);
    }
  }
  return {
    byProduct,
    bundles,
    goals,
    offers,
    discount: {
      title: context.discountTitle,
      configs,
      // Steady between publications of the same bundles, so that nothing is written that did not change.
      startsAt: fitting[0]?.createdAt ?? new Date(0),
      classes: classesOf(offers),
      combinesWith: context.rules.combinesWith,
    },
    nextChangeAt: nextChangeAt(whole, context.now),
    broken: active.filter((bundle) => !whole.includes(bundle)).map(({ id }) => id),
    leftOut: leftOut.map(({ id }) => id),
    reduced,
    found,
    foundOrKept: besideKept(stored, found),
  };
}
