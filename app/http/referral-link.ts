import type { Context } from 'hono';
import { readShop } from '#app/domains/shops/index.ts';
import { bindVisitor, type Invitation, openInvitation } from '#app/flows/referrals/shopper.ts';
import type { Cache } from '#app/infra/cache.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { invitationPage, noInvitation } from './referral-page.ts';

/** Calls a minute of one store's shoppers, beyond which links are not counted: somebody plays with them. */
const mostCalls = 1_200;

type Needs = Pick<Services, 'cache' | 'db' | 'clock' | 'queue'>;
interface Caller {
  readonly shopId: ShopId;
  readonly customerId: string | null;
}

const liquid = (text: string, status: 200 | 404): Response =>
  new Response(text, {
    status,
    headers: {
      'content-type': 'application/liquid; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    },
  });

/**
 * `GET /proxy/refer/<code>`: the page that an advocate's link opens, as Liquid inside the store's theme. The cart is told
 * by the page; who is logged in is remembered here.
 */
export function referralLinkHandler<C extends Context>(services: Needs, callerOf: (c: C) => Caller) {
  return async (c: C): Promise<Response> => {
    const { shopId, customerId } = callerOf(c);
    const invitation = await invite(services, shopId, c.req.param('code') ?? '', customerId);
    return invitation ? liquid(invitationPage(invitation), 200) : liquid(noInvitation(), 404);
  };
}

/** True while a store's links are opened no more often than by people. */
export const mayOpenLinks = async (cache: Cache, shopId: ShopId): Promise<boolean> =>
  (await cache.increment(`referral-links:${shopId}`, 60)) <= mostCalls;

async function invite(
  services: Needs,
  shopId: ShopId,
  code: string,
  customerId: string | null,
): Promise<Invitation | null> {
  if (!(await mayOpenLinks(services.cache, shopId))) return null;
  const { currency } = await services.db.inShop(shopId, readShop);
  return openInvitation(services, { id: shopId, currency }, code, customerId);
}

/** `POST /proxy/refer/<code>?visitor=<uuid>`: the page's script says which browser came, after consent. */
export function referralBindHandler<C extends Context>(services: Needs, callerOf: (c: C) => Caller) {
  return async (c: C): Promise<Response> => {
    const { shopId } = callerOf(c);
    const few = (await services.cache.increment(`referral-binds:${shopId}`, 60)) <= mostCalls;
    const bound = few && (await bindVisitor(services, shopId, c.req.param('code') ?? '', c.req.query('visitor') ?? ''));
    return c.json({ bound }, 200, { 'cache-control': 'no-store' });
  };
}
