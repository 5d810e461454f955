import type { AppLoadContext } from '@remix-run/node';
import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import { type Shop, readShop } from '#app/domains/shops/index.ts';
import { rulesOfShop } from '#app/flows/rules-of-shop.ts';
import { capabilitiesOfShop } from '#app/flows/connected-shop.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformWords, ShopCapabilities } from '#app/platforms/platform.ts';
import { wordsOf } from '../ui/platform-words.ts';
import type { StoreStanding } from '../ui/store-notice.tsx';

/** The merchant who asks, proven by the session token, and the only way to the data of that store. */
export interface Merchant {
  readonly shop: Shop;
  /** who asks, as far as the sign-in tells; kept with what they do by hand */
  readonly actor: string;
  readonly now: Date;
  /** what the store can do now; null where its platform is not here any more */
  readonly capabilities: ShopCapabilities | null;
  /** what the store's own admin calls things */
  readonly words: PlatformWords;
  /** what every page says where it is not well */
  readonly standing: StoreStanding;
  /** what the merchant decided about discounts */
  readonly rules: IncentiveRules;
  /** Runs `work` in a transaction that sees this store only. */
  inShop<T>(work: (scope: ShopScope) => Promise<T>): Promise<T>;
}

/**
 * To be called first in every loader and action.
 * @throws Response when the request is not (yet) that of a merchant: bounce page, retry, sign-in or refusal
 */
export async function requireMerchant({
  request,
  context,
}: {
  request: Request;
  context: AppLoadContext;
}): Promise<Merchant> {
  const { services } = context;
  const outcome = await authenticateMerchant(services, request);
  if (outcome.code !== 'authenticated') throw outcome.response;
  const inShop: Merchant['inShop'] = (work) => services.db.inShop(outcome.shopId, work);
  const shop = await inShop(readShop);
  const capabilities = capabilitiesOfShop(services, shop);
  return {
    shop,
    actor: outcome.actor,
    now: services.clock.now(),
    capabilities,
    words: wordsOf(capabilities),
    standing: {
      needsReauth: shop.status === 'needs-reauth',
      connectPage: capabilities?.connectPage ?? null,
      companionFile: capabilities?.companionFile ?? null,
      // Before the first look there is nothing to complain of.
      lacks: shop.platformState.companion ? (capabilities?.lacks ?? null) : null,
      behind: capabilities?.behind ?? false,
    },
    rules: rulesOfShop(shop, capabilities),
    inShop,
  };
}
