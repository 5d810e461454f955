import { findSession, hasSessionCookie, isSameOrigin, readSessionToken } from '#app/domains/merchant-sessions/index.ts';
import { findShop, findShopByDomain, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { createSessionTokenVerifier, type VerifySessionToken } from '#app/platforms/shopify/auth/session-token.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { installShop } from './install-shop.ts';

export type Authentication =
  | {
      readonly code: 'authenticated';
      readonly shopId: ShopId;
      readonly domain: string;
      readonly userId: string;
      /** who it is, for what is kept with their name: all that the sign-in tells */
      readonly actor: string;
    }
  /** not (yet) proven: answer with this response */
  | { readonly code: 'bounce' | 'retry' | 'not-in-admin' | 'refused' | 'signed-out'; readonly response: Response };

const verifiers = new WeakMap<Services['config'], VerifySessionToken>();

function verifierOf(services: Services): VerifySessionToken {
  const known = verifiers.get(services.config) ?? createSessionTokenVerifier(services.config);
  verifiers.set(services.config, known);
  return known;
}

/**
 * Who asks, proven by App Bridge's session token: in the Authorization header of fetches, in `id_token` of the
 * first document. A document without a valid one goes to the bounce page, which fetches a fresh one; a fetch is
 * answered 401 with the header that makes App Bridge try again. The first visit installs the shop.
 * Whoever opens Trellis outside of an admin is known by the session that signing in has left in the browser.
 * @throws PlatformUnavailable when Shopify's token endpoint cannot answer
 */
export async function authenticateMerchant(services: Services, request: Request): Promise<Authentication> {
  const url = new URL(request.url);
  const header = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  const token = header ?? url.searchParams.get('id_token');
  const session = token ? await verifierOf(services)(token) : null;
  if (!session && token === null && isOutsideOfAdmin(request)) return bySession(services, request);
  if (!session) return unproven(services, request, url, header !== undefined);
  // Which shop this is, is only known after the look-up.
  const shop = await services.db.asSystem((scope) => findShopByDomain(scope, 'shopify', session.shopDomain));
  if (shop?.status === 'installed') return authenticated(shop.id, session);
  const installed = await installShop(services, session);
  if (installed.ok) return authenticated(installed.value, session);
  if (installed.code === 'stale-token') return unproven(services, request, url, header !== undefined);
  services.log.warn({ domain: session.shopDomain, reason: installed.message }, 'token exchange refused');
  const text =
    'Shopify refused to connect Trellis with this store. Open the app again from your admin; if that does not help, reinstall it.';
  return { code: 'refused', response: new Response(text, { status: 403 }) };
}

/**
 * A page that no admin has around it: it is in no frame, was not opened with what Shopify adds, and the browser signed
 * in by itself once.
 */
export function isOutsideOfAdmin(request: Request): boolean {
  const query = new URL(request.url).searchParams;
  const framed = request.headers.get('sec-fetch-dest') === 'iframe';
  const inAdmin =
    framed || request.headers.has('authorization') || ['id_token', 'host', 'shop'].some((name) => query.has(name));
  return !inAdmin && hasSessionCookie(request);
}

async function bySession({ config, db, clock }: Services, request: Request): Promise<Authentication> {
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  if (changes && !isSameOrigin(request, config.SHOPIFY_APP_URL))
    return { code: 'refused', response: new Response('This was not sent by a page of Trellis.', { status: 403 }) };
  // Which shop this is, is only known after the look-up.
  const session = await db.asSystem((scope) => findSession(scope, readSessionToken(request) ?? '', clock.now()));
  const shop = session && (await db.inShop(session.shopId, findShop));
  if (session && shop && shop.status !== 'uninstalled')
    return {
      code: 'authenticated',
      shopId: shop.id,
      domain: shop.domain,
      userId: session.id,
      actor: 'The shop’s admin',
    };
  const headers = { location: '/connect/woocommerce?signed-out=1', 'cache-control': 'no-store' };
  return { code: 'signed-out', response: new Response(null, { status: 302, headers }) };
}

function authenticated(shopId: Shop['id'], session: { shopDomain: string; userId: string }): Authentication {
  const { shopDomain: domain, userId } = session;
  return { code: 'authenticated', shopId, domain, userId, actor: `Staff member ${userId}` };
}

function unproven(services: Services, request: Request, url: URL, fetched: boolean): Authentication {
  if (fetched || isFetch(request)) {
    const headers = { 'x-shopify-retry-invalid-session-request': '1', 'cache-control': 'no-store' };
    return { code: 'retry', response: new Response(null, { status: 401, headers }) };
  }
  if (!url.searchParams.get('shop') || !url.searchParams.get('host')) {
    return {
      code: 'not-in-admin',
      response: new Response('Open Trellis from the Apps page of your Shopify admin.', { status: 400 }),
    };
  }
  const query = new URLSearchParams(url.searchParams);
  query.delete('id_token');
  // App Bridge on the bounce page sends the browser there with a fresh id_token.
  const reload = new URL(services.config.SHOPIFY_APP_URL);
  // Set piece by piece: a path of `//elsewhere` would be read as another host.
  reload.pathname = url.pathname;
  reload.search = query.toString();
  query.set('shopify-reload', reload.href);
  const headers = { location: `/auth/session-token?${query.toString()}`, 'cache-control': 'no-store' };
  return { code: 'bounce', response: new Response(null, { status: 302, headers }) };
}

/** Remix's data requests and `fetch` cannot follow a bounce; documents can. */
function isFetch(request: Request): boolean {
  const destination = request.headers.get('sec-fetch-dest');
  return destination === null ? !(request.headers.get('accept') ?? '').includes('text/html') : destination === 'empty';
}
