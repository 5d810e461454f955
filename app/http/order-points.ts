import { Hono } from 'hono';
import { z } from 'zod';
import { pageLanguageOf } from '#app/flows/bundle-page-content.ts';
import { orderPoints } from '#app/flows/rewards-page/order-points.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { extensionCors, extensionDoor, refuseExtension } from './extension-door.ts';
import { readBytes } from './read-bytes.ts';
import { readJson } from './read-json.ts';

const largestBody = 4 * 1024;
/** Questions a minute about one order: a page asks once each time it is loaded. */
const orderLimit = 30;
/** Questions a minute from one shop's pages. */
const shopLimit = 6_000;

const question = z.object({ orderId: z.string().regex(/^\d{1,20}$/), locale: z.string().max(20) });

type Needs = Pick<Services, 'cache' | 'clock' | 'config' | 'db'>;

/**
 * What the page of an order says of points, whichever door asks.
 * @param customerId who is logged in, by what the platform has signed
 * @returns null where the question cannot be read, 'busy' where a page asks more than people do
 */
export async function answerOrderPoints(
  services: Pick<Needs, 'cache' | 'clock' | 'db'>,
  shopId: ShopId,
  customerId: string | null,
  sent: unknown,
  rewardsPath: string,
) {
  const asked = question.safeParse(sent);
  if (!asked.success) return null;
  const { orderId, locale } = asked.data;
  const calls = [
    (await services.cache.increment(`order-points:${shopId}`, 60)) <= shopLimit,
    (await services.cache.increment(`order-points:${shopId}:${orderId}`, 60)) <= orderLimit,
  ];
  if (calls.includes(false)) return 'busy' as const;
  const ask = { orderId, customerId, language: pageLanguageOf(locale), rewardsPath };
  return { points: await orderPoints(services, shopId, ask) };
}

/** `POST /checkout/points`: the extension on the pages after a purchase asks what the order brought. */
export function orderPointsRoutes(services: Needs): Hono {
  const door = extensionDoor(services);
  return new Hono()
    .options('/checkout/points', (c) => c.body(null, 204, extensionCors))
    .post('/checkout/points', async (c) => {
      const caller = await door(c);
      if (caller instanceof Response) return caller;
      const bytes = await readBytes(c.req.raw, largestBody);
      if (!bytes) return refuseExtension(c, 413, 'too-large', 'Send at most 4 kB.');
      const { shopId, customerId } = caller;
      const answer = await answerOrderPoints(services, shopId, customerId, readJson(bytes), '/apps/trellis/rewards');
      if (answer === null) return refuseExtension(c, 400, 'malformed', 'Say which order, and in which language.');
      if (answer === 'busy')
        return refuseExtension(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.');
      return c.json(answer, 200, { ...extensionCors, 'cache-control': 'no-store' });
    });
}
