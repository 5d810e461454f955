import { readProducts } from '#app/domains/catalog/index.ts';
import { discountable } from '#app/domains/order-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { findConnectedShop } from './connected-shop.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** A used code is known as used this long later at most. */
const STATE_SECONDS = 30;

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
  const key = `order-offer-code:${shopId}:${code}`;
  const held = await services.cache.get(key);
  if (held === 'open' || held === 'used' || held === 'gone') return held;
  const connected = await findConnectedShop(services, shopId);
  if (!connected) return 'gone';
  const state = await connected.platform.readOfferCode(connected.ref, code);
  await services.cache.set(key, state, STATE_SECONDS);
  return state;
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
  const { combinesWith, minMarginBps, defaultMarginBps } = shop.settings;
  return discountable(variants, discountBps, {
    combinesWith,
    minMarginBps,
    defaultMarginBps,
    sellingPlans: 'exclude',
  });
}
