import { type Context, Hono } from 'hono';
import { findShopByDomain } from '#app/domains/shops/index.ts';
import type { SignalBuffer } from '#app/domains/signals/index.ts';
import { createOrderOfferTaker } from '#app/flows/order-offer-take.ts';
import type { Services } from '#app/infra/services.ts';
import { verifyExtensionToken } from '#app/platforms/shopify/auth/extension-token.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { OrderAnswerer } from './order-question.ts';
import { readBytes } from './read-bytes.ts';

const LARGEST_BODY = 16 * 1024;
/** A sealed ticket is about a kilobyte; an order of many lines makes it longer. */
const LONGEST_TICKET = 8 * 1024;
/** Clicks a minute on one button. */
const TICKET_LIMIT = 20;
const REMEMBER_MS = 30_000;
const MOST_SHOPS = 10_000;

/** Extensions run in a worker of the platform: their origin is none of ours to know, and no cookie takes part. */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '86400',
};

/**
 * `POST /checkout/offers` asks what an order's pages show; the session token of the extension says which shop and,
 * where one is logged in, which customer asks. `GET /checkout/offers/:ticket` is the link of a button.
 */
export function orderOfferRoutes(services: Services, answerer: OrderAnswerer, signals: SignalBuffer): Hono {
  const take = createOrderOfferTaker(services, signals);
  const shops = new Map<string, { shopId: ShopId | null; until: number }>();

  const refuse = (c: Context, status: 400 | 401 | 404 | 413 | 429, code: string, message: string) => {
    if (status === 429) c.header('retry-after', '60');
    return c.json({ error: { code, message } }, status, cors);
  };

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

  return new Hono()
    .options('/checkout/offers', (c) => c.body(null, 204, cors))
    .post('/checkout/offers', async (c) => {
      const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
      const caller = verifyExtensionToken(token, services.config, services.clock.now());
      if (!caller) return refuse(c, 401, 'unauthorized', 'The session token is missing, over or not ours.');
      const shopId = await shopOf(caller.shopDomain);
      if (shopId === null) return refuse(c, 404, 'not-installed', 'Trellis is not installed in this store.');
      if (!(await answerer.mayAsk(shopId))) return refuse(c, 429, answerer.tooMany.code, answerer.tooMany.message);
      const bytes = await readBytes(c.req.raw, LARGEST_BODY);
      if (!bytes) return refuse(c, 413, 'too-large', 'Send at most 16 kB.');
      const answer = await answerer.answer(shopId, bytes, () => caller.customerId);
      if (!answer.ok) return refuse(c, answer.status, answer.code, answer.message);
      const { offer } = answer;
      return c.json({ offer }, 200, { ...cors, 'cache-control': 'no-store' });
    })
    .get('/checkout/offers/:ticket', async (c) => {
      const ticket = c.req.param('ticket');
      const tries = `order-offer-ticket:${services.secrets.hash(ticket, 'order offer ticket').slice(0, 24)}`;
      if (ticket.length > LONGEST_TICKET || (await services.cache.increment(tries, 60)) > TICKET_LIMIT)
        return c.text('Too many requests; try again in a minute.', 429, { 'retry-after': '60' });
      const taken = await take(ticket);
      if (!taken.ok && taken.code === 'try-again') return c.text(taken.message, 503, { 'retry-after': '60' });
      if (!taken.ok) return c.text(taken.message, 410);
      return c.redirect(taken.value, 303);
    });
}
