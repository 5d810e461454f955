import { findShop } from '#app/domains/shops/index.ts';
import { authenticateMerchant, isOutsideOfAdmin } from '#app/flows/authenticate-merchant.ts';
import type { Services } from '#app/infra/services.ts';

/** Pages that have no platform's admin around them bring their own menu, messages and dialogs. */
export function isOutside(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/connect/') || isOutsideOfAdmin(request);
}

/** Which store a browser outside of an admin is signed in to; what the frame around its pages names. */
export interface SignedIn {
  readonly name: string;
  readonly domain: string;
}

/** Null where an admin is around the page, or nobody is signed in. */
export async function findSignedIn(services: Services, request: Request): Promise<SignedIn | null> {
  if (!isOutsideOfAdmin(request)) return null;
  const outcome = await authenticateMerchant(services, request);
  const shop = outcome.code === 'authenticated' ? await services.db.inShop(outcome.shopId, findShop) : null;
  return shop && { name: shop.name || shop.domain, domain: shop.domain };
}
