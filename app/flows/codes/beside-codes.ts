import { readOffAtCheckout, readOffers } from '#app/domains/bundles/index.ts';
import { type BesideCodes, hasShippingCodes, roomOfSet } from '#app/domains/codes/index.ts';
import { type BundleDelivery, readDeliveries } from '#app/domains/deliveries/index.ts';
import { readPriceTests } from '#app/domains/experiments/index.ts';
import { largerGoods, mostOff, type Offer, type StackMatrix, unionOf } from '#app/domains/incentives/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';
import { rulesOfShop } from '../rules-of-shop.ts';
import { codesStand } from './codes-stand.ts';

/**
 * What may come off goods or shipping beside a code of ours, by the merchant's matrix and by what the store's discounts say until they
 * have followed it. Null where nothing may, and where software of ours in the store knows what comes off.
 */
export async function besideCodes(
  scope: ShopScope,
  shop: Shop,
  capabilities: Pick<ShopCapabilities, 'discountEngine'>,
): Promise<BesideCodes | null> {
  if (capabilities.discountEngine !== 'function') return null;
  const matrix = unionOf(shop.settings.combinesWith, codesStand(shop.platformState));
  const pairs = pairsOf(matrix, await hasShippingCodes(scope));
  if (!Object.values(pairs).some(Boolean)) return null;
  const [offers, tests, deliveries] = [
    await readOffers(scope),
    await readPriceTests(scope),
    await readDeliveries(scope),
  ];
  return {
    pairs,
    // The checkout goes on with what it took last until it takes what is edited now.
    most: largerGoods(mostOff(offers, tests), await readOffAtCheckout(scope)),
    others: largestOther(shop, matrix, capabilities),
    made: (roomOf) => roomOfSold(offers, deliveries, roomOf),
  };
}

/** @param ships the store has codes of ours for shipping: without them those for goods need not share with any */
function pairsOf({ product, order }: StackMatrix, ships: boolean): BesideCodes['pairs'] {
  return {
    productProduct: product.product,
    productOrder: product.order,
    orderOrder: order.order,
    productShipping: ships && product.shipping,
    orderShipping: ships && order.shipping,
  };
}

/** What a code of the store may take that a discount of ours stands beside. */
function largestOther(
  shop: Shop,
  combinesWith: StackMatrix,
  capabilities: Pick<ShopCapabilities, 'discountEngine'>,
): BesideCodes['others'] {
  const rules = rulesOfShop({ ...shop, settings: { ...shop.settings, combinesWith } }, capabilities);
  let basisPoints = rules.codeReserve === 'exact' ? 0 : rules.codeReserve;
  let minor = 0;
  for (const { value } of rules.knownCodes ?? []) {
    if (value.type === 'percentage') basisPoints = Math.max(basisPoints, value.basisPoints);
    else minor = Math.max(minor, value.minor);
  }
  return { basisPoints, minor };
}

/** What may come off the products that bundles are shown or sold as. */
function roomOfSold(
  offers: readonly Offer[],
  deliveries: readonly BundleDelivery[],
  roomOf: (productId: string) => number,
): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { bundleId, productId, soldBps } of deliveries) {
    if (productId === null) continue;
    const offer = offers.find(({ id }) => id === bundleId);
    const edited = offer?.kind === 'fixed' && offer.discount.type === 'percentage' ? offer.discount.basisPoints : null;
    // What is edited may not be what the store sells it for yet.
    const bps = edited === null ? null : Math.max(edited, soldBps ?? 0);
    const parts = (offer?.items ?? []).map((item) => roomOf(item.productId));
    rooms.set(productId, roomOfSet(bps, parts));
  }
  return rooms;
}
