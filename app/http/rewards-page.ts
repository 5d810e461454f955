import type { Context } from 'hono';
import { actOnRewards } from '#app/flows/rewards-page/act.ts';
import { rewardsLiquid } from '#app/flows/rewards-page/liquid.ts';
import type { PicksReader } from '#app/flows/rewards-page/picks.ts';
import { cameFrom, type Notice, readRewardsPage } from '#app/flows/rewards-page/read-page.ts';
import type { Cache } from '#app/infra/cache.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { proxyPrefix } from './bundle-page.ts';
import { readBytes } from './read-bytes.ts';

/** Calls a minute of one customer, and of all guests of a store together. */
const customerLimit = 60;
const guestLimit = 1_200;
const mostBytes = 16_384;

type Needs = Pick<Services, 'cache' | 'db' | 'clock' | 'queue' | 'secrets'>;
interface Caller {
  readonly shopId: ShopId;
  readonly customerId: string | null;
}

/** A row of the history; null where it is none. */
export const readBefore = (sent: string | undefined): number | null =>
  sent !== undefined && /^\d{1,15}$/.test(sent) ? Number(sent) : null;

/** True while a shopper asks no more than people do. */
export async function mayAskRewards(cache: Cache, { shopId, customerId }: Caller): Promise<boolean> {
  const calls = await cache.increment(`rewards-page:${shopId}:${customerId ?? ''}`, 60);
  return calls <= (customerId === null ? guestLimit : customerLimit);
}

/**
 * `GET` and `POST /proxy/rewards`: a customer's points, rewards, codes and friends, as Liquid inside the store's theme.
 * Who the customer is says the signature alone; nothing of it is kept by any cache.
 */
export function rewardsPageHandler<C extends Context>(services: Needs, picks: PicksReader, callerOf: (c: C) => Caller) {
  return async (c: C): Promise<Response> => {
    const caller = callerOf(c);
    if (!(await mayAskRewards(services.cache, caller)))
      return new Response('Too many requests; try again in a minute.', { status: 429 });
    const notice = c.req.method === 'POST' ? await act(services, caller, c.req.raw) : null;
    const { shopId, customerId } = caller;
    const before = readBefore(c.req.query('before'));
    const back = notice?.back ?? cameFrom(c.req.query('cart'));
    const page = await readRewardsPage(services, picks, shopId, { customerId, before, notice, back });
    return new Response(rewardsLiquid(page, `${proxyPrefix(c.req.query('path_prefix'))}/rewards`), {
      headers: {
        'content-type': 'application/liquid; charset=utf-8',
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    });
  };
}

async function act(services: Needs, { shopId, customerId }: Caller, request: Request): Promise<Notice | null> {
  const bytes = await readBytes(request, mostBytes);
  if (customerId === null || bytes === null) return null;
  return actOnRewards(services, shopId, customerId, Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))));
}
