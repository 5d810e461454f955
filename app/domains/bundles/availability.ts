import type { ItemRole, KindTerms, TermsKind } from '#app/domains/incentives/index.ts';
import type { AnyBundle, BundleForm, BundleItem, BundleProduct, BundleVariant } from './model.ts';

/** The part of a set that says how often it can be sold. */
export type SetParts = Pick<BundleForm, 'kind' | 'pickCount' | 'items'>;
type TermsParts = {
  [K in TermsKind]: {
    readonly kind: K;
    readonly terms: KindTerms[K];
    readonly items: readonly BundleItem[];
    readonly collections: readonly { readonly role: ItemRole }[];
    readonly groups?: readonly { readonly role: ItemRole }[];
  };
}[TermsKind];

/** What tells how often an offer can be sold: a form, or the part of it that says so. */
export type Parts = SetParts | TermsParts;

/** Variants that an item may be filled with. */
export function variantsOf(item: BundleItem, products: readonly BundleProduct[]): readonly BundleVariant[] {
  const product = products.find((candidate) => candidate.id === item.productId);
  if (!product) return [];
  return item.variantId === null
    ? product.variants
    : product.variants.filter((variant) => variant.id === item.variantId);
}

function stockOf(item: BundleItem, products: readonly BundleProduct[]): number {
  const product = products.find((candidate) => candidate.id === item.productId);
  if (!product?.sellable) return 0;
  return variantsOf(item, products).reduce(
    (sum, variant) =>
      sum + (variant.stock === null || variant.sellWhenOutOfStock ? Infinity : Math.max(0, variant.stock)),
    0,
  );
}

/** Units by kind that one sale takes out of the items of each role; the gifts of goals limit nothing: the goal stays. */
function unitsByRole(parts: TermsParts): readonly (readonly [ItemRole, number])[] {
  switch (parts.kind) {
    case 'build-a-box':
      return [['part', parts.terms.minUnits]];
    case 'quantity-breaks':
      return [['part', parts.terms.tiers[0]?.units ?? 1]];
    case 'buy-x-get-y':
      return [
        ['buy', parts.terms.buyUnits],
        ['get', parts.terms.getUnits],
      ];
    case 'gift':
      return [
        ...(parts.terms.trigger.type === 'buy' ? [['buy', parts.terms.trigger.units] as const] : []),
        ['gift', 1],
      ];
    case 'together-offer':
      return [
        ['buy', 1],
        ['get', 1],
      ];
    case 'cart-goals':
      return [];
  }
}

/**
 * How many times an offer can be sold now: a fixed set as often as its scarcest part allows, a mix-and-match as
 * often as all its units together fill one, other kinds as often as each role has the units for it. Untracked
 * stock, "continue selling" and whole collections or groups do not limit.
 * @returns null when nothing limits it
 */
export function availableBundles(parts: Parts, products: readonly BundleProduct[]): number | null {
  const stock = (items: readonly BundleItem[]) => items.reduce((sum, item) => sum + stockOf(item, products), 0);
  let counts: number[];
  if ('terms' in parts) {
    const { items, collections, groups = [] } = parts;
    counts = unitsByRole(parts).map(([role, units]) =>
      [...collections, ...groups].some((whole) => whole.role === role)
        ? Infinity
        : Math.floor(stock(items.filter((item) => (item.role ?? 'part') === role)) / units),
    );
  } else if (parts.kind === 'fixed')
    counts = parts.items.map((item) => Math.floor(stockOf(item, products) / item.quantity));
  else counts = [Math.floor(stock(parts.items) / parts.pickCount)];
  const count = Math.min(...counts);
  return Number.isFinite(count) ? count : null;
}

/** True when every part of the bundle can still be bought as part of a bundle. */
export function isWhole(bundle: AnyBundle, products: readonly BundleProduct[]): boolean {
  const there = bundle.items.filter((item) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    return product && !product.giftCard && variantsOf(item, products).length > 0;
  });
  if (bundle.kind === 'fixed') return there.length === bundle.items.length;
  // Goals go on without a gift; any other kind needs something in each of its places.
  if (bundle.kind === 'cart-goals') return true;
  const roles = new Set([
    ...bundle.items.map((item) => item.role ?? 'part'),
    ...('collections' in bundle ? bundle.collections.map((collection) => collection.role) : []),
    ...('groups' in bundle ? bundle.groups.map((group) => group.role) : []),
  ]);
  return [...roles].every((role) => there.some((item) => (item.role ?? 'part') === role));
}
