import type { Bundle, BundleForm, BundlePhase, BundleProduct, BundleVariant } from './model.ts';

/** Where a bundle stands at `now`. Start is inclusive, end is exclusive. */
export function phaseOf(bundle: Pick<Bundle, 'status' | 'startsAt' | 'endsAt'>, now: Date): BundlePhase {
  if (bundle.status !== 'active') return bundle.status;
  if (bundle.endsAt && bundle.endsAt <= now) return 'expired';
  if (bundle.startsAt && bundle.startsAt > now) return 'scheduled';
  return 'live';
}

/** The next instant after `now` at which some active bundle starts or ends; null when none will. */
export function nextChangeAt(
  bundles: readonly Pick<Bundle, 'status' | 'startsAt' | 'endsAt'>[],
  now: Date,
): Date | null {
  const instants = bundles
    .filter((bundle) => bundle.status === 'active')
    .flatMap((bundle) => [bundle.startsAt, bundle.endsAt])
    .filter((at): at is Date => at !== null && at > now)
    .sort((a, b) => a.getTime() - b.getTime());
  return instants[0] ?? null;
}

type Parts = Pick<BundleForm, 'kind' | 'pickCount' | 'items'>;

/** Variants that an item may be filled with. */
export function variantsOf(
  item: BundleForm['items'][number],
  products: readonly BundleProduct[],
): readonly BundleVariant[] {
  const product = products.find((candidate) => candidate.id === item.productId);
  if (!product) return [];
  return item.variantId === null
    ? product.variants
    : product.variants.filter((variant) => variant.id === item.variantId);
}

function stockOf(item: BundleForm['items'][number], products: readonly BundleProduct[]): number {
  const product = products.find((candidate) => candidate.id === item.productId);
  if (!product?.sellable) return 0;
  return variantsOf(item, products).reduce(
    (sum, variant) =>
      sum + (variant.stock === null || variant.sellWhenOutOfStock ? Infinity : Math.max(0, variant.stock)),
    0,
  );
}

/**
 * How many bundles can be sold now: a fixed set as often as its scarcest part allows, a mix-and-match as
 * often as all its units together fill one. Untracked stock and "continue selling" do not limit.
 * @returns null when nothing limits it
 */
export function availableBundles(parts: Parts, products: readonly BundleProduct[]): number | null {
  const count =
    parts.kind === 'fixed'
      ? Math.min(...parts.items.map((item) => Math.floor(stockOf(item, products) / item.quantity)))
      : Math.floor(parts.items.reduce((sum, item) => sum + stockOf(item, products), 0) / parts.pickCount);
  return Number.isFinite(count) ? count : null;
}

/** The lowest price at which one such bundle can be filled, shop-currency minor units; null when a part has no price. */
export function cheapestPrice(parts: Parts, products: readonly BundleProduct[]): number | null {
  const cheapest = parts.items.map((item) =>
    Math.min(...variantsOf(item, products).map((variant) => variant.priceMinor)),
  );
  if (cheapest.some((price) => !Number.isFinite(price))) return null;
  return parts.kind === 'fixed'
    ? parts.items.reduce((sum, item, index) => sum + item.quantity * (cheapest[index] ?? 0), 0)
    : Math.min(...cheapest) * parts.pickCount;
}

/**
 * What is wrong with a parsed form, by field path. `products` are those of the shop's catalog that the form
 * names; an id that is not among them is another shop's or gone.
 */
export function validateBundle(form: BundleForm, products: readonly BundleProduct[]): Record<string, string> {
  const fields: Record<string, string> = {};
  form.items.forEach((item, index) => {
    const product = products.find((candidate) => candidate.id === item.productId);
    const before = form.items.slice(0, index);
    const sameProduct = before.filter((other) => other.productId === item.productId);
    if (!product) fields[`items.${index}.productId`] = 'This product is no longer in the store';
    else if (product.giftCard) fields[`items.${index}.productId`] = 'Gift cards cannot be part of a bundle';
    else if (variantsOf(item, products).length === 0)
      fields[`items.${index}.variantId`] = 'This variant is no longer in the store';
    else if (sameProduct.some((other) => other.variantId === item.variantId))
      fields[`items.${index}.productId`] = 'This product is already in the bundle';
    else if (sameProduct.some((other) => other.variantId === null || item.variantId === null))
      fields[`items.${index}.variantId`] = 'Choose a variant: another row already takes any variant of this product';
  });

  const units = form.kind === 'fixed' ? form.items.reduce((sum, item) => sum + item.quantity, 0) : form.pickCount;
  if (units < 2) fields[form.kind === 'fixed' ? 'items' : 'pickCount'] ??= 'A bundle needs at least 2 units';
  if (form.kind === 'fixed' && units > 50) fields['items'] ??= 'A bundle holds at most 50 units';
  if (form.startsAt && form.endsAt && form.endsAt <= form.startsAt)
    fields['endsAt'] = 'The end must be after the start';

  const price = Object.keys(fields).length === 0 ? cheapestPrice(form, products) : null;
  if (price !== null && form.discount.type === 'amount' && form.discount.minor >= price)
    fields['discount.minor'] = 'The amount must be lower than the price of the cheapest bundle';
  return fields;
}
