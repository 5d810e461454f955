import {
  type BundlePreview,
  type DiscountValue,
  fitsOffer,
  type IncentiveRules,
  type KindTerms,
  noPriceTests,
  type Offer,
  type PriceTests,
  previewBundle as previewSet,
  safeOffer,
  type TermsKind,
  type UnitValue,
  valuesOf,
  withValues,
} from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';
import { variantsOf } from './availability.ts';
import { type AnyBundle, type AnyBundleForm, type BundleProduct, isSet } from './model.ts';
import { headlineOf } from './terms.ts';

/** A bundle as the discount rules see it; its collections are products already (`wholes.ts`). */
export function toOffer(bundle: AnyBundle): Offer {
  const { id, title, items } = bundle;
  const head = {
    id,
    title,
    items,
    startsAt: bundle.startsAt?.toISOString() ?? null,
    endsAt: bundle.endsAt?.toISOString() ?? null,
  };
  if (isSet(bundle)) return { ...head, kind: bundle.kind, pickCount: bundle.pickCount, discount: bundle.discount };
  return withTerms(head, bundle);
}

type TermsBundle = Exclude<AnyBundle, { kind: 'fixed' | 'mix-and-match' }>;

/** Kind by kind, so that the compiler sees that each keeps its own terms. */
function withTerms(head: Omit<Offer, 'kind' | 'terms'>, bundle: TermsBundle): Offer {
  switch (bundle.kind) {
    case 'build-a-box':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
    case 'quantity-breaks':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
    case 'buy-x-get-y':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
    case 'gift':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
    case 'cart-goals':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
    case 'together-offer':
      return { ...head, kind: bundle.kind, terms: bundle.terms };
  }
}

/**
 * A bundle as the storefront shows it: with the values that the checkout gives for every choice of units, so
 * that no shopper is promised what the margin guard would take back. Null when nothing can be promised.
 * @param currency the shop's
 * @param priceTests running ones: what each of their versions promises is published beside what stands
 */
export function toPublication(
  bundle: AnyBundle,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
  currency: string,
  priceTests: PriceTests = noPriceTests,
): BundlePublication | null {
  // A mix-and-match without one of its products still is one.
  const items = bundle.items.filter((item) => variantsOf(item, products).length > 0);
  const offer = safeOffer({ ...toOffer(bundle), items }, products, rules);
  if (!offer) return null;
  const versions = priceTests.tests.find((test) => test.bundleId === offer.id)?.arms.slice(1) ?? [];
  const armDiscounts = versions.map(({ values, mark = '' }) => {
    const version = safeOffer(withValues({ ...toOffer(bundle), items }, values), products, rules);
    return { arm: mark, ...promiseOf(version) };
  });
  const tested = armDiscounts.length > 0 && { armDiscounts };
  if (!('terms' in offer)) return { ...offer, currency, ...tested };
  const { discount } = promiseOf(offer);
  return { ...offer, currency, pickCount: bundle.pickCount, discount, ...tested };
}

const nothing: DiscountValue = { type: 'percentage', basisPoints: 0 };

/** What lists show of an offer, and its terms where its kind has any. */
function promiseOf(offer: Offer | null): { discount: DiscountValue; terms?: KindTerms[TermsKind] } {
  if (!offer) return { discount: nothing };
  return 'terms' in offer
    ? { discount: headlineOf(offer.kind, offer.terms), terms: offer.terms }
    : { discount: offer.discount };
}

/** What a price test may vary of a bundle, tier by tier; empty where it gives nothing that has a size. */
export function valuesOfBundle(bundle: AnyBundle): readonly UnitValue[] {
  return valuesOf(toOffer(bundle));
}

/** The bundle with a version's values in place of its own; null where they do not fit. */
export function withVersion<B extends AnyBundle>(bundle: B, values: readonly UnitValue[]): B | null {
  const offer = toOffer(bundle);
  if (!fitsOffer(offer, values)) return null;
  const version = withValues(offer, values);
  return { ...bundle, ...promiseOf(version) };
}

/**
 * Price before, saving, final price and margin of one set at today's catalog prices, with the same guard as
 * the checkout. Pure: the editor calls it on every key press. Of another kind it tells whether the guard would
 * bite for some choice; its prices are those of the fewest units that it takes.
 */
export function previewBundle(
  form: AnyBundleForm,
  products: readonly BundleProduct[],
  rules: IncentiveRules,
): BundlePreview {
  const { pickCount, discount, items } = form;
  if (isSet(form)) return previewSet(form, products, rules);
  const preview = previewSet(
    { kind: 'mix-and-match', pickCount: Math.max(1, pickCount), discount, items },
    products,
    rules,
  );
  const offer = withTerms({ id: '', title: '', items, startsAt: null, endsAt: null }, form as TermsBundle);
  const safe = safeOffer(offer, products, rules);
  const promised = safe && 'terms' in safe ? headlineOf(safe.kind, safe.terms) : null;
  const whole = JSON.stringify(safe) === JSON.stringify(offer);
  const others = preview.warnings.filter((warning) => warning !== 'below-margin');
  return { ...preview, promised, warnings: whole ? others : ['below-margin', ...others] };
}
