import { createMiddleware } from 'hono/factory';
import { findShopByDomain } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { verifyProxy } from '#app/platforms/shopify/hmac.ts';
import type { ShopId } from '#app/shared/ids.ts';

export interface ProxyVariables {
  readonly shopId: ShopId;
  /** who is logged in to the storefront, null for guests. Must equal the owner of whatever is asked for. */
  readonly customerId: string | null;
}

const rememberMs = 30_000;
const mostShops = 10_000;

const messages = {
  unsigned: 'This address is called by Shopify only.',
  forged: 'The signature does not fit.',
  stale: 'The call is too old.',
} as const;

/** Lets through what Shopify's app proxy signed less than 90 seconds ago for an installed shop. */
export function proxyGuard(services: Pick<Services, 'config' | 'clock' | 'db'>) {
  const known = new Map<string, { shopId: ShopId | null; until: number }>();

  async function findShop(domain: string): Promise<ShopId | null> {
    const now = services.clock.now().getTime();
    const remembered = known.get(domain);
    if (remembered && remembered.until > now) return remembered.shopId;
    // Which shop calls is known only after this.
    const shop = await services.db.asSystem((scope) => findShopByDomain(scope, 'shopify', domain));
    const shopId = shop && shop.status !== 'uninstalled' ? shop.id : null;
    if (known.size >= mostShops) known.clear();
    known.set(domain, { shopId, until: now + rememberMs });
    return shopId;
  }

  return createMiddleware<{ Variables: ProxyVariables }>(async (c, next) => {
    const query = new URL(c.req.url).searchParams;
    const verdict = verifyProxy(query, services.config.SHOPIFY_API_SECRET, services.clock.now());
    if (!verdict.ok) return c.json({ error: { code: verdict.code, message: messages[verdict.code] } }, 401);
    const shopId = await findShop(verdict.shopDomain);
    if (shopId === null) return c.json({ error: { code: 'not-installed', message: 'Trellis is not installed in this store.' } }, 404);
    c.set('shopId', shopId);
    c.set('customerId', verdict.customerId);
    await next();
    return undefined;
  });
}
