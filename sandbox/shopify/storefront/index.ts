import { type Context, Hono } from 'hono';
import type { StorefrontDeps } from './deps.ts';
import { accountPages } from './pages/account.ts';
import { browsePages } from './pages/browse.ts';
import { createCarts } from './cart/cart.ts';
import { createTransformSource } from './transform/source.ts';
import { cartRoutes } from './cart/routes.ts';
import { checkoutPages } from './checkout/pages.ts';
import { createOfferSource } from './checkout/offers.ts';
import { fileRoutes } from './files.ts';
import { type Storefront, renderPage } from './page.ts';
import { proxyRoutes } from './proxy.ts';
import { chooseLanguage, chooseThemeSetting, formText, localPath } from './visit.ts';

/**
 * The shop that a shopper of the pretend store sees, as a Hono app for `/`. Everything it shows comes from
 * `deps.store` and from our real theme app extension, Function and web pixel.
 */
export function createStorefront(deps: StorefrontDeps): Hono {
  const front: Storefront = {
    deps,
    carts: createCarts(),
    offersFor: createOfferSource(deps),
    transform: createTransformSource(deps),
  };
  const app = new Hono();
  // The app is mounted beside others: what none of them answers gets the theme's page.
  app.use('*', async (c: Context, next) => {
    await next();
    if (c.res.status !== 404 || c.res.headers.get('content-type')?.startsWith('text/html')) return;
    if (!(c.req.header('accept') ?? '').includes('text/html')) return;
    c.res = await renderPage(front, c, { template: '404', status: 404 });
  });
  app.route('/', fileRoutes(front));
  app.route('/', proxyRoutes(front));
  app.route('/', cartRoutes(front));
  app.route('/', checkoutPages(front));
  app.route('/', accountPages(front));
  app.route('/', browsePages(front));
  app.post('/localization', async (c) => {
    const form = await c.req.parseBody();
    chooseLanguage(c, formText(form['locale_code']));
    return c.redirect(localPath(form['return_to'], '/'), 303);
  });
  app.post('/theme-settings', async (c) => {
    const form = await c.req.parseBody();
    chooseThemeSetting(c, 'cart_type', formText(form['cart_type']));
    chooseThemeSetting(c, 'color_scheme', formText(form['color_scheme']));
    return c.redirect(localPath(form['return_to'], '/'), 303);
  });
  return app;
}
