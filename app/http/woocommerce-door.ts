import type { IncomingMessage } from 'node:http';
import { type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { findPluginSource, type PluginSource } from '#app/flows/plugin-source.ts';
import type { Services } from '#app/infra/services.ts';
import { verifyPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import { isUuid, type ShopId, toShopId } from '#app/shared/ids.ts';
import { readBytes } from './read-bytes.ts';

export interface PluginVariables {
  readonly shopId: ShopId;
  /** the raw body that was signed */
  readonly body: Buffer;
  readonly signature: string;
}

/** Seconds that the store's clock may be off, either way. */
const tolerance = 300;
const largestBody = 16 * 1024;
/** Secrets of this many shops are remembered, for this long. */
const remembered = 1_000;
const rememberMs = 30_000;
const rereadMs = 1_000;
/** A secret that nobody has: shops that we do not know cost as much as a wrong signature. */
const nobodys = 'no shop has this secret';

type Needs = Pick<Services, 'db' | 'secrets' | 'clock' | 'cache'>;

/** Lets through what the plugin of a connected store has signed, and notes whose store it is. */
export function pluginGuard(services: Needs) {
  const sources = new Map<string, { source: PluginSource | null; readAt: number }>();

  /** @param fits says whether a remembered one will do */
  async function sourceOf(id: string, fits: (source: PluginSource | null) => boolean): Promise<PluginSource | null> {
    const now = services.clock.now().getTime();
    const known = sources.get(id);
    const age = known ? now - known.readAt : Infinity;
    // A store that was connected anew has another secret: looked up once more, though not at every forged call.
    if (known && age < rememberMs && (fits(known.source) || age < rereadMs)) return known.source;
    const source = await findPluginSource(services, toShopId(id));
    sources.delete(id);
    const oldest = sources.size >= remembered ? sources.keys().next().value : undefined;
    if (oldest !== undefined) sources.delete(oldest);
    sources.set(id, { source, readAt: now });
    return source;
  }

  return createMiddleware<{ Variables: PluginVariables }>(async (c, next) => {
    const [id = '', time = '', signature = ''] = ['shop', 'time', 'signature'].map(
      (name) => c.req.header(`x-trellis-${name}`) ?? '',
    );
    if (!isUuid(id) || !/^\d{1,12}$/.test(time) || !/^[0-9a-f]{64}$/.test(signature))
      return refuse(c, 401, 'unsigned', 'This address is called by the plugin of Trellis only.');
    const body = await readBytes(c.req.raw, largestBody);
    if (body === null) return refuse(c, 413, 'too-large', 'Send at most 16 kB.');
    const call = { time, method: c.req.method, target: targetOf(c), body };
    const fits = (each: PluginSource | null): boolean =>
      verifyPluginCall(each?.secret ?? nobodys, call, signature) && each !== null;
    const source = await sourceOf(id.toLowerCase(), fits);
    if (!source || !fits(source)) return refuse(c, 401, 'forged', 'The signature does not fit.');
    const now = Math.floor(services.clock.now().getTime() / 1000);
    // Said only to who has the secret: it tries again by our clock.
    if (Math.abs(now - Number(time)) > tolerance)
      return c.json({ error: { code: 'stale', message: 'The clock of the store differs from ours.', now } }, 401);
    c.set('shopId', source.shopId);
    c.set('body', body);
    c.set('signature', signature);
    await next();
    return undefined;
  });
}

/** Path and query as they came: a URL object would write some signs in another way. */
function targetOf(c: Context): string {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
  if (incoming?.url !== undefined) return incoming.url;
  const url = new URL(c.req.url);
  return `${url.pathname}${url.search}`;
}

/** True where a call that changes something is sent a second time; its signature holds the second in which it was made. */
export async function isReplay({ cache }: Pick<Services, 'cache'>, signature: string): Promise<boolean> {
  return (await cache.increment(`plugin-call:${signature}`, 2 * tolerance + 60)) > 1;
}

/** A refusal as the plugin reads it. */
export function refuse(c: Context, status: 400 | 401 | 404 | 413 | 429, code: string, message: string): Response {
  if (status === 429) c.header('retry-after', '60');
  return c.json({ error: { code, message } }, status, { 'cache-control': 'no-store' });
}
