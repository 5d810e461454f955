import { createHash } from 'node:crypto';
import { z } from 'zod';
import { decodeCodeGuard } from '#app/domains/codes/index.ts';
import { noRoute, ok, RestError, type RestAnswer } from '../rest/answer.ts';
import type { RestRequest } from '../rest/request.ts';
import type { WooStore } from '../store.ts';
import { changePlugin, forgetConnection, readPlugin } from './state.ts';

const connection = z.object({
  shopId: z.uuid(),
  appUrl: z.url(),
  secret: z.string().regex(/^[0-9a-f]{64}$/),
});
const discount = z.object({
  title: z.string(),
  configs: z.array(z.string()),
  startsAt: z.string(),
  classes: z.array(z.string()),
  combinesWith: z.record(z.string(), z.boolean()),
});
const codes = z.object({ guard: z.string().refine((text) => decodeCodeGuard(text) !== null) });
const storefront = z.object({ shopId: z.uuid(), signalsEndpoint: z.url() }).loose();

const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);

const invalid = (): RestError => new RestError('rest_invalid_param', 'The body is not readable.', 400);

/** What the plugin tells everybody: whether it is connected. */
export const isOpen = (method: string, path: string): boolean =>
  method === 'GET' && path === '/wc-trellis/v1/connection';

/**
 * The routes of our plugin below `/wc-trellis/v1`. Whoever calls has shown the key of somebody who manages the shop.
 * @throws RestError, among them `rest_no_route` where the plugin is not active
 */
export function pluginRest(
  store: WooStore,
  method: string,
  path: string,
  { body, keyId }: Pick<RestRequest, 'body' | 'keyId'>,
): RestAnswer {
  const plugin = readPlugin(store);
  if (plugin === null) throw noRoute();
  const changes = ['POST', 'PUT', 'PATCH'].includes(method);
  const read = <T>(schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw invalid();
    return parsed.data;
  };
  const connected = (): void => {
    if (plugin.connection === null) throw new RestError('trellis_not_connected', 'The plugin is not connected.', 409);
  };
  switch (path.slice('/wc-trellis/v1/'.length)) {
    case 'status':
      if (method !== 'GET') break;
      return ok({
        version: plugin.version,
        contract: plugin.contract ?? 2,
        wordpress: '7.0.4',
        woocommerce: '11.0.1',
        php: '8.2.29',
        locale: plugin.locale ?? 'en_US',
        connected: plugin.connection !== null,
        shopId: plugin.connection?.shopId ?? null,
        secretFingerprint: plugin.connection && fingerprintOf(plugin.connection.secret),
        optedIn: plugin.optedIn,
        blockTheme: false,
        blocks: ['together', 'bundle', 'cart'],
        problems: [],
      });
    case 'connection':
      if (method === 'GET') return ok({ connected: plugin.connection !== null });
      if (method === 'DELETE') {
        forgetConnection(store);
        // Who takes leave leaves no key behind.
        if (keyId !== undefined) store.remove('keys', keyId);
        return ok({ connected: false });
      }
      if (!changes) break;
      if (!plugin.optedIn)
        throw new RestError('trellis_not_opted_in', 'The merchant has not connected the plugin yet.', 409);
      changePlugin(store, { connection: read(connection) });
      return ok({ connected: true });
    case 'storefront':
      if (!changes) break;
      connected();
      changePlugin(store, { storefront: read(storefront) });
      return ok({ stored: true });
    case 'discount':
      if (method !== 'DELETE' && !changes) break;
      connected();
      changePlugin(store, { discount: method === 'DELETE' ? null : read(discount) });
      return ok({ discountId: method === 'DELETE' ? null : 'trellis' });
    case 'codes':
      if (!changes) break;
      connected();
      changePlugin(store, { codeGuard: read(codes).guard });
      return ok({ stored: true });
    default:
      break;
  }
  throw noRoute();
}
