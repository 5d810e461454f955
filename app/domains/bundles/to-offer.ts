import {
  type BundleOffer,
  type BundlePreview,
  type IncentiveRules,
  previewBundle as previewOffer,
  safeDiscount,
} from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';
import type { AnyBundleForm, Bundle, BundleProduct } from './model.ts';
import { variantsOf } from './availability.ts';

/** A bundle as the discount rules see it. */
export function toOffer(bundle: Bundle): BundleOffer {
  const { id, title, kind, pickCount, discount, items, startsAt, endsAt } = bundle;
  return {
    id,
    title,
    kind,
    pickCount,
    discount,
    items,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
  };
}

/**
 * A bundle as the storefront shows it: with the discount that the checkout gives for every choice of units, so
 * that no shopper is promised what the margin guard would take back. Null when nothing can be promised.
 * @param currency the shop's
 */
export function toPublication(
  bundle: Bundle,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
  currency: string,
): BundlePublication | null {
  // A mix-and-match without one of its products still is one.
  const items = bundle.items.filter((item) => variantsOf(item, products).length > 0);
  const offer = { ...toOffer(bundle), items };
  const discount = safeDiscount(offer, products, rules);
  return discount && { ...offer, discount, currency };
}

/**
 * Price before, saving, final price and margin of one bundle at today's catalog prices, with the same guard as
 * the checkout. Pure: the editor calls it on every key press.
 */
export function previewBundle(
  form: Pick<AnyBundleForm, 'kind' | 'pickCount' | 'discount' | 'items'>,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
): BundlePreview {
  const { pickCount, discount, items } = form;
  return previewOffer(
    { kind: form.kind === 'fixed' ? 'fixed' : 'mix-and-match', pickCount, discount, items },
    products,
    rules,
  );
}
