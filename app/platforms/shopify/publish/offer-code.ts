import type { Config } from '#app/infra/config.ts';
import type { CartLink, OfferCodePublication } from '#app/platforms/offer-code.ts';
import { PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import { createCodeDocument, deleteCodeDocument, readCodeDocument } from '../documents/offer-codes.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';
import { shopOrigin } from '../origin.ts';

/** A native discount code of the store. It looks before it creates, so that a repetition after a lost answer finds it. */
export async function makeOfferCode(
  client: AdminClient,
  shop: ShopRef,
  offer: OfferCodePublication,
): Promise<{ discountId: string }> {
  const find = async () => (await client.run(shop, readCodeDocument, { code: offer.code })).codeDiscountNodeByCode;
  const known = await find();
  if (known) return { discountId: known.id };
  const discount = {
    title: offer.title,
    code: offer.code,
    startsAt: offer.startsAt.toISOString(),
    endsAt: offer.endsAt.toISOString(),
    usageLimit: 1,
    context: { all: 'ALL' },
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: offer.besideShipping },
    customerGets: {
      value: { percentage: offer.discountBps / 10_000 },
      items: { products: { productVariantsToAdd: offer.variantIds.map((id) => toGid('ProductVariant', id)) } },
    },
  };
  const { discountCodeBasicCreate } = await client.run(shop, createCodeDocument, { discount });
  // TAKEN: another click made it between the look and the creation.
  const taken = discountCodeBasicCreate.userErrors.some((error) => error.code === 'TAKEN');
  if (!taken) refuseUserErrors('discountCodeBasicCreate', discountCodeBasicCreate.userErrors);
  const made = taken ? await find() : discountCodeBasicCreate.codeDiscountNode;
  if (!made) throw new PlatformRefusal('NO_DISCOUNT', 'Shopify made no discount code');
  return { discountId: made.id };
}

/** Shopify counts uses a little later than they happen: within that time a used code may look open. */
export async function readOfferCode(
  client: AdminClient,
  shop: ShopRef,
  code: string,
): Promise<'open' | 'used' | 'gone'> {
  const { codeDiscountNodeByCode: node } = await client.run(shop, readCodeDocument, { code });
  if (!node) return 'gone';
  if ((node.codeDiscount.asyncUsageCount ?? 0) > 0) return 'used';
  return node.codeDiscount.status === 'ACTIVE' ? 'open' : 'gone';
}

export async function removeOfferCode(client: AdminClient, shop: ShopRef, code: string): Promise<void> {
  const { codeDiscountNodeByCode: node } = await client.run(shop, readCodeDocument, { code });
  if (!node) return;
  const { discountCodeDelete } = await client.run(shop, deleteCodeDocument, { id: node.id });
  refuseUserErrors('discountCodeDelete', discountCodeDelete.userErrors);
}

/**
 * A cart permalink that opens the store's cart. Line properties reach the first product only, so a link holds one.
 * Source: shopify.dev, "Create cart permalinks".
 */
export function cartLink(config: Pick<Config, 'SHOPIFY_ORIGIN'>, shop: ShopRef, link: CartLink): string {
  const url = new URL(`${shopOrigin(config, shop.domain)}/cart/${encodeURIComponent(link.variantId)}:1`);
  const properties = Buffer.from(JSON.stringify({ _trellis_source: link.source })).toString('base64url');
  url.searchParams.set('properties', properties);
  if (link.code !== null) url.searchParams.set('discount', link.code);
  url.searchParams.set('storefront', 'true');
  return url.href;
}
