import { createMiddleware } from 'hono/factory';
import { findShopByDomain } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { type ProxyVerdict, verifyProxy } from '#app/platforms/shopify/hmac.ts';
import type { ProxyQuery } from '#app/platforms/shopify/proxy-query.ts';
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

export type ProxyCheck =
  | ({
      readonly ok: true;
      /** everything that was signed, decoded */
      readonly query: Pick<ProxyQuery, 'get' | 'plain'>;
    } & ProxyVariables)
  | { readonly ok: false; readonly status: 401 | 404; readonly code: string; readonly message: string };

type Verified = Extract<ProxyVerdict, { ok: true }>;

/** Says who asks, by the query as it stands in the URL after the question mark. */
export interface ProxyDoor {
  /** The verdict where it needs no look-up: a refused signature, or a shop that was looked up lately; else null. */
  atOnce(query: string): ProxyCheck | null;
  check(query: string): Promise<ProxyCheck>;
}

/** Accepts what Shopify's app proxy signed less than 90 seconds ago for an installed shop. */
export function createProxyDoor(services: Pick<Services, 'config' | 'clock' | 'db'>): ProxyDoor {
  const known = new Map<string, { shopId: ShopId | null; until: number }>();

  async function findShop(domain: string): Promise<ShopId | null> {
    // Which shop calls is known only after this.
    const shop = await services.db.asSystem((scope) => findShopByDomain(scope, 'shopify', domain));
    const shopId = shop && shop.status !== 'uninstalled' ? shop.id : null;
    if (known.size >= mostShops) known.clear();
    known.set(domain, { shopId, until: services.clock.now().getTime() + rememberMs });
    return shopId;
  }

  const judge = (shopId: ShopId | null, { customerId, query }: Verified): ProxyCheck =>
    shopId === null
      ? { ok: false, status: 404, code: 'not-installed', message: 'Trellis is not installed in this store.' }
      : { ok: true, shopId, customerId, query };

  function refuse(code: keyof typeof messages): ProxyCheck {
    return { ok: false, status: 401, code, message: messages[code] };
  }

  const verify = (query: string, now: Date) => verifyProxy(query, services.config.SHOPIFY_API_SECRET, now);

  function remembered(domain: string, now: Date): ShopId | null | undefined {
    const shop = known.get(domain);
    return shop && shop.until > now.getTime() ? shop.shopId : undefined;
  }

  return {
    atOnce(query) {
      const now = services.clock.now();
      const verified = verify(query, now);
      if (!verified.ok) return refuse(verified.code);
      const shopId = remembered(verified.shopDomain, now);
      return shopId === undefined ? null : judge(shopId, verified);
    },
    async check(query) {
      const now = services.clock.now();
      const verified = verify(query, now);
      if (!verified.ok) return refuse(verified.code);
      const shopId = remembered(verified.shopDomain, now);
      return judge(shopId === undefined ? await findShop(verified.shopDomain) : shopId, verified);
    },
  };
}

/** Lets through what the check accepts and notes who asks. */
export function proxyGuard(proxy: ProxyDoor) {
  return createMiddleware<{ Variables: ProxyVariables }>(async (c, next) => {
    const checked = await proxy.check(queryOf(c.req.url));
    if (!checked.ok) return c.json({ error: { code: checked.code, message: checked.message } }, checked.status);
    c.set('shopId', checked.shopId);
    c.set('customerId', checked.customerId);
    await next();
    return undefined;
  });
}

/** What stands after the first question mark. */
function queryOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}
