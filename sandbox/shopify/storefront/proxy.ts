import { Hono } from 'hono';
import { renderPage, type Storefront } from './page.ts';
import { proxySignature } from './proxy-signature.ts';
import { customerOf } from './visit.ts';

const pathPrefix = '/apps/trellis';
const longestAnswerMs = 10_000;
/** What Shopify adds itself; a shopper's own value must never reach the app. */
const reserved = ['shop', 'path_prefix', 'timestamp', 'logged_in_customer_id', 'signature'];

/**
 * Shopify's app proxy: forwards to the app with who is asking, signed. Cookies go neither way. A store
 * without the app has no such address.
 */
export function proxyRoutes(front: Storefront): Hono {
  const { store, apiSecret } = front.deps;
  const app = new Hono();
  app.all(`${pathPrefix}/*`, async (c) => {
    if (!store.installation) return c.notFound();
    const url = new URL(c.req.url);
    const query = new URLSearchParams(url.search);
    for (const name of reserved) query.delete(name);
    query.set('shop', store.shop.domain);
    query.set('path_prefix', pathPrefix);
    query.set('timestamp', String(Math.floor(store.now().getTime() / 1000)));
    query.set('logged_in_customer_id', customerOf(c, store)?.id ?? '');
    query.set('signature', proxySignature(query, apiSecret));
    const headers = new Headers({
      accept: c.req.header('accept') ?? '*/*',
      'user-agent': c.req.header('user-agent') ?? '',
    });
    const type = c.req.header('content-type');
    if (type) headers.set('content-type', type);
    const hasBody = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const answer = await fetch(
      `${front.deps.appUrl}/proxy${url.pathname.slice(pathPrefix.length)}?${query.toString()}`,
      {
        method: c.req.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(longestAnswerMs),
        ...(hasBody ? { body: await c.req.arrayBuffer() } : {}),
      },
    ).catch(() => null);
    // Shopify answers for an app that cannot be reached.
    if (!answer) return c.text('There was an error in the third-party application.', 502);
    // Liquid is rendered inside the theme, as if it were one of its templates.
    if (answer.headers.get('content-type')?.startsWith('application/liquid'))
      return renderPage(front, c, {
        template: 'proxy',
        status: statusOf(answer.status),
        liquid: await answer.text(),
        events: [{ name: 'page_viewed', data: {} }],
      });
    const kept = new Headers();
    for (const name of ['content-type', 'cache-control', 'location', 'etag']) {
      const value = answer.headers.get(name);
      if (value) kept.set(name, value);
    }
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: kept });
  });
  return app;
}

const statusOf = (status: number): 200 | 400 | 404 => (status === 404 ? 404 : status === 400 ? 400 : 200);
