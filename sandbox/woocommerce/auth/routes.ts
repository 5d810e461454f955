import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import { createKey } from '../keys.ts';
import type { WooSide } from '../side.ts';
import { mayBeReached } from '../webhooks/outside.ts';
import { readAuthRequest, returnAddress, type AuthRequest } from './parameters.ts';

const permissions: Readonly<Record<AuthRequest['scope'], readonly string[]>> = {
  read: ['View coupons', 'View customers', 'View orders and sales reports', 'View products'],
  write: ['Create webhooks', 'Create coupons', 'Create customers', 'Create orders', 'Create products'],
  read_write: [
    'Create webhooks',
    'View and manage coupons',
    'View and manage customers',
    'View and manage orders and sales reports',
    'View and manage products',
  ],
};
const scopeName = { read: 'Read', write: 'Write', read_write: 'Read/Write' } as const;
const callbackLimitMs = 60_000;

/** `/wc-auth/v1/…`: the merchant, who is logged in here, approves or denies and the keys go to the app's server. */
export function wcAuthRoutes(side: WooSide): Hono {
  const app = new Hono();
  const nonces = new Set<string>();
  app.all('/wc-auth/v1/:route', async (c) => {
    if (side.faults.plainPermalinks) return c.notFound();
    const query = new URL(c.req.url).searchParams;
    const route = c.req.param('route').toLowerCase();
    const request = readAuthRequest(query, side.allowLoopback);
    if (typeof request === 'string') return denied(c, request);
    if (route === 'login') return c.redirect(`/wc-auth/v1/authorize?${query.toString()}`, 302);
    if (route === 'authorize') {
      const nonce = randomBytes(5).toString('hex');
      nonces.add(nonce);
      const granted = new URLSearchParams(query);
      granted.set('wc_auth_nonce', nonce);
      return c.html(authorizePage(request, `/wc-auth/v1/access_granted?${granted.toString()}`, side.store.site.title));
    }
    if (route !== 'access_granted') return denied(c, 'You do not have permission to access this page');
    if (!nonces.delete(query.get('wc_auth_nonce') ?? '')) return denied(c, 'Invalid nonce verification');
    const failure = await handOver(side, request);
    return failure === null ? c.redirect(returnAddress(request, 1), 302) : denied(c, failure);
  });
  return app;
}

/** Makes the keys and posts them to the app; when it does not answer 200 they are deleted. The text says why. */
async function handOver(side: WooSide, request: AuthRequest): Promise<string | null> {
  const { store } = side;
  const at = store.now().toISOString().slice(0, 19).replace('T', ' ');
  const key = createKey(store, request.scope, `${request.appName.slice(0, 170)} - API (${at})`);
  const body = JSON.stringify({ ...key, user_id: request.userId });
  const failure = await postKeys(request.callbackUrl, body, side.allowLoopback);
  if (failure !== null) store.remove('keys', key.key_id);
  return failure;
}

async function postKeys(url: string, body: string, allowLoopback: boolean): Promise<string | null> {
  if (!mayBeReached(url, allowLoopback)) return 'A valid URL was not provided.';
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(callbackLimitMs),
      headers: { 'content-type': 'application/json;charset=UTF-8', 'user-agent': 'WordPress/7.0.4' },
    });
    await response.arrayBuffer();
    return response.status === 200
      ? null
      : 'An error occurred in the request and at the time were unable to send the consumer data';
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return timedOut ? 'cURL error 28: Operation timed out' : 'cURL error 7: Failed to connect to the host';
  }
}

function denied(c: Context, reason: string): Response | Promise<Response> {
  return c.html(page('Access denied', html`<p>Error: ${reason}.</p>`), 401);
}

function authorizePage(request: AuthRequest, grantedUrl: string, shop: string): string {
  return page(
    'Application authentication request',
    html`<p class="shop">${shop}</p>
      <h1>${request.appName} would like to connect to your store</h1>
      <p>
        This will give "<strong>${request.appName}</strong>" <strong>${scopeName[request.scope]}</strong> access which
        will allow it to:
      </p>
      <ul>
        ${permissions[request.scope].map((one) => html`<li>${one}</li>`)}
      </ul>
      <p>
        Approving will share credentials with <strong>${new URL(request.callbackUrl).hostname}</strong>. Do not proceed
        if this looks suspicious in any way.
      </p>
      <p class="who">Logged in as <strong>owner</strong></p>
      <p class="actions">
        <a class="button primary" href="${grantedUrl}">Approve</a>
        <a class="button" href="${returnAddress(request, 0)}">Deny</a>
      </p>`,
  );
}

const page = (title: string, content: Html): string =>
  html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          body {
            font:
              16px/1.5 system-ui,
              sans-serif;
            background: #f0f0f1;
            color: #3c434a;
            margin: 0;
          }
          main {
            max-width: 480px;
            margin: 8vh auto;
            background: #fff;
            padding: 32px;
            box-shadow: 0 1px 3px #0002;
          }
          h1 {
            font-size: 22px;
            line-height: 1.3;
            color: #1d2327;
          }
          .shop {
            color: #646970;
            margin: 0;
          }
          .who {
            border-top: 1px solid #dcdcde;
            padding-top: 16px;
          }
          .button {
            display: inline-block;
            padding: 8px 20px;
            border: 1px solid #720eec;
            border-radius: 3px;
            color: #720eec;
            text-decoration: none;
            margin-right: 8px;
          }
          .primary {
            background: #720eec;
            color: #fff;
          }
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.html;
