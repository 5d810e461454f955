import type { IncomingMessage } from 'node:http';
import { type Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { findPluginSource, type PluginSource } from '#app/flows/plugin-source.ts';
import type { Services } from '#app/infra/services.ts';
import { verifyPluginCall } from '#app/platforms/woocommerce/plugin/signature.ts';
import { isUuid, type ShopId, toShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import { readBytes } from './read-bytes.ts';
import { senderAddress } from './sender-address.ts';

export interface PluginVariables {
  readonly shopId: ShopId;
  /** the raw body that was signed */
  readonly body: Buffer;
  readonly signature: string;
}

/** Seconds that the store's clock may be off, either way. */
const tolerance = 300;
const largestBody = 16 * 1024;
/** Secrets of this many shops are remembered, for this long; as many ids that no shop has. */
const remembered = 1_000;
const rememberMs = 30_000;
const rereadMs = 1_000;
/** Look-ups a minute of shops that we do not know (yet), for one sender: a host may have many stores. */
const strangerLimit = 200;
/** A secret that nobody has: shops that we do not know cost as much as a wrong signature. */
const nobodys = 'no shop has this secret';

type Needs = Pick<Services, 'db' | 'secrets' | 'clock' | 'cache' | 'config'>;

/** Lets through what the plugin of a connected store has signed, and notes whose store it is. */
export function pluginGuard(services: Needs) {
  const sources = createLru<{ source: PluginSource; readAt: number }>(remembered);
  // Apart, so that made-up ids push no shop out.
  const strangers = createLru<number>(remembered);

  /** @param fits says whether a remembered one will do */
  async function sourceOf(
    id: string,
    fits: (source: PluginSource | null) => boolean,
    sender: string,
  ): Promise<PluginSource | null | 'too-many'> {
    const now = services.clock.now().getTime();
    const known = sources.get(id);
    const age = known ? now - known.readAt : Infinity;
    // A store that was connected anew has another secret: looked up once more, though not at every forged call.
    if (known && age < rememberMs && (fits(known.source) || age < rereadMs)) return known.source;
    if (!known) {
      if (now - (strangers.get(id) ?? -Infinity) < rereadMs) return null;
      if ((await services.cache.increment(`plugin-strangers:${sender}`, 60)) > strangerLimit) return 'too-many';
    }
    const source = await findPluginSource(services, toShopId(id));
    if (source) {
      strangers.delete(id);
      sources.set(id, { source, readAt: now });
    } else {
      sources.delete(id);
      strangers.set(id, now);
    }
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
    const source = await sourceOf(id.toLowerCase(), fits, senderAddress(c, services.config.TRUSTED_PROXIES));
    if (source === 'too-many') return refuse(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.');
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
