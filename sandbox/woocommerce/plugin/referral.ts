import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { WooSide } from '../side.ts';
import { readCart, readCoupon, writeCoupon } from '../storefront/cart.ts';
import { shopPage } from '../storefront/layout.ts';
import { readCustomer } from '../storefront/login.ts';
import { askApp } from './app-client.ts';

const cookie = 'trellis_referral';
const pattern = /^F-[A-Z2-9]{8}$/;
const answered = z.object({
  status: z.union([z.literal(200), z.literal(404)]),
  code: z.string().regex(pattern).nullable(),
  days: z.number().int().min(0),
  title: z.string(),
  head: z.string(),
  html: z.string(),
});

/** The code of the advocate whose link this browser came by, or ''. */
export const readReferral = (c: Context): string => {
  const code = getCookie(c, cookie) ?? '';
  return pattern.test(code) ? code : '';
};

async function open(side: WooSide, c: Context, code: string) {
  const answer = await askApp(side.store, 'POST', '/plugin/woocommerce/shopper/referral', {
    customerId: (readCustomer(c, side.store)?.id ?? 0).toString(),
    code,
    locale: 'en_US',
  });
  const page = answer?.status === 200 ? answered.safeParse(JSON.parse(answer.text)) : null;
  if (!page?.success) return null;
  const { code: given, days } = page.data;
  if (given !== null) {
    setCookie(c, cookie, given, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: days * 86_400 });
    // A code of the shopper's own stays.
    if (readCoupon(c) === '') writeCoupon(c, given);
  }
  return page.data;
}

/** The plugin's page of an invitation, `?trellis_page=refer&code=…`; its button leads on into the shop. */
export async function referralPage(side: WooSide, c: Context): Promise<Response> {
  if (c.req.query('start') !== undefined) return c.redirect('/shop/', 302);
  const page = await open(side, c, c.req.query('code') ?? '');
  if (!page) return c.text('Please come back in a moment', 503);
  const pieces = readCart(c).reduce((sum, line) => sum + line.quantity, 0);
  const { title, head, html, status } = page;
  return c.html(shopPage(side, { title, heading: false, pieces, head, body: { html } }), status);
}

/** `?ref=CODE` on any page: remembered once, whatever page it is. */
export async function rememberReferral(side: WooSide, c: Context): Promise<void> {
  const code = (c.req.query('ref') ?? '').toUpperCase();
  if (pattern.test(code) && readReferral(c) !== code) await open(side, c, code);
}
