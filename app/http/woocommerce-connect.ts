import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { isSameOrigin, readSessionToken, sessionCookie } from '#app/domains/merchant-sessions/index.ts';
import { escapeText } from '#app/flows/bundle-page-html.ts';
import { enterByLink, otherStoreOf } from '#app/flows/plugin-sign-in.ts';
import { receiveKeys } from '#app/flows/connect-woocommerce.ts';
import type { Services } from '#app/infra/services.ts';
import { readBytes } from './read-bytes.ts';
import { readJson } from './read-json.ts';
import { senderAddress } from './sender-address.ts';

const largestBody = 16 * 1024;

/** Attempts a minute from one address: each makes us ask some store. */
const senderLimit = 20;
/** Attempts a minute in all, whatever addresses they name. */
const totalLimit = 400;

/**
 * Holds back whoever tries to connect stores, or keys, or links, one after the other. Pages may be looked at freely.
 */
function connectLimit({ cache, config }: Pick<Services, 'cache' | 'config'>) {
  return createMiddleware(async (c, next) => {
    const costs = c.req.method !== 'GET' || c.req.path.endsWith('/enter');
    const many =
      costs &&
      ((await cache.increment(`connect:${senderAddress(c, config.TRUSTED_PROXIES)}`, 60)) > senderLimit ||
        (await cache.increment('connect', 60)) > totalLimit);
    if (many) return c.text('Too many attempts. Try again in a minute.', 429, { 'retry-after': '60' });
    await next();
    return undefined;
  });
}

/** Asks before a browser leaves the store that it is signed in to. */
function askPage(token: string, { now, next }: { readonly now: string; readonly next: string }): Response {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Open another store · Trellis</title>
<main style="max-width:36rem;margin:4rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif"><h1>Open another store?</h1>
<p>You are signed in to <b>${escapeText(now)}</b>. This link opens <b>${escapeText(next)}</b>. Go on only if you have just opened Trellis from that store.</p>
<form method="post" action="/connect/woocommerce/enter?token=${token}"><button style="font:inherit;padding:.6rem 1.2rem">Open ${escapeText(next)}</button> <a href="/">Stay</a></form></main></html>`;
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      // Stricter, and the browser would not say that the form is ours.
      'referrer-policy': 'same-origin',
    },
  });
}

/**
 * `GET /connect/woocommerce/enter?token=`: the link that the plugin has asked for. It works once; the address it leads
 * to has no token in it any more. Only a page of ours sends it by POST: the merchant was asked.
 */
async function enter(c: Context, services: Services): Promise<Response> {
  const { SHOPIFY_APP_URL: appUrl } = services.config;
  // Whoever only looks whether there is a page must not use it up.
  if (c.req.method === 'HEAD') return new Response(null, { headers: { 'cache-control': 'no-store' } });
  const asked = c.req.method === 'POST';
  if (asked && !isSameOrigin(c.req.raw, appUrl)) return c.text('This was not sent by a page of Trellis.', 403);
  const sent = c.req.query('token') ?? '';
  const token = /^[\w-]{43}$/.test(sent) ? sent : null;
  const other = token === null || asked ? null : await otherStoreOf(services, token, readSessionToken(c.req.raw));
  if (token !== null && other) return askPage(token, other);
  const entered = token === null ? null : await enterByLink(services, token);
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  if (!entered)
    return new Response(null, { status: 303, headers: { ...headers, location: '/connect/woocommerce?used=1' } });
  const cookie = sessionCookie(entered.session, appUrl);
  return new Response(null, { status: 303, headers: { ...headers, location: entered.target, 'set-cookie': cookie } });
}

/**
 * `POST /connect/woocommerce/callback`: a store hands its keys over. Everything but 200 makes WooCommerce delete the
 * keys and show its merchant an error.
 */
export function woocommerceConnectRoutes(services: Services): Hono {
  const app = new Hono();
  app.use('/connect/*', connectLimit(services));
  app.get('/connect/woocommerce/enter', (c) => enter(c, services));
  app.post('/connect/woocommerce/enter', (c) => enter(c, services));
  return app.post('/connect/woocommerce/callback', async (c) => {
    const bytes = await readBytes(c.req.raw, largestBody);
    if (bytes === null) return new Response(null, { status: 413 });
    const outcome = await receiveKeys(services, readJson(bytes));
    if (outcome.ok) return new Response(null, { status: 200 });
    services.log.warn({ code: outcome.code }, 'keys of a WooCommerce store were not taken');
    return c.json(
      { error: { code: outcome.code, message: outcome.message } },
      outcome.code === 'unavailable' ? 503 : 400,
    );
  });
}
