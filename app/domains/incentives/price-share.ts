import { kindOf } from './kinds/registry.ts';
import { percentageOf } from './margin.ts';
import type { Offer } from './model.ts';
import type { FormedBundle } from './outcome.ts';

/** A share of the prices of some units, taken off so many times: the same in every currency. */
export interface PriceShare {
  /** those of one bundle that are reduced */
  readonly units: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly basisPoints: number;
  readonly times: number;
}

/**
 * What comes off a formed bundle as a share of prices; null where it is an amount, or the margin guard has changed what
 * was promised.
 * @param priceOf unit price of a line, in the currency in which the bundle was formed
 */
export function priceShareOf(
  bundle: FormedBundle,
  offer: Offer,
  priceOf: (lineId: string) => number,
): PriceShare | null {
  const { count: times, guard, discountMinor } = bundle;
  const units = bundle.units
    .filter((unit) => unit.discountMinor > 0)
    .map(({ lineId, quantity }) => ({ lineId, quantity: quantity / times }));
  if (guard !== 'untouched' || units.some(({ quantity }) => !Number.isInteger(quantity))) return null;
  const gross = units.reduce((sum, { lineId, quantity }) => sum + priceOf(lineId) * quantity, 0);
  const rewards = kindOf(offer)
    .plans(offer)
    .flatMap(({ tiers }) => tiers.map(({ reward }) => reward));
  const basisPoints = rewards
    .flatMap((reward) => (reward.type === 'percentage' ? reward.basisPoints : []))
    .find((share) => percentageOf(gross, share) * times === discountMinor);
  return basisPoints === undefined ? null : { units, basisPoints, times };
}
