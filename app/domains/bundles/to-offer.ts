import { type BundleOffer, type BundlePreview, type IncentiveRules, previewBundle as previewOffer } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';
import type { Bundle, BundleForm, BundleProduct } from './model.ts';

/** A bundle as the discount rules see it. */
export function toOffer(bundle: Bundle): BundleOffer {
  const { id, title, kind, pickCount, discount, items, startsAt, endsAt } = bundle;
  return { id, title, kind, pickCount, discount, items, startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null };
}

/** A bundle as the storefront shows it. `currency` is the shop's. */
export function toPublication(bundle: Bundle, currency: string): BundlePublication {
  return { ...toOffer(bundle), currency };
}

/**
 * Price before, saving, final price and margin of one bundle at today's catalog prices, with the same guard as
 * the checkout. Pure: the editor calls it on every key press.
 */
export function previewBundle(
  form: Pick<BundleForm, 'kind' | 'pickCount' | 'discount' | 'items'>,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
): BundlePreview {
  return previewOffer(form, products, rules);
}
