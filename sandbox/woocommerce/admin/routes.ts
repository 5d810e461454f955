import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { Html } from '../../shopify/admin-shell/html.ts';
import { createKey } from '../keys.ts';
import type { OrderStatus } from '../model.ts';
import { refundOrder, setStatus } from '../orders.ts';
import { minorOf } from '../rest/money.ts';
import { orderStatuses } from '../rest/resources/orders.ts';
import type { WooSide } from '../side.ts';
import { addresses, adminPage, type Place } from './layout.ts';
import { trellisBody, trellisRoutes } from './trellis.ts';
import { keysBody, ordersBody, productsBody, sandboxBody, webhooksBody } from './pages.ts';

const id = z.coerce.number().int();
const permissions = z.enum(['read', 'write', 'read_write']);
const faultsForm = z.object({
  slowMs: z.coerce.number().min(0).max(120_000),
  clockOffsetMs: z.coerce.number().min(-86_400_000).max(86_400_000),
  webhookDrop: z.coerce.number().min(0).max(1),
  webhookDuplicate: z.coerce.number().min(0).max(1),
  blockRest: z.stringbool().default(false),
  plainPermalinks: z.stringbool().default(false),
  unknownIsHome: z.stringbool().default(false),
  stripAuthorization: z.stringbool().default(false),
  webhookReorder: z.stringbool().default(false),
});

/** `/wp-admin/`: orders, products, keys and webhooks by hand, the way to Trellis, and the sandbox's own tools. */
export function adminRoutes(side: WooSide): Hono {
  const { store } = side;
  const app = new Hono();
  const show = (c: Context, at: Place, title: string, body: Html): Response | Promise<Response> =>
    c.html(adminPage(side, at, title, body));
  const paged = (c: Context): number => Math.max(1, Math.trunc(Number(c.req.query('paged') ?? '1')) || 1);

  app.get('/wp-admin', (c) => c.redirect('/wp-admin/'));
  app.get('/wp-admin/', (c) => c.redirect(addresses.orders));
  app.get('/wp-admin/edit.php', (c) => show(c, 'products', 'Products', productsBody(side, paged(c))));
  app.route('/', trellisRoutes(side));
  app.get('/wp-admin/admin.php', async (c) => {
    const page = c.req.query('page');
    if (page === 'trellis') return show(c, 'trellis', 'Trellis', await trellisBody(side, c.req.query()));
    if (page === 'sandbox') return show(c, 'sandbox', 'Faults and queue', sandboxBody(side));
    if (page === 'wc-settings' && c.req.query('section') === 'webhooks')
      return show(c, 'webhooks', 'Webhooks', webhooksBody(side));
    if (page === 'wc-settings') return show(c, 'keys', 'REST API keys', keysBody(side, null));
    return show(c, 'orders', 'Orders', ordersBody(side, paged(c)));
  });
  app.post('/wp-admin/keys/create', async (c) => {
    const form = await c.req.parseBody();
    const key = createKey(store, permissions.parse(form['permissions']), 'Made by hand');
    return show(c, 'keys', 'REST API keys', keysBody(side, key));
  });
  app.post('/wp-admin/keys/revoke', async (c) => {
    store.remove('keys', id.parse((await c.req.parseBody())['id']));
    return c.redirect(addresses.keys, 303);
  });
  app.post('/wp-admin/webhooks/:action', async (c) => {
    const webhook = store.webhooks.get(id.parse((await c.req.parseBody())['id']));
    if (webhook !== undefined) {
      const status = c.req.param('action') === 'activate' ? 'active' : 'disabled';
      store.put('webhooks', { ...webhook, status, updatedAt: store.stamp() });
      if (status === 'active' && webhook.pendingDelivery) await side.webhooks.ping(webhook.id);
    }
    return c.redirect(addresses.webhooks, 303);
  });
  app.post('/wp-admin/orders/:action', async (c) => {
    const form = await c.req.parseBody();
    const order = store.orders.get(id.parse(form['id']));
    if (order === undefined) return c.notFound();
    if (c.req.param('action') === 'refund') {
      const amount = minorOf(form['amount'], store.site) ?? 0;
      if (amount > 0) refundOrder(store, order, { amount, reason: 'By hand', lines: [], restock: false });
    } else {
      const status = orderStatuses.find((one): one is OrderStatus & typeof one => one === form['status']);
      if (status !== undefined && status !== order.status) setStatus(store, order, order, status);
    }
    return c.redirect(addresses.orders, 303);
  });
  app.post('/wp-admin/products/save', async (c) => {
    const form = await c.req.parseBody();
    const product = store.product(id.parse(form['id']));
    if (product === null) return c.notFound();
    const price = typeof form['price'] === 'string' ? form['price'] : product.regularPrice;
    const name = typeof form['name'] === 'string' ? form['name'] : product.name;
    store.put('products', { ...product, name, regularPrice: price, updatedAt: store.stamp() });
    return c.redirect(addresses.products, 303);
  });
  app.post('/wp-admin/sandbox/faults', async (c) => {
    const given = faultsForm.safeParse(await c.req.parseBody());
    if (given.success) Object.assign(side.faults, given.data);
    return c.redirect(addresses.sandbox, 303);
  });
  app.post('/wp-admin/sandbox/queue', async (c) => {
    await side.webhooks.run();
    return c.redirect(addresses.sandbox, 303);
  });
  return app;
}
