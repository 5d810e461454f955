import type { Context } from 'hono';
import { z } from 'zod';
import type { WooSide } from '../side.ts';
import { readCart, writeCoupon } from '../storefront/cart.ts';
import { shopPage } from '../storefront/layout.ts';
import { readCustomer } from '../storefront/login.ts';
import { askApp } from './app-client.ts';
import { noteEntered } from './tier-code.ts';

const content = z.object({ title: z.string(), head: z.string(), html: z.string() });

/** The plugin's page of a customer's rewards, `?trellis_page=rewards`: shown, its forms, and a code into the cart. */
export async function rewardsPage(side: WooSide, c: Context): Promise<Response> {
  const { store } = side;
  const code = c.req.query('apply') ?? '';
  if (code !== '') {
    noteEntered(store, c, { was: '', is: code });
    writeCoupon(c, code);
    return c.redirect(c.req.query('to') === 'checkout' ? '/checkout/' : '/cart/', 302);
  }
  const form = c.req.method === 'POST' ? Object.fromEntries(new URLSearchParams(await c.req.text())) : null;
  const answer = await askApp(store, 'POST', '/plugin/woocommerce/shopper/rewards', {
    customerId: (readCustomer(c, store)?.id ?? 0).toString(),
    locale: 'en_US',
    account: `${side.siteUrl()}/my-account/`,
    before: c.req.query('before') ?? null,
    cart: c.req.query('cart') ?? null,
    form,
  });
  const page = answer?.status === 200 ? content.safeParse(JSON.parse(answer.text)) : null;
  if (!page?.success) return c.text('Please come back in a moment', 503);
  const pieces = readCart(c).reduce((sum, line) => sum + line.quantity, 0);
  const { title, head, html } = page.data;
  return c.html(shopPage(side, { title, heading: false, pieces, head, body: { html } }));
}
