import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { soldAs, type CartLine } from '../checkout.ts';
import type { WooSide } from '../side.ts';
import { addedTo, readCart, writeCart, writeCoupon } from '../storefront/cart.ts';
import { shopPage } from '../storefront/layout.ts';
import { askApp } from './app-client.ts';
import { referralPage, rememberReferral } from './referral.ts';
import { rewardsPage } from './rewards.ts';
import { readPlugin } from './state.ts';
import { assetBase, pluginAssets, renderWidgets } from './widgets.ts';

const item = z.object({
  id: z.coerce.number().int().positive(),
  quantity: z.coerce.number().int().min(1).max(999).default(1),
  properties: z.record(z.string(), z.string()).default({}),
});
const items = z.object({ items: z.array(item).min(1).max(50) });
const marks: readonly string[] = ['_trellis_bundle', '_trellis_source'];
const types = { js: 'text/javascript', css: 'text/css' } as const;
const content = z.object({
  status: z.union([z.literal(200), z.literal(400), z.literal(404)]),
  title: z.string(),
  head: z.string(),
  html: z.string(),
});

/** What our plugin answers on the site's own addresses: its files, its cart address, pages of bundles. */
export function pluginPages(side: WooSide): Hono {
  const { store } = side;
  const app = new Hono();
  app.get(`${assetBase}/:file`, (c) => {
    const [, name = '', kind = ''] = /^([\w-]+)\.(js|css)$/.exec(c.req.param('file')) ?? [];
    if (name === '' || readPlugin(store) === null) return c.notFound();
    const type = types[kind as keyof typeof types];
    return c.body(readFileSync(join(pluginAssets, `${name}.${kind}`), 'utf8'), 200, { 'content-type': type });
  });
  app.use('*', async (c: Context, next) => {
    if (c.req.query('ref') !== undefined && readPlugin(store) !== null) await rememberReferral(side, c);
    await next();
  });
  app.post('/', async (c, next) => {
    if (c.req.query('trellis_page') === 'rewards' && readPlugin(store) !== null) return rewardsPage(side, c);
    if (c.req.query('trellis') !== 'add' || readPlugin(store) === null) return next();
    const isJson = (c.req.header('content-type') ?? '').startsWith('application/json');
    const asked = items.safeParse(
      isJson ? await c.req.json<unknown>().catch(() => null) : formItems(await c.req.text()),
    );
    const lines = asked.success ? asked.data.items.flatMap((one) => lineOf(side, one) ?? []) : [];
    const whole = asked.success && lines.length === asked.data.items.length;
    if (whole)
      writeCart(
        c,
        lines.reduce<CartLine[]>((cart, line) => addedTo(cart, line), readCart(c)),
      );
    if (!isJson) return c.redirect('/cart/', 303);
    return whole
      ? c.json({ added: lines.length })
      : c.json({ code: 'trellis_not_added', message: 'Some of these products cannot be bought any more.' }, 422);
  });
  app.get('/', (c, next) => {
    if (c.req.query('trellis_page') === 'rewards' && readPlugin(store) !== null) return rewardsPage(side, c);
    if (c.req.query('trellis_page') === 'refer' && readPlugin(store) !== null) return referralPage(side, c);
    if (c.req.query('checkout-link') !== undefined) return checkoutLink(side, c);
    const product = store.product(Number(c.req.query('p') ?? '0'));
    if (product?.status === 'publish') return c.redirect(`/product/${product.slug}/`, 301);
    return c.req.query('post_type') === 'product' ? c.redirect('/shop/', 302) : next();
  });
  const bundle = async (c: Context): Promise<Response> => {
    const name = c.req.param('name');
    const query = new URLSearchParams({ locale: 'en_US' });
    if (name === undefined) query.set('items', c.req.query('items') ?? '');
    const path = `/plugin/woocommerce/shopper/bundle${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
    const answer = await askApp(store, 'GET', `${path}?${query.toString()}`);
    const page = answer?.status === 200 ? content.safeParse(JSON.parse(answer.text)) : null;
    if (!page?.success) return c.notFound();
    const { title, head, html: body, status } = page.data;
    const pieces = readCart(c).reduce((sum, line) => sum + line.quantity, 0);
    return c.html(
      shopPage(side, {
        title,
        heading: false,
        pieces,
        head: head + renderWidgets(side, { template: 'page' }).head,
        body: { html: body },
      }),
      status,
    );
  };
  app.get('/trellis/bundle', bundle);
  app.get('/trellis/bundle/:name', bundle);
  return app;
}

/** WooCommerce's link that begins a new cart. Source: Blocks/Domain/Services/CheckoutLink.php. */
function checkoutLink(side: WooSide, c: Context): Response {
  const lines = (c.req.query('products') ?? '').split(',').flatMap((text) => {
    const [id, quantity = '1'] = text.split(':');
    const line = lineOf(side, { id: Number(id), quantity: Number(quantity) || 1, properties: {} });
    return line ?? [];
  });
  writeCart(c, lines);
  writeCoupon(c, c.req.query('coupon') ?? '');
  return c.redirect('/checkout/', 302);
}

/** A line for what a form names: a variation, or a product without any. Null where it cannot be bought. */
function lineOf({ store }: WooSide, { id, quantity, properties }: z.infer<typeof item>): CartLine | null {
  const variation = store.variations.get(id);
  const metaData = marks.flatMap((key) => {
    const value = properties[key] ?? '';
    return /^[\w:.-]{1,64}$/.test(value) ? [{ key, value }] : [];
  });
  const line: CartLine = {
    productId: variation?.parentId ?? id,
    variationId: variation?.id ?? 0,
    quantity,
    ...(metaData.length === 0 ? {} : { metaData }),
  };
  return soldAs(store, line) === null ? null : line;
}

/** `items[0][id]=1&items[0][properties][_x]=y`, or the same for one without `items[0]`. */
function formItems(text: string): unknown {
  const found = new Map<string, { id?: string; quantity?: string; properties: Record<string, string> }>();
  for (const [name, value] of new URLSearchParams(text)) {
    const [, index = '0', rest = name] = /^items\[(\d{1,3})\](.*)$/.exec(name) ?? [];
    const entry = found.get(index) ?? { properties: {} };
    const [, property] = /properties\[(\w+)\]$/.exec(rest) ?? [];
    if (property !== undefined) entry.properties[property] = value;
    else if (/^\[?id\]?$/.test(rest)) entry.id = value;
    else if (/^\[?quantity\]?$/.test(rest)) entry.quantity = value;
    found.set(index, entry);
  }
  // A choice that was left open is a line that is not wanted.
  return { items: [...found.values()].filter(({ id, quantity }) => (id ?? '') !== '' && quantity !== '0') };
}
