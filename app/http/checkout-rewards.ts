import { Hono } from 'hono';
import { z } from 'zod';
import { pageLanguageOf } from '#app/flows/bundle-page-content.ts';
import type { PageLanguage } from '#app/flows/bundle-page-words.ts';
import { redeemFor } from '#app/flows/rewards-page/act.ts';
import { checkoutRewards } from '#app/flows/rewards-page/checkout-rewards.ts';
import { placeWords } from '#app/flows/rewards-page/place-words.ts';
import { rewardsWords } from '#app/flows/rewards-page/words.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { extensionCors, extensionDoor, refuseExtension } from './extension-door.ts';
import { readBytes } from './read-bytes.ts';
import { readJson } from './read-json.ts';

const largestBody = 4 * 1024;
/** Questions a minute of one customer: a checkout asks once, and once for each button. */
const customerLimit = 30;

const question = z.object({
  locale: z.string().max(20),
  /** points that become a code for this order */
  redeem: z.object({ reward: z.string().min(1).max(80), request: z.string().refine(isUuid) }).optional(),
});

type Needs = Pick<Services, 'cache' | 'clock' | 'config' | 'db' | 'queue' | 'secrets'>;

/** The code that goes into the order, or why there is none. */
async function redeem(
  services: Needs,
  shopId: ShopId,
  customerId: string,
  { reward, request }: NonNullable<z.infer<typeof question>['redeem']>,
  language: PageLanguage,
) {
  const wish = { customerId, rewardId: reward, requestId: request.toLowerCase() };
  const { good, code: notice, intoCart = null } = await redeemFor(services, shopId, wish, 'checkout');
  if (!good) return { code: null, making: false, message: rewardsWords[language].notices[notice] };
  const { making, notTaken } = placeWords[language];
  const late = intoCart === null;
  return { code: intoCart, making: late, message: late ? making : notTaken(intoCart) };
}

/**
 * `POST /checkout/rewards`: the extension at the checkout asks what the points of the customer are good for, and turns them
 * into a code that it applies at once. Who the customer is says the session token alone.
 */
export function checkoutRewardsRoutes(services: Needs): Hono {
  const door = extensionDoor(services);
  return new Hono()
    .options('/checkout/rewards', (c) => c.body(null, 204, extensionCors))
    .post('/checkout/rewards', async (c) => {
      const caller = await door(c);
      if (caller instanceof Response) return caller;
      const bytes = await readBytes(c.req.raw, largestBody);
      if (!bytes) return refuseExtension(c, 413, 'too-large', 'Send at most 4 kB.');
      const asked = question.safeParse(readJson(bytes));
      if (!asked.success) return refuseExtension(c, 400, 'malformed', 'Say in which language, and what is redeemed.');
      const headers = { ...extensionCors, 'cache-control': 'no-store' };
      const { shopId, customerId } = caller;
      if (customerId === null) return c.json({ rewards: null, redeemed: null }, 200, headers);
      if ((await services.cache.increment(`checkout-rewards:${shopId}:${customerId}`, 60)) > customerLimit)
        return refuseExtension(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.');
      const language = pageLanguageOf(asked.data.locale);
      const wish = asked.data.redeem;
      const redeemed = wish ? await redeem(services, shopId, customerId, wish, language) : null;
      return c.json({ rewards: await checkoutRewards(services, shopId, customerId, language), redeemed }, 200, headers);
    });
}
