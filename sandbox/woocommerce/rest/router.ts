import { pluginRest } from '../plugin/rest.ts';
import { noRoute, ok, type RestAnswer } from './answer.ts';
import { pickFields } from './fields.ts';
import type { RestContext, RestRequest } from './request.ts';
import { couponRoutes } from './resources/coupons.ts';
import { customerRoutes } from './resources/customers.ts';
import { orderRoutes } from './resources/orders.ts';
import { productRoutes } from './resources/products.ts';
import { refundRoutes } from './resources/refunds.ts';
import { settingRoutes } from './resources/settings.ts';
import { productTermRoutes } from './resources/terms.ts';
import type { Route } from './resources/route.ts';
import { variationRoutes } from './resources/variations.ts';
import { webhookRoutes } from './resources/webhooks.ts';
import { siteIndex } from './site-index.ts';

const routes: readonly (Route & { readonly pattern: RegExp })[] = [
  ...productTermRoutes,
  ...variationRoutes,
  ...productRoutes,
  ...customerRoutes,
  ...refundRoutes,
  ...orderRoutes,
  ...couponRoutes,
  ...webhookRoutes,
  ...settingRoutes,
].map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replaceAll(':id', '(\\d+)')}$`) }));

/** True for addresses that everybody may read. */
export const isPublic = (path: string): boolean => path === '/' || path === '' || path === '/wc/v3';

/**
 * Answers one call, from outside or from the store itself.
 * @throws RestError with WordPress's code
 */
export async function callRest(context: RestContext, request: RestRequest): Promise<RestAnswer> {
  const path = request.path.replace(/\/+$/, '');
  if (isPublic(path))
    return ok(
      siteIndex(
        context,
        routes.map((route) => route.path),
        path === '/wc/v3' ? 'wc/v3' : null,
      ),
    );
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (path.startsWith('/wc-trellis/')) return pluginRest(context.store, method, path, request);
  for (const route of routes) {
    const match = route.pattern.exec(path);
    const handler = route.methods[method as keyof Route['methods']];
    if (match === null || handler === undefined) continue;
    const answer = await handler(context, { ...request, path }, match.slice(1).map(Number));
    return { ...answer, body: pickFields(answer.body, request.query) };
  }
  throw noRoute();
}
