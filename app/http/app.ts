import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import { createCartServing, servingMemory } from '#app/domains/recommendations/index.ts';
import { createSignalBuffer } from '#app/domains/signals/index.ts';
import { createOrderOffers } from '#app/flows/order-offers.ts';
import { createPicksReader } from '#app/flows/rewards-page/picks.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { Queues } from '#app/infra/queue.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { bundlePageHandler } from './bundle-page.ts';
import { cartUpsellHandler, createCartAnswerer } from './cart-upsell.ts';
import { checkoutRewardsRoutes } from './checkout-rewards.ts';
import { mailReportRoutes } from './mail-reports.ts';
import { mailRoutes } from './mail.ts';
import { orderOfferRoutes } from './order-offers.ts';
import { orderPointsRoutes } from './order-points.ts';
import { createOrderAnswerer } from './order-question.ts';
import { createProxyDoor, type ProxyVariables, proxyGuard } from './proxy.ts';
import { isLoopback, operatorsOnly, queueDashboard } from './queue-dashboard.ts';
import { referralBindHandler, referralLinkHandler } from './referral-link.ts';
import { rewardsPageHandler } from './rewards-page.ts';
import { signalsRoutes } from './signals.ts';
import { createWebhookIntake } from './webhook-intake.ts';
import { webhookRoutes } from './webhooks.ts';
import { woocommerceConnectRoutes } from './woocommerce-connect.ts';
import { woocommercePluginRoutes } from './woocommerce-plugin.ts';
import { woocommerceWebhookRoutes } from './woocommerce-webhooks.ts';

export interface HttpApp {
  readonly app: Hono;
  /** What Node's HTTP server calls: carts are answered at once, everything else by `app`. */
  readonly listener: (this: void, ...call: Parameters<RequestListener>) => void;
  /** Stores and announces what was taken. */
  close(): Promise<void>;
}

/** What machines call: webhooks, app proxy, signals, health. Pages are added by the caller. */
export function createHttpApp(services: Services, queues: Queues): HttpApp {
  const intake = createWebhookIntake(services);
  const signals = createSignalBuffer(services);
  const app = new Hono();

  app.onError((error, c) => {
    // The route, not the address: what stands in an address may be a secret.
    services.log.error({ method: c.req.method, route: routePath(c, -1), err: error }, 'a request failed');
    return c.json(
      { error: { code: 'internal', message: 'Something went wrong on our side. Try again in a moment.' } },
      500,
    );
  });
  app.route('/', webhookRoutes(services, intake));
  app.route('/', woocommerceWebhookRoutes(services, intake));
  app.route('/', woocommerceConnectRoutes(services));
  app.route('/', signalsRoutes(services, signals));
  app.route('/', mailRoutes(services));
  app.route('/', mailReportRoutes(services));

  const proxy = new Hono<{ Variables: ProxyVariables }>();
  const door = createProxyDoor(services);
  const memory = servingMemory(services.config.SERVING_MEMORY_MB);
  const serving = createCartServing(services, memory);
  const cartAnswers = createCartAnswers(services, serving);
  const picks = createPicksReader(services, serving);
  const orders = createOrderAnswerer(services.cache, createOrderOffers(services, cartAnswers, signals));
  app.route('/', orderOfferRoutes(services, orders, signals));
  app.route('/', orderPointsRoutes(services));
  app.route('/', checkoutRewardsRoutes(services));
  app.route('/plugin/woocommerce', woocommercePluginRoutes(services, { cartAnswers, orders, picks }));
  proxy.use('*', proxyGuard(door));
  proxy.get(
    '/cart',
    cartUpsellHandler(cartAnswers, (c) => ({
      shopId: c.get('shopId') as ShopId,
      customerId: c.get('customerId') as string | null,
    })),
  );
  proxy.on(
    'GET',
    ['/bundle', '/bundle/:name'],
    bundlePageHandler(services, (c) => c.get('shopId') as ProxyVariables['shopId']),
  );
  const caller = (c: Context<{ Variables: ProxyVariables }>) => ({
    shopId: c.get('shopId'),
    customerId: c.get('customerId'),
  });
  proxy.get('/refer/:code', referralLinkHandler(services, caller));
  proxy.post('/refer/:code', referralBindHandler(services, caller));
  proxy.on(['GET', 'POST'], '/rewards', rewardsPageHandler(services, picks, caller));
  proxy.all('*', (c) => c.json({ error: { code: 'not-found', message: 'There is nothing here.' } }, 404));
  app.route('/proxy', proxy);

  app.get('/health', async (c) => {
    const database = await services.db.pool.query('SELECT 1').then(
      () => 'up',
      () => 'down',
    );
    return c.json({ status: database === 'up' ? 'ok' : 'degraded', database }, database === 'up' ? 200 : 503);
  });
  // Operators look at it on the machine itself: it has no sign-in of its own.
  if (services.config.QUEUE_DASHBOARD === 'on' && isLoopback(services.config.HOST)) {
    app.use('/queues/*', operatorsOnly);
    app.route('/queues', queueDashboard(queues, '/queues'));
  }

  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const route: RequestListener = (request, response) => void answer(request, response);
  const answerCart = createCartAnswerer(door, cartAnswers, route);
  return {
    app,
    listener: (request, response) => {
      if (!answerCart(request, response)) route(request, response);
    },
    async close() {
      await Promise.all([intake.close(), signals.close()]);
    },
  };
}
