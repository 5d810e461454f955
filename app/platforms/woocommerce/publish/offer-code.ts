import { z } from 'zod';
import type { CartLink, OfferCodePublication } from '#app/platforms/offer-code.ts';
import { PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from '../client/rest-client.ts';
import { isLoopbackHost } from '../client/site-address.ts';
import { isGone } from '../records/resources.ts';
import { count, gmt, recordId, text } from '../records/values.ts';

const route = '/wc/v3/coupons';
/** Says whose coupon it is: our plugin takes those away that it has, see `Forget` and uninstall.php there. */
const markKey = '_trellis_offer';
const coupon = z.object({ id: recordId, code: text, status: text, usage_count: count(0), date_expires_gmt: gmt });

/** WooCommerce keeps codes in small letters and finds them in any. */
async function findCode(client: RestClient, shop: ShopRef, code: string) {
  const { data } = await client.call(shop, { route, query: { code }, answer: z.array(coupon) });
  return data.find((one) => one.code.toLowerCase() === code.toLowerCase()) ?? null;
}

/** A coupon of the store that works once and alone. It looks before it creates, so that a repetition finds it. */
export async function makeOfferCode(
  client: RestClient,
  shop: ShopRef,
  offer: OfferCodePublication,
): Promise<{ discountId: string }> {
  const known = await findCode(client, shop, offer.code);
  if (known) return { discountId: known.id };
  const body = {
    code: offer.code,
    description: offer.title,
    discount_type: 'percent',
    amount: (offer.discountBps / 100).toFixed(2),
    // Variations are named here like products.
    product_ids: offer.variantIds.map(Number),
    individual_use: true,
    usage_limit: 1,
    date_expires_gmt: offer.endsAt.toISOString().slice(0, 19),
    meta_data: [{ key: markKey, value: '1' }],
  };
  try {
    const { data } = await client.call(shop, { route, method: 'POST', body, answer: coupon });
    return { discountId: data.id };
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error;
    // Another click made it between the look and the creation.
    const made =
      error.code === 'woocommerce_rest_coupon_code_already_exists' && (await findCode(client, shop, offer.code));
    if (!made) throw error;
    return { discountId: made.id };
  }
}

export async function readOfferCode(
  client: RestClient,
  shop: ShopRef,
  code: string,
  now: Date,
): Promise<'open' | 'used' | 'gone'> {
  const known = await findCode(client, shop, code);
  if (!known) return 'gone';
  if (known.usage_count > 0) return 'used';
  const over = known.date_expires_gmt !== null && known.date_expires_gmt <= now;
  return over || (known.status !== '' && known.status !== 'publish') ? 'gone' : 'open';
}

export async function removeOfferCode(client: RestClient, shop: ShopRef, code: string): Promise<void> {
  const known = await findCode(client, shop, code);
  if (!known) return;
  try {
    const call = {
      route: `${route}/${known.id}`,
      method: 'DELETE',
      query: { force: 'true' },
      answer: z.unknown(),
    } as const;
    await client.call(shop, call);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/**
 * WooCommerce's own link that fills a cart with products and a coupon. It marks no lines.
 * Source: WooCommerce 10, Blocks/Domain/Services/CheckoutLink.php.
 */
export function cartLink(shop: ShopRef, link: CartLink): string {
  const local = isLoopbackHost(new URL(`https://${shop.domain}`).hostname);
  const url = new URL(`${local ? 'http' : 'https'}://${shop.domain}/`);
  url.searchParams.set('checkout-link', 'true');
  url.searchParams.set('products', `${link.variantId}:1`);
  if (link.code !== null) url.searchParams.set('coupon', link.code);
  return url.href;
}
