import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { addItems } from '../cart/cart.ts';
import { renderPage, type Storefront } from '../page.ts';

const properties = z.record(z.string(), z.string().max(500)).refine((all) => Object.keys(all).length <= 25);
/** As on Shopify: variants and quantities, joined by commas. */
const items = '/cart/:items{[0-9]+:[0-9]+(?:,[0-9]+:[0-9]+)*}';

function readProperties(text: string | undefined): Record<string, string> {
  if (text === undefined) return {};
  try {
    return properties.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    // Shopify leaves out what it cannot read.
    return {};
  }
}

/**
 * Cart permalinks: a new cart with these variants, the line properties on the first, and a code. `storefront=true`
 * leads to the cart, anything else to the checkout. Source: shopify.dev, "Create cart permalinks".
 */
export function permalinks(front: Storefront): Hono {
  const app = new Hono();
  app.get(items, async (c) => {
    const cart = front.carts.create();
    const wanted = c.req.param('items').split(',');
    const outcome = addItems(
      front.deps.store,
      cart,
      wanted.map((item, index) => {
        const [variantId = '', quantity = ''] = item.split(':');
        const own = index === 0 ? readProperties(c.req.query('properties')) : {};
        return { variantId, quantity: Math.max(1, Number(quantity)), properties: own };
      }),
    );
    if (!outcome.ok)
      return renderPage(front, c, { template: 'cart', status: 422, data: { message: outcome.description } });
    const code = c.req.query('discount')?.trim().slice(0, 100) ?? '';
    if (code !== '') cart.codes.push(code);
    setCookie(c, 'cart', cart.token, { path: '/', sameSite: 'Lax', httpOnly: true });
    return c.redirect(c.req.query('storefront') === 'true' ? '/cart' : '/checkout', 303);
  });
  // The store's permanent address; here it has two names on one port, and a cart belongs to the one of its cookie.
  app.get(`/shops/:domain${items}`, (c) => {
    const url = new URL(c.req.url);
    return c.redirect(`${sameStore(c, url)}${url.pathname.replace(/^\/shops\/[^/]+/, '')}${url.search}`, 302);
  });
  return app;
}

/** The name of this machine under which the shopper came, '' where that is not told. */
function sameStore(c: Context, here: URL): string {
  const from = c.req.header('referer');
  if (from === undefined || !URL.canParse(from)) return '';
  const { hostname, port, origin } = new URL(from);
  return ['localhost', '127.0.0.1'].includes(hostname) && port === here.port ? origin : '';
}
