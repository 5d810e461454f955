import type { Context } from 'hono';
import { findShopByDomain } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { verifyExtensionToken } from '#app/platforms/shopify/auth/extension-token.ts';
import type { ShopId } from '#app/shared/ids.ts';

const REMEMBER_MS = 30_000;
const MOST_SHOPS = 10_000;

/** Extensions run in a worker of the platform: their origin is none of ours to know, and no cookie takes part. */
export const extensionCors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '86400',
};

/** A refusal as extensions may read it. */
export function refuseExtension(
  c: Context,
  status: 400 | 401 | 404 | 413 | 429,
  code: string,
  message: string,
): Response {
  if (status === 429) c.header('retry-after', '60');
  return c.json({ error: { code, message } }, status, extensionCors);
}

export interface ExtensionAsker {
  readonly shopId: ShopId;
  /** who is logged in, signed by the platform; null = a guest */
  readonly customerId: string | null;
}

/** Says which shop's page asks and who looks at it, by the session token of the extension; a refusal where it says nothing. */
export function extensionDoor(services: Pick<Services, 'config' | 'clock' | 'db'>) {
  const shops = new Map<string, { shopId: ShopId | null; until: number }>();

  async function shopOf(domain: string): Promise<ShopId | null> {
    const now = services.clock.now().getTime();
    const known = shops.get(domain);
    if (known && now < known.until) return known.shopId;
    // Which shop asks is known only after this.
    const shop = await services.db.asSystem((scope) => findShopByDomain(scope, 'shopify', domain));
    const shopId = shop && shop.status !== 'uninstalled' ? shop.id : null;
    if (shops.size >= MOST_SHOPS) shops.clear();
    shops.set(domain, { shopId, until: now + REMEMBER_MS });
    return shopId;
  }

  return async (c: Context): Promise<ExtensionAsker | Response> => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    const caller = verifyExtensionToken(token, services.config, services.clock.now());
    if (!caller) return refuseExtension(c, 401, 'unauthorized', 'The session token is missing, over or not ours.');
    const shopId = await shopOf(caller.shopDomain);
    if (shopId === null) return refuseExtension(c, 404, 'not-installed', 'Trellis is not installed in this store.');
    return { shopId, customerId: caller.customerId };
  };
}
