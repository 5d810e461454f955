import { canBuy, type CatalogProduct } from '#app/domains/catalog/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';

/** One thing to choose: a product of the set, or one of the picks of a mix-and-match. */
export interface PageSlot {
  readonly title: string;
  readonly productId: string;
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
  /** of its product */
  readonly handle: string;
  readonly title: string;
  readonly priceMinor: number;
  readonly available: boolean;
}

/** Options of one choice; a longer list helps nobody and makes the page heavy. */
const mostOptions = 60;
const mostOptionsOfPage = 600;

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
        handle: product.handle,
        title: named ? [product.title, own].filter((part) => part !== '').join(', ') : variant.title,
        priceMinor: variant.priceMinor,
        available: enough(variant, quantity),
      };
    });
}

/** A product of the set, at first in its first variant that can be bought. */
export function slotOf(product: CatalogProduct, variantId: string | null, quantity: number): PageSlot {
  const options = optionsOf(product, variantId, quantity, false).slice(0, mostOptions);
  const chosen = options.find(({ available }) => available)?.variantId ?? null;
  return {
    title: product.title,
    productId: product.id,
    handle: product.handle,
    imageUrl: product.variants.find(({ id }) => id === chosen)?.imageUrl ?? product.imageUrl,
    quantity,
    pick: false,
    options,
    chosen,
  };
}

/** What a shopper chooses of an offer: so many times among the items with these roles. */
interface Picks {
  readonly units: number;
  readonly roles: readonly string[];
  /** units of each choice; left out = 1 */
  readonly each?: number;
}

/**
 * Whether an offer can have a page of its own: not where the whole cart earns it, which asks for no product (goals, and
 * gifts from an amount on).
 */
export const hasPage = ({ kind, pickCount }: Pick<BundlePublication, 'kind' | 'pickCount'>): boolean =>
  kind === 'fixed' || pickCount > 0;

/** The choices by which an offer is complete; a fixed set has none. */
export function choicesOf(bundle: BundlePublication): Picks[] {
  const units = { units: bundle.pickCount, roles: ['part', 'buy'] };
  switch (bundle.kind) {
    case 'quantity-breaks': {
      const one = new Set(bundle.items.map(({ productId }) => productId)).size === 1;
      // Units of different products make no step together, or there are none to choose among.
      return one || bundle.terms.per === 'product'
        ? [{ units: 1, roles: units.roles, each: bundle.pickCount }]
        : [units];
    }
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
export function picksOf(bundle: BundlePublication, picks: Picks, products: readonly CatalogProduct[]): PageSlot[] {
  const items = bundle.items.filter(({ role = 'part' }) => picks.roles.includes(role));
  const [only] = items.length === 1 ? products.filter(({ id }) => id === items[0]?.productId) : [];
  // Units of one product in one variant are one line: there is nothing to choose.
  const alone = only?.variants.length === 1 || (only !== undefined && items[0]?.variantId !== null);
  const [units, each] = alone ? [1, picks.units * (picks.each ?? 1)] : [picks.units, picks.each ?? 1];
  const groups = items.flatMap((item) => {
    const product = products.find(({ id }) => id === item.productId);
    return product ? [{ product, options: optionsOf(product, item.variantId, each, true) }] : [];
  });
  const most = Math.max(1, Math.min(mostOptions, Math.floor(mostOptionsOfPage / Math.max(1, units))));
  // One of each product before a second variant of any.
  const longest = Math.max(0, ...groups.map(({ options }) => options.length));
  const inTurn = Array.from({ length: longest }, (_, turn) =>
    groups.flatMap(({ options }) => options[turn] ?? []),
  ).flat();
  const options = inTurn.slice(0, most);
  const first = groups.filter(({ options: own }) => own.some(({ available }) => available));
  return Array.from({ length: units }, (_, index): PageSlot => {
    const group = first[index % Math.max(1, first.length)];
    const chosen = group?.options.find(({ available }) => available)?.variantId ?? null;
    return {
      title: group?.product.title ?? bundle.title,
      productId: group?.product.id ?? '',
      handle: group?.product.handle ?? '',
      imageUrl: group?.product.imageUrl ?? null,
      quantity: each,
      pick: true,
      options: options.some(({ variantId }) => variantId === chosen)
        ? options
        : [...(group?.options.filter(({ variantId }) => variantId === chosen) ?? []), ...options],
      chosen,
    };
  });
}
