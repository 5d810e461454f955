import type { BundlePreview } from '#app/domains/incentives/index.ts';
import { formatBps, formatMoney } from '../format.ts';

/**
 * What shoppers are promised of a bundle's discount. The margin guard looks at the least profitable choice, so it may
 * be less than the merchant set: `reduced`, or `none`, and then the store does not show the bundle.
 */
export type BundlePromise =
  | { readonly state: 'whole' }
  | { readonly state: 'reduced'; readonly discount: NonNullable<BundlePreview['promised']> }
  | { readonly state: 'none' };

/** Reads the promise off a preview; a bundle whose products are unknown counts as whole, other words say what is wrong. */
export function promiseOf(preview: Pick<BundlePreview, 'promised' | 'warnings'>): BundlePromise {
  if (!preview.warnings.includes('below-margin')) return { state: 'whole' };
  return preview.promised === null ? { state: 'none' } : { state: 'reduced', discount: preview.promised };
}

/** "9.5%" or "$4.00". */
export function discountWords(discount: NonNullable<BundlePreview['promised']>, currency: string): string {
  return discount.type === 'percentage' ? formatBps(discount.basisPoints) : formatMoney(discount.minor, currency);
}

/** What the store really takes off, in minor units, where a bundle costs `priceMinor` without it. */
export function promisedSaving(promised: BundlePreview['promised'], priceMinor: number): number {
  if (promised === null) return 0;
  return promised.type === 'amount'
    ? Math.min(promised.minor, priceMinor)
    : Math.round((priceMinor * promised.basisPoints) / 10_000);
}
