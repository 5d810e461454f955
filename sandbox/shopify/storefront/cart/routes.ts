import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { pricedCartOf, renderPage, renderSections, type Storefront } from '../page.ts';
import { cartOf, formText, localPath } from '../visit.ts';
import { addItems, changeLine, type CartOutcome, setAttributes } from './cart.ts';
import { cartJson, lineJson } from './cart-json.ts';
import { readForm } from './form.ts';

const id = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);
const quantity = z.coerce.number().int().min(0).max(1_000_000);
const properties = z.record(z.string(), z.coerce.string().max(500)).optional();
const item = z.object({ id, quantity: quantity.min(1).default(1), properties });
const attributes = z.record(z.string(), z.coerce.string().max(500));

const addBody = z.union([
  z.object({ items: z.array(item).min(1).max(100), attributes: attributes.optional() }),
  item.extend({ attributes: attributes.optional() }),
]);
const changeBody = z.object({
  id: z.coerce.string().optional(),
  line: z.coerce.number().int().min(1).optional(),
  quantity,
});
const updateBody = z.object({
  updates: z.union([z.record(z.string(), quantity), z.array(quantity)]).optional(),
  attributes: attributes.optional(),
});

const sectionsBody = z.object({ sections: z.union([z.array(z.string()), z.string()]).optional() });

/** Up to five sections may be asked for with a change of the cart. Source: shopify.dev, "Cart API, bundled section rendering". */
async function withSections(front: Storefront, c: Context, body: unknown, answer: object): Promise<object> {
  const { sections = [] } = sectionsBody.safeParse(body).data ?? {};
  const names = (typeof sections === 'string' ? sections.split(',') : sections).slice(0, 5);
  return names.length === 0 ? answer : { ...answer, sections: await renderSections(front, c, names) };
}

/** The Ajax cart API, the same actions as form posts, and the cart page. */
export function cartRoutes(front: Storefront): Hono {
  const { store } = front.deps;
  const app = new Hono();

  app.get('/cart', (c) =>
    renderPage(front, c, {
      template: 'cart',
      events: [
        { name: 'page_viewed', data: {} },
        { name: 'cart_viewed', data: {} },
      ],
    }),
  );
  app.get('/cart.js', async (c) => c.json(cartJson(await pricedCartOf(front, c))));

  const act = async (c: Context, form: unknown, run: (body: unknown) => CartOutcome | null): Promise<Response> => {
    const ajax = c.req.path.endsWith('.js') || (c.req.header('content-type') ?? '').includes('json');
    const outcome = run(form);
    const description = outcome === null ? 'Invalid cart request.' : outcome.ok ? null : outcome.description;
    if (ajax) {
      if (description !== null) return c.json({ status: 422, message: 'Cart Error', description }, 422);
      return c.json(await withSections(front, c, form, cartJson(await pricedCartOf(front, c))));
    }
    if (description !== null)
      return renderPage(front, c, { template: 'cart', status: 422, data: { message: description } });
    return c.redirect(localPath((form as { return_to?: unknown }).return_to, '/cart'), 303);
  };

  for (const path of ['/cart/add', '/cart/add.js']) {
    app.post(path, async (c) => {
      const body = await readForm(c);
      const parsed = addBody.safeParse(body);
      const cart = cartOf(c, front.carts);
      const response = await act(c, body, () => {
        if (!parsed.success) return null;
        const items = 'items' in parsed.data ? parsed.data.items : [parsed.data];
        setAttributes(cart, parsed.data.attributes ?? {});
        return addItems(
          store,
          cart,
          items.map((each) => ({ variantId: each.id, quantity: each.quantity, properties: each.properties ?? {} })),
        );
      });
      if (!response.ok || !parsed.success || !path.endsWith('.js')) return response;
      // Shopify answers with what was added: a line, or `items` where several were asked for.
      const added = ('items' in parsed.data ? parsed.data.items : [parsed.data]).map((each) => each.id);
      const priced = await pricedCartOf(front, c);
      const lines = priced.lines
        .filter((line) => added.includes(line.variant.id))
        .map((line) => lineJson(line, priced.currency));
      return c.json(await withSections(front, c, body, 'items' in parsed.data ? { items: lines } : (lines[0] ?? {})));
    });
  }
  const change = (c: Context, body: unknown): Promise<Response> =>
    act(c, body, (raw) => {
      const parsed = changeBody.safeParse(raw);
      if (!parsed.success) return null;
      const cart = cartOf(c, front.carts);
      const wanted = parsed.data;
      const line =
        wanted.line !== undefined
          ? cart.lines[wanted.line - 1]
          : cart.lines.find((each) => each.key === wanted.id || each.variantId === wanted.id);
      return changeLine(store, cart, line?.key ?? wanted.id ?? '', wanted.quantity);
    });
  for (const path of ['/cart/change', '/cart/change.js']) app.post(path, async (c) => change(c, await readForm(c)));
  app.get('/cart/change', (c) => change(c, c.req.query()));

  const update = (c: Context, body: unknown): Promise<Response> =>
    act(c, body, (raw) => {
      const parsed = updateBody.safeParse(raw);
      if (!parsed.success) return null;
      const cart = cartOf(c, front.carts);
      setAttributes(cart, parsed.data.attributes ?? {});
      const updates = parsed.data.updates ?? {};
      const pairs = Array.isArray(updates)
        ? cart.lines.map((line, index) => [line.key, updates[index] ?? line.quantity] as const)
        : Object.entries(updates).map(
            ([name, count]) =>
              [cart.lines.find((line) => line.key === name || line.variantId === name)?.key ?? name, count] as const,
          );
      const outcomes = pairs.map(([key, count]) => changeLine(store, cart, key, count));
      return outcomes.find((outcome) => !outcome.ok) ?? { ok: true };
    });
  for (const path of ['/cart', '/cart/update', '/cart/update.js'])
    app.post(path, async (c) => update(c, await readForm(c)));

  for (const path of ['/cart/clear', '/cart/clear.js']) {
    app.post(path, (c) =>
      act(c, {}, () => {
        const cart = cartOf(c, front.carts);
        for (const line of [...cart.lines]) changeLine(store, cart, line.key, 0);
        return { ok: true };
      }),
    );
  }
  app.post('/discount', async (c) => {
    const code = formText((await c.req.parseBody())['code']).slice(0, 100);
    const cart = cartOf(c, front.carts);
    if (code !== '' && !cart.codes.some((known) => known.toLowerCase() === code.toLowerCase())) cart.codes.push(code);
    return c.redirect('/cart', 303);
  });
  // A shareable link of a discount: the code waits in the cart, and the shopper goes on inside the store.
  app.get('/discount/:code{(?!remove$).+}', (c) => {
    const code = c.req.param('code').slice(0, 100);
    const cart = cartOf(c, front.carts);
    if (!cart.codes.some((known) => known.toLowerCase() === code.toLowerCase())) cart.codes.push(code);
    const to = c.req.query('redirect') ?? '/';
    return c.redirect(/^\/(?![/\\])/.test(to) ? to : '/', 302);
  });
  app.get('/discount/remove', (c) => {
    const cart = cartOf(c, front.carts);
    cart.codes = cart.codes.filter((known) => known !== c.req.query('code'));
    return c.redirect('/cart', 303);
  });
  return app;
}
