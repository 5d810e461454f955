import { readLargestOff } from '#app/domains/codes/index.ts';
import {
  largerCodes,
  leavesCodes,
  noOwnCodes,
  type Offer,
  type OwnCodes,
  readOwnCodes,
  shipsFree,
  smallerCodes,
  unionOf,
  writeOwnCodes,
} from '#app/domains/incentives/index.ts';
import { largestOfferCode } from '#app/domains/order-offers/index.ts';
import type { PlatformState, Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';
import { codesStand } from './codes-stand.ts';

/** `none-free`: no goal makes shipping free, so that there is nothing to leave. */
export type LeftToOwnCodes = NonNullable<PlatformState['leftToOwnCodes']>;

/**
 * What any code of ours takes off goods at most that the store has, or is to have, and that may stand beside free shipping:
 * by the merchant's matrix, or still by the store's codes. Nothing where software of ours in the store knows the codes.
 */
export async function readOwnCodesOfShop(
  scope: ShopScope,
  { settings, platformState }: Pick<Shop, 'settings' | 'platformState'>,
  { discountEngine }: Pick<ShopCapabilities, 'discountEngine'>,
  now: Date,
): Promise<OwnCodes> {
  if (discountEngine !== 'function') return noOwnCodes;
  const { product, order } = unionOf(settings.combinesWith, codesStand(platformState));
  const classes = [...(product.shipping ? ['product' as const] : []), ...(order.shipping ? ['order' as const] : [])];
  if (classes.length === 0) return noOwnCodes;
  const largest = await readLargestOff(scope, classes);
  if (!product.shipping) return largest;
  // Codes of offers after a purchase stand beside nothing but free shipping.
  return largerCodes(largest, { ...noOwnCodes, basisPoints: await largestOfferCode(scope, now) });
}

/** What a publication of these offers leaves to them. */
export const leftBy = (offers: readonly Offer[], ownCodes: OwnCodes): LeftToOwnCodes =>
  offers.some(shipsFree) ? [...writeOwnCodes(ownCodes)] : 'none-free';

/** What is left for certain while nobody knows whether the store has taken a publication. */
export function leftMeanwhile(state: PlatformState, left: LeftToOwnCodes): LeftToOwnCodes {
  const before = leftAtCheckout(state);
  if (before === 'none-free') return left;
  return left === 'none-free' ? before : [...writeOwnCodes(smallerCodes(ofLeft(before), ofLeft(left)))];
}

/** Whether the checkout leaves as much as these codes take. */
export function isLeft(state: PlatformState, ownCodes: OwnCodes): boolean {
  const left = leftAtCheckout(state);
  return left === 'none-free' || leavesCodes(ofLeft(left), ownCodes);
}

/** Whether it leaves more than that. */
export function isMoreLeft(state: PlatformState, ownCodes: OwnCodes): boolean {
  const left = leftAtCheckout(state);
  return left !== 'none-free' && !leavesCodes(ownCodes, ofLeft(left));
}

/** Before the first publication no goal is there; one from before this was kept leaves nothing. */
const leftAtCheckout = ({ discountDigest, leftToOwnCodes }: PlatformState): LeftToOwnCodes =>
  leftToOwnCodes ?? (discountDigest === undefined ? 'none-free' : [...writeOwnCodes(noOwnCodes)]);

const ofLeft = (cells: Exclude<LeftToOwnCodes, string>): OwnCodes => readOwnCodes(cells) ?? noOwnCodes;
