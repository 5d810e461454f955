import { type SetParts, variantsOf } from './availability.ts';
import {
  type AnyBundleForm,
  type Bundle,
  type BundleForm,
  type BundlePhase,
  type BundleProduct,
  isSet,
} from './model.ts';
import { type Fields, validateItems } from './validate-items.ts';
import { validateTerms } from './validate-terms.ts';

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

/** The lowest price at which one such bundle can be filled, shop-currency minor units; null when a part has no price. */
export function cheapestPrice(parts: SetParts, products: readonly BundleProduct[]): number | null {
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
export function validateBundle(form: AnyBundleForm, products: readonly BundleProduct[]): Record<string, string> {
  const fields: Record<string, string> = {};
  if (form.startsAt && form.endsAt && form.endsAt <= form.startsAt)
    fields['endsAt'] = 'The end must be after the start';
  if (isSet(form)) validateSet(form, products, fields);
  else validateTerms(form, products, fields);
  return fields;
}

function validateSet(form: BundleForm, products: readonly BundleProduct[], fields: Fields): void {
  validateItems(form.items, products, fields);
  const units = form.kind === 'fixed' ? form.items.reduce((sum, item) => sum + item.quantity, 0) : form.pickCount;
  if (units < 2) fields[form.kind === 'fixed' ? 'items' : 'pickCount'] ??= 'A bundle needs at least 2 units';
  if (form.kind === 'fixed' && units > 50) fields['items'] ??= 'A bundle holds at most 50 units';

  const price = Object.keys(fields).length === 0 ? cheapestPrice(form, products) : null;
  if (price !== null && form.discount.type === 'amount' && form.discount.minor >= price)
    fields['discount.minor'] = 'The amount must be lower than the price of the cheapest bundle';
}
