import { canBuy, type CatalogProduct } from '#app/domains/catalog/index.ts';
import { type IncentiveRules, priceCart } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';

/** One thing to choose: a product of the set, or one of the picks of a mix-and-match. */
export interface PageSlot {
  readonly title: string;
  readonly handle: string;
  readonly imageUrl: string | null;
  readonly quantity: number;
  /** true where the shopper chooses among products, not only among variants of one */
  readonly pick: boolean;
  readonly options: readonly PageOption[];
  /** the variant that is chosen at first; null when none can be bought */
  readonly chosen: string | null;
}

export interface PageOption {
  readonly variantId: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly available: boolean;
}

/** Everything that a page of a bundle, or of products that somebody put together, shows. */
export interface PageView {
  /** null for products that somebody put together */
  readonly bundleId: string | null;
  readonly title: string | null;
  readonly productTitles: readonly string[];
  readonly images: readonly string[];
  /** below the store's address */
  readonly path: string;
  readonly currency: string;
  readonly slots: readonly PageSlot[];
  /** shop-currency minor units, for what is chosen at first */
  readonly beforeMinor: number;
  readonly afterMinor: number;
  /** another choice may have another price */
  readonly varies: boolean;
  readonly soldOut: boolean;
}

/** Options of one choice; a longer list helps nobody and makes the page heavy. */
const mostOptions = 60;
const mostOptionsOfPage = 600;

const isOffered = (product: CatalogProduct): boolean =>
  product.deletedAt === null && product.status === 'active' && product.published && product.variants.length > 0;

/** The products in the order of `ids`, or null when one of them cannot be shown. */
function inOrder(ids: readonly string[], products: readonly CatalogProduct[]): CatalogProduct[] | null {
  const found = ids.flatMap((id) => products.find((product) => product.id === id && isOffered(product)) ?? []);
  return found.length === ids.length ? found : null;
}

function enough(variant: CatalogProduct['variants'][number], quantity: number): boolean {
  return canBuy(variant) && (variant.stock === null || variant.sellWhenOutOfStock || variant.stock >= quantity);
}

function optionsOf(product: CatalogProduct, variantId: string | null, quantity: number, named: boolean): PageOption[] {
  return product.variants
    .filter((variant) => variantId === null || variant.id === variantId)
    .map((variant) => {
      const own = product.variants.length > 1 ? variant.title : '';
      return {
        variantId: variant.id,
        title: named ? [product.title, own].filter((part) => part !== '').join(', ') : variant.title,
        priceMinor: variant.priceMinor,
        available: enough(variant, quantity),
      };
    });
}

const slotOf = (product: CatalogProduct, variantId: string | null, quantity: number): PageSlot => {
  const options = optionsOf(product, variantId, quantity, false).slice(0, mostOptions);
  const chosen = options.find(({ available }) => available)?.variantId ?? null;
  return {
    title: product.title,
    handle: product.handle,
    imageUrl: product.variants.find(({ id }) => id === chosen)?.imageUrl ?? product.imageUrl,
    quantity,
    pick: false,
    options,
    chosen,
  };
};

/** What a shopper chooses of an offer: so many units among the items with these roles. */
interface Picks {
  readonly units: number;
  readonly roles: readonly string[];
}

/** The choices by which an offer is complete; a fixed set has none. */
function choicesOf(bundle: BundlePublication): Picks[] {
  const units = { units: bundle.pickCount, roles: ['part', 'buy'] };
  switch (bundle.kind) {
    case 'buy-x-get-y':
      return [
        { units: bundle.terms.buyUnits, roles: ['buy'] },
        { units: bundle.terms.getUnits, roles: ['get'] },
      ];
    case 'together-offer':
      return [
        { units: 1, roles: ['buy'] },
        { units: 1, roles: ['get'] },
      ];
    case 'gift':
      return [units, { units: 1, roles: ['gift'] }];
    default:
      return [units];
  }
}

/** Units to choose among the items of an offer, each at first another product where there are enough. */
function picksOf(bundle: BundlePublication, picks: Picks, products: readonly CatalogProduct[]): PageSlot[] {
  const items = bundle.items.filter(({ role = 'part' }) => picks.roles.includes(role));
  const groups = items.flatMap((item) => {
    const product = products.find(({ id }) => id === item.productId);
    return product ? [{ product, options: optionsOf(product, item.variantId, 1, true) }] : [];
  });
  const most = Math.max(1, Math.min(mostOptions, Math.floor(mostOptionsOfPage / Math.max(1, picks.units))));
  // One of each product before a second variant of any.
  const longest = Math.max(0, ...groups.map(({ options }) => options.length));
  const inTurn = Array.from({ length: longest }, (_, turn) =>
    groups.flatMap(({ options }) => options[turn] ?? []),
  ).flat();
  const options = inTurn.slice(0, most);
  const first = groups.filter(({ options: own }) => own.some(({ available }) => available));
  return Array.from({ length: picks.units }, (_, index): PageSlot => {
    const group = first[index % Math.max(1, first.length)];
    const chosen = group?.options.find(({ available }) => available)?.variantId ?? null;
    return {
      title: group?.product.title ?? bundle.title,
      handle: group?.product.handle ?? '',
      imageUrl: group?.product.imageUrl ?? null,
      quantity: 1,
      pick: true,
      options: options.some(({ variantId }) => variantId === chosen)
        ? options
        : [...(group?.options.filter(({ variantId }) => variantId === chosen) ?? []), ...options],
      chosen,
    };
  });
}

interface Shop {
  readonly currency: string;
  readonly rules: IncentiveRules;
  readonly now: Date;
}

/** Prices what is chosen at first with the rules of the checkout. */
function price(
  slots: readonly PageSlot[],
  products: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  { currency, rules, now }: Shop,
): { beforeMinor: number; afterMinor: number } {
  const units = new Map<string, number>();
  for (const { chosen, options, quantity } of slots) {
    const id = chosen ?? options[0]?.variantId;
    if (id !== undefined) units.set(id, (units.get(id) ?? 0) + quantity);
  }
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
  const cart = { currency, shopCurrency: currency, rate: '1.0', lines, shippingMinor: 0 };
  const { subtotalMinor, totalMinor } = priceCart(cart, { bundles, codes: [] }, rules, now);
  return { beforeMinor: subtotalMinor, afterMinor: totalMinor };
}

const variesIn = (slots: readonly PageSlot[]): boolean =>
  slots.some(({ options }) => new Set(options.map(({ priceMinor }) => priceMinor)).size > 1);

/** The page of a live bundle; null when it cannot be shown as a whole. */
export function viewBundle(
  bundle: BundlePublication,
  products: readonly CatalogProduct[],
  path: string,
  shop: Shop,
): PageView | null {
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
  // An offer that asks for no product (a goal of the whole cart) has nothing to show.
  if (slots.length === 0) return null;
  return {
    bundleId: bundle.id,
    title: bundle.title,
    productTitles: shown.map(({ title }) => title),
    images: shown.flatMap(({ imageUrl }) => imageUrl ?? []),
    path,
    currency: shop.currency,
    slots,
    ...price(slots, shown, [bundle], shop),
    varies: variesIn(slots),
    soldOut: slots.some(({ chosen }) => chosen === null),
  };
}

/** The page of products that somebody put together, with whatever live bundles their cart would complete. */
export function viewItems(
  ids: readonly string[],
  products: readonly CatalogProduct[],
  bundles: readonly BundlePublication[],
  path: string,
  shop: Shop,
): PageView | null {
  const shown = inOrder(ids, products);
  if (!shown) return null;
  const slots = shown.map((product) => slotOf(product, null, 1));
  return {
    bundleId: null,
    title: null,
    productTitles: shown.map(({ title }) => title),
    images: shown.flatMap(({ imageUrl }) => imageUrl ?? []),
    path,
    currency: shop.currency,
    slots,
    ...price(slots, shown, bundles, shop),
    varies: variesIn(slots),
    soldOut: slots.some(({ chosen }) => chosen === null),
  };
}
