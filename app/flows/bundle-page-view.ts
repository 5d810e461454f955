import type { CatalogProduct } from '#app/domains/catalog/index.ts';
import { type IncentiveRules, priceCart, type PriceShare, priceShareOf } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';
import type { MoneyFormat } from '#app/shared/money-format.ts';
import type { KeptProducts } from './access/kept-from.ts';
import { choicesOf, hasPage, type PageSlot, picksOf, slotOf } from './bundle-page-slots.ts';

/** Everything that a page of a bundle, or of products that somebody put together, shows. */
export interface PageView {
  /** null for products that somebody put together */
  readonly bundleId: string | null;
  readonly title: string | null;
  readonly productTitles: readonly string[];
  readonly images: readonly string[];
  /** below the store's address */
  readonly path: string;
  /** of all amounts */
  readonly currency: string;
  /** how the store writes amounts; null = as the shopper's language does */
  readonly moneyFormat: MoneyFormat | null;
  readonly slots: readonly PageSlot[];
  /** minor units, for what is chosen at first; after: of a visitor who is in no price test */
  readonly beforeMinor: number;
  readonly afterMinor: number;
  /** what comes off as shares of prices, lines named by their variants; null = some of it is an amount */
  readonly shares: readonly PriceShare[] | null;
  /** what visitors of other versions of running price tests pay; of two that fit a visitor the later one counts */
  readonly versions: readonly PageVersion[];
  /** another choice may have another price */
  readonly varies: boolean;
  readonly soldOut: boolean;
  /** titles of its products that not everybody can buy */
  readonly reserved: readonly string[];
}

/** The price of visitors with all these marks on the page. */
export interface PageVersion extends Pick<PageView, 'afterMinor' | 'shares'> {
  readonly marks: readonly string[];
}

const isOffered = (product: CatalogProduct): boolean =>
  product.deletedAt === null && product.status === 'active' && product.published && product.variants.length > 0;

/** The products in the order of `ids`, or null when one of them cannot be shown. */
function inOrder(ids: readonly string[], products: readonly CatalogProduct[]): CatalogProduct[] | null {
  const found = ids.flatMap((id) => products.find((product) => product.id === id && isOffered(product)) ?? []);
  return found.length === ids.length ? found : null;
}

/** How a page's amounts come about. */
export interface PagePricing {
  /** what the prices of the products are in; costs and offers are in the shop's */
  readonly currency: string;
  readonly shopCurrency: string;
  /** units of `currency` for one of the shop's */
  readonly rate: string;
  readonly moneyFormat: MoneyFormat | null;
  readonly rules: IncentiveRules;
  readonly now: Date;
  /** products that are kept for some customers */
  readonly kept: KeptProducts;
}

/** More would be a page of prices. */
const mostVersions = 15;

interface PageOffers {
  readonly marks: readonly string[];
  readonly bundles: readonly BundlePublication[];
}

/** The bundle as a version has it; none where that promises nothing. */
function versionOf(
  bundle: BundlePublication,
  { discount, terms }: NonNullable<BundlePublication['armDiscounts']>[number],
): BundlePublication[] {
  if (!('terms' in bundle)) return [{ ...bundle, discount }];
  return terms ? [{ ...bundle, terms } as BundlePublication] : [];
}

/**
 * The bundles as they stand, and as each other combination of versions of running price tests has them, those with
 * fewer marks first. Null where there are too many to be shown.
 */
function versionsOf(bundles: readonly BundlePublication[], productIds: readonly string[]): PageOffers[] | null {
  const armsOf = ({ items, armDiscounts }: BundlePublication) =>
    items.some(({ productId }) => productIds.includes(productId)) ? (armDiscounts ?? []) : [];
  const count = bundles.reduce((product, bundle) => product * (1 + armsOf(bundle).length), 1);
  if (count > mostVersions) return null;
  return bundles
    .reduce<PageOffers[]>(
      (all, bundle) =>
        all.flatMap(({ marks, bundles: others }) => [
          { marks, bundles: [...others, bundle] },
          ...armsOf(bundle).map((version) => ({
            marks: [...marks, version.arm],
            bundles: [...others, ...versionOf(bundle, version)],
          })),
        ]),
      [{ marks: [], bundles: [] }],
    )
    .toSorted((a, b) => a.marks.length - b.marks.length);
}

/** Prices what is chosen at first, in every version; without any saving where there are too many. */
function prices(
  slots: readonly PageSlot[],
  products: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  pricing: PagePricing,
): Pick<PageView, 'beforeMinor' | 'afterMinor' | 'shares' | 'versions'> {
  const ids = products.map(({ id }) => id);
  const [stands, ...others] = versionsOf(bundles, ids) ?? [{ marks: [], bundles: [] }];
  const versions = others.map(({ marks, bundles: own }) => {
    const { afterMinor, shares } = price(slots, products, own, pricing);
    return { marks, afterMinor, shares };
  });
  return { ...price(slots, products, stands?.bundles ?? [], pricing), versions };
}

/** Units of each variant that is chosen at first. */
export function unitsOf(slots: readonly PageSlot[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { chosen, options, quantity } of slots) {
    const id = chosen ?? options[0]?.variantId;
    if (id !== undefined) units.set(id, (units.get(id) ?? 0) + quantity);
  }
  return units;
}

/** Prices what is chosen at first with the rules of the checkout. */
function price(
  slots: readonly PageSlot[],
  products: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  { currency, shopCurrency, rate, rules, now }: PagePricing,
): Pick<PageView, 'beforeMinor' | 'afterMinor' | 'shares'> {
  const units = unitsOf(slots);
  const lines = products.flatMap((product) =>
    product.variants.flatMap((variant) => {
      const quantity = units.get(variant.id) ?? 0;
      if (quantity === 0) return [];
      const { id, priceMinor: unitPriceMinor, costMinor: unitCostMinor } = variant;
      const { giftCard } = product;
      return [
        {
          id,
          productId: product.id,
          variantId: id,
          quantity,
          unitPriceMinor,
          unitCostMinor,
          giftCard,
          sellingPlan: false,
        },
      ];
    }),
  );
  const cart = { currency, shopCurrency, rate, lines, shippingMinor: 0 };
  const { subtotalMinor, totalMinor, bundles: formed } = priceCart(cart, { bundles, codes: [] }, rules, now);
  const priceOf = (lineId: string): number => lines.find(({ id }) => id === lineId)?.unitPriceMinor ?? 0;
  const shares = formed.flatMap((bundle) => {
    const offer = bundles.find(({ id }) => id === bundle.offerId);
    return (offer && priceShareOf(bundle, offer, priceOf)) ?? [];
  });
  return {
    beforeMinor: subtotalMinor,
    afterMinor: totalMinor,
    shares: shares.length === formed.length ? shares : null,
  };
}

/** What both kinds of page say of their products. */
const contentOf = (
  slots: readonly PageSlot[],
  shown: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  pricing: PagePricing,
) => ({
  productTitles: shown.map(({ title }) => title),
  images: shown.flatMap(({ imageUrl }) => imageUrl ?? []),
  currency: pricing.currency,
  moneyFormat: pricing.moneyFormat,
  slots,
  ...prices(slots, shown, bundles, pricing),
  varies: slots.some(({ options }) => new Set(options.map(({ priceMinor }) => priceMinor)).size > 1),
  soldOut: slots.some(({ chosen }) => chosen === null),
  reserved: shown.filter(({ id }) => pricing.kept.has(id)).map(({ title }) => title),
});

/** The page of a live bundle; null when it cannot be shown as a whole. */
export function viewBundle(
  bundle: BundlePublication,
  products: readonly CatalogProduct[],
  path: string,
  pricing: PagePricing,
): PageView | null {
  if (!hasPage(bundle)) return null;
  const ids = [...new Set(bundle.items.map(({ productId }) => productId))];
  const offered = products.filter(isOffered);
  const shown = bundle.kind === 'fixed' ? inOrder(ids, products) : offered.filter(({ id }) => ids.includes(id));
  if (!shown || shown.length === 0) return null;
  const slots =
    bundle.kind === 'fixed'
      ? bundle.items.flatMap((item) => {
          const product = shown.find(({ id }) => id === item.productId);
          return product ? [slotOf(product, item.variantId, item.quantity)] : [];
        })
      : choicesOf(bundle).flatMap((picks) => picksOf(bundle, picks, shown));
  if (slots.length === 0) return null;
  return {
    bundleId: bundle.id,
    title: bundle.title,
    path,
    ...contentOf(slots, shown, [bundle], pricing),
  };
}

/** The page of products that somebody put together, with whatever live bundles their cart would complete. */
export function viewItems(
  ids: readonly string[],
  products: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  path: string,
  pricing: PagePricing,
): PageView | null {
  const shown = inOrder(ids, products);
  if (!shown) return null;
  const slots = shown.map((product) => slotOf(product, null, 1));
  return {
    bundleId: null,
    title: null,
    path,
    ...contentOf(slots, shown, bundles, pricing),
  };
}
