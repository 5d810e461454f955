import type { Context } from 'hono';
import { bundlePage, liquidWriter, type PageAsk, pageLimits } from '#app/flows/bundle-page.ts';
import { renderAbsence } from '#app/flows/bundle-page-liquid.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

const contentType = 'application/liquid; charset=utf-8';
const cacheControl = 'public, max-age=60';
const usualPrefix = '/apps/trellis';

/**
 * `GET /proxy/bundle/<id or handle>` and `GET /proxy/bundle?items=a,b,c` behind the app proxy's signature check:
 * pages as Liquid, which Shopify renders inside the store's theme. They show nothing of a customer.
 * @param shopIdOf reads the shop that the signature check has found
 */
export function bundlePageHandler<C extends Context>(
  services: Pick<Services, 'cache' | 'db' | 'clock' | 'log'>,
  shopIdOf: (c: C) => ShopId,
) {
  return async (c: C): Promise<Response> => {
    const ask = readPageAsk(c.req.param('name'), c.req.queries('items') ?? [], c.req.query('path_prefix'));
    if (!ask) return liquid(renderAbsence('malformed'), 400, { 'cache-control': 'no-store' });
    const page = await bundlePage(services, shopIdOf(c), ask, liquidWriter);
    const headers = {
      'cache-control': cacheControl,
      etag: page.etag,
      ...(page.index ? {} : { 'x-robots-tag': 'noindex' }),
    };
    if (page.status === 200 && c.req.header('if-none-match') === page.etag)
      return new Response(null, { status: 304, headers });
    return liquid(page.text, page.status, headers);
  };
}

function liquid(text: string, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(text, { status, headers: { 'content-type': contentType, ...headers } });
}

/** Where the proxy stands in the store: the merchant may have moved it. It is signed, but it still goes into addresses. */
export const proxyPrefix = (sent: string | undefined): string =>
  sent !== undefined && /^\/[a-z]{1,20}\/[\w-]{1,60}$/.test(sent) ? sent : usualPrefix;

/** Reads the address; null where it is malformed. */
export function readPageAsk(name: string | undefined, items: readonly string[], prefix?: string): PageAsk | null {
  const pathPrefix = proxyPrefix(prefix);
  if (name !== undefined)
    return name.length > pageLimits.handleLength || !/^[a-z0-9-]+$/.test(name)
      ? null
      : { type: 'bundle', name, pathPrefix };
  const [text] = items;
  if (items.length !== 1 || text === undefined || text.length > pageLimits.mostItems * (pageLimits.handleLength + 1))
    return null;
  const names = [...new Set(text.split(',').map((each) => each.trim()))];
  if (names.length < pageLimits.leastItems || names.length > pageLimits.mostItems) return null;
  // PostgreSQL's text cannot hold NUL.
  if (names.some((each) => each === '' || each.length > pageLimits.handleLength || /[\p{Cc}\s]/u.test(each)))
    return null;
  return { type: 'items', items: names, pathPrefix };
}
