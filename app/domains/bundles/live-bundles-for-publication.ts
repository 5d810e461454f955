import { encodeDiscountConfigs, type IncentiveRules } from '#app/domains/incentives/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { BundlePublication, DiscountPublication } from '#app/platforms/platform.ts';
import type { Result } from '#app/shared/result.ts';
import { variantsOf } from './availability.ts';
import { type Bundle, type BundleDiscount, type BundleProduct, isSet } from './model.ts';
import { nextChangeAt, phaseOf } from './rules.ts';
import { readActive, readProducts } from './store.ts';
import { toOffer, toPublication } from './to-offer.ts';

/** Everything that a shop publishes about its bundles. */
export interface BundlesToPublish {
  /** live bundles by the product they contain; a product without bundles is not in it */
  readonly byProduct: ReadonlyMap<string, readonly BundlePublication[]>;
  /** for `publishDiscount`; its `configs` are empty when no bundle is live */
  readonly discount: DiscountPublication;
  /** publish again at this instant, because a bundle starts or ends then; null = no date ahead */
  readonly nextChangeAt: Date | null;
  /** active bundles that are not published, because a product in them is gone or is a gift card */
  readonly broken: readonly string[];
  /** live bundles that the storefront promises less for than the merchant set, or not at all: the margin guard would bite */
  readonly reduced: readonly string[];
}

export interface PublicationContext {
  readonly now: Date;
  /** the shop's currency, ISO 4217 */
  readonly currency: string;
  readonly rules: IncentiveRules;
  /** name of the discount in the platform's admin */
  readonly discountTitle: string;
}

/** True when every part of the bundle can still be bought as part of a bundle. */
function isWhole(bundle: Bundle, products: readonly BundleProduct[]): boolean {
  const gone = bundle.items.filter((item) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    return !product || product.giftCard || variantsOf(item, products).length === 0;
  });
  return bundle.kind === 'fixed' ? gone.length === 0 : gone.length < bundle.items.length;
}

function sameDiscount(a: BundleDiscount, b: BundleDiscount): boolean {
  return a.type === 'percentage'
    ? b.type === 'percentage' && a.basisPoints === b.basisPoints
    : b.type === 'amount' && a.minor === b.minor;
}

/**
 * Gathers what is live at `now`. The discount Function has no clock, so the published configuration holds
 * live bundles only, and the shop is published again at `nextChangeAt` (and by the upkeep schedule, should
 * that job be lost). Failure 'config-too-large': see `encodeDiscountConfigs`.
 */
export async function liveBundlesForPublication(
  scope: ShopScope,
  context: PublicationContext,
): Promise<Result<BundlesToPublish, 'config-too-large'>> {
  const active = (await readActive(scope)).filter(isSet);
  const products = await readProducts(
    scope,
    active.flatMap((bundle) => bundle.items.map((item) => item.productId)),
  );
  const whole = active.filter((bundle) => isWhole(bundle, products));
  const live = whole.filter((bundle) => phaseOf(bundle, context.now) === 'live');
  const costs = products.map((product) => ({
    productId: product.id,
    variants: product.variants.map(({ id, costMinor }) => ({ id, costMinor })),
  }));
  const configs = encodeDiscountConfigs(live.map(toOffer), costs, context.rules, context.currency);
  if (!configs.ok) return configs;

  const byProduct = new Map<string, BundlePublication[]>();
  const reduced: string[] = [];
  for (const bundle of live) {
    const publication = toPublication(bundle, products, context.rules, context.currency);
    if (!publication || !sameDiscount(publication.discount, bundle.discount)) reduced.push(bundle.id);
    if (!publication) continue;
    for (const productId of new Set(publication.items.map((item) => item.productId))) {
      byProduct.set(productId, [...(byProduct.get(productId) ?? []), publication]);
    }
  }
  const { order, product, shipping } = context.rules.combinesWith;
  return {
    ok: true,
    value: {
      byProduct,
      discount: {
        title: context.discountTitle,
        configs: configs.value,
        // Steady between publications of the same bundles, so that nothing is written that did not change.
        startsAt: live[0]?.createdAt ?? new Date(0),
        combinesWith: { order, product, shipping },
      },
      nextChangeAt: nextChangeAt(whole, context.now),
      broken: active.filter((bundle) => !whole.includes(bundle)).map(({ id }) => id),
      reduced,
    },
  };
}
