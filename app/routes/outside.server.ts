import { findShop } from '#app/domains/shops/index.ts';
import { authenticateMerchant, isOutsideOfAdmin } from '#app/flows/authenticate-merchant.ts';
import { capabilitiesOfShop } from '#app/flows/connected-shop.ts';
import type { Services } from '#app/infra/services.ts';
import type { SignedIn } from '../ui/outside/use-outside.ts';
import { wordsOf } from '../ui/platform-words.ts';

/** Pages that have no platform's admin around them bring their own menu, messages and dialogs. */
export function isOutside(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/connect/') || isOutsideOfAdmin(request);
}

/** Null where an admin is around the page, or nobody is signed in. */
export async function findSignedIn(services: Services, request: Request): Promise<SignedIn | null> {
  if (!isOutsideOfAdmin(request)) return null;
  const outcome = await authenticateMerchant(services, request);
  const shop = outcome.code === 'authenticated' ? await services.db.inShop(outcome.shopId, findShop) : null;
  return (
    shop && {
      name: shop.name || shop.domain,
      domain: shop.domain,
      words: wordsOf(capabilitiesOfShop(services, shop)),
    }
  );
}
