import { readProducts } from '#app/domains/catalog/index.ts';
import { discountable, findOfferCode, findOfferedOrder } from '#app/domains/order-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { type ConnectedShop, findConnectedShop } from './connected-shop.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { rulesOfShop } from './rules-of-shop.ts';

/** A used code is known as used this long later at most. */
const STATE_SECONDS = 30;

const stateKey = (shopId: ShopId, code: string): string => `order-offer-code:${shopId}:${code}`;

interface KnownCode {
  readonly code: string;
  readonly discountId: string | null;
}

/** Whether an order's code can still be used; one that the platform has not made yet is open. */
export async function offerCodeState(
  services: Pick<Services, 'db' | 'cache' | 'platforms'>,
  shopId: ShopId,
  { code, discountId }: KnownCode,
): Promise<'open' | 'used' | 'gone'> {
  if (discountId === null) return 'open';
  const key = stateKey(shopId, code);
  const held = await services.cache.get(key);
  if (held === 'open' || held === 'used' || held === 'gone') return held;
  const connected = await findConnectedShop(services, shopId);
  if (!connected) return 'gone';
  const state = await connected.platform.readOfferCode(connected.ref, code);
  await services.cache.set(key, state, STATE_SECONDS);
  return state;
}

/**
 * Takes the code of an order that was cancelled, given back or deleted out of the store. Our record of it stays, so
 * that the order never earns another. Does nothing for an order that stands, or that has not arrived.
 * @param deleted the platform has said that the order is gone for good
 */
export async function withdrawOfferCode(
  services: Pick<Services, 'db' | 'cache'>,
  { platform, ref }: ConnectedShop,
  { orderId, deleted }: { readonly orderId: string; readonly deleted: boolean },
): Promise<void> {
  const { known, order } = await services.db.inShop(ref.shopId, async (scope) => ({
    known: await findOfferCode(scope, orderId),
    order: await findOfferedOrder(scope, orderId),
  }));
  if (!known || !(deleted || order?.cancelled)) return;
  await platform.removeOfferCode(ref, known.code);
  await services.cache.delete(stateKey(ref.shopId, known.code));
}

/** Of these variants those that leave the merchant's margin at the whole discount, by what the mirror knows now. */
export async function safeVariants(
  services: Pick<Services, 'db'>,
  shopId: ShopId,
  productIds: readonly string[],
  variantIds: readonly string[],
  discountBps: number,
): Promise<ReadonlySet<string>> {
  const { shop, products } = await services.db.inShop(shopId, async (scope) => ({
    shop: await readShop(scope),
    products: await readProducts(scope, productIds),
  }));
  const wanted = new Set(variantIds);
  const variants = products.flatMap(({ giftCard, variants: all }) =>
    all
      .filter((variant) => wanted.has(variant.id))
      .map(({ id, priceMinor, costMinor }) => ({ variantId: id, priceMinor, costMinor, giftCard })),
  );
  return discountable(variants, discountBps, rulesOfShop(shop, null));
}
