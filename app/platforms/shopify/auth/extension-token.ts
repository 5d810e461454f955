import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '#app/infra/config.ts';
import { isShopDomain } from '../origin.ts';

/** Who asks from a page of Shopify's checkout or customer accounts. */
export interface ExtensionCaller {
  readonly shopDomain: string;
  /** the buyer where they are logged in, else null */
  readonly customerId: string | null;
}

/** Clocks differ; the same tolerance as Shopify's library has. Seconds. */
const tolerance = 10;
/** A token is a few hundred characters; more is no token. */
const longest = 4096;

const head = z.object({ alg: z.literal('HS256') });
const claims = z.object({
  dest: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  sub: z.string().optional(),
});

/**
 * Checks the session token of a checkout or customer account extension: a JWT under the app's secret, good for five
 * minutes. `dest` is the shop's domain, with or without a scheme. Null for anything else.
 * Source: shopify.dev, "Session Token API" (checkout UI extensions).
 */
export function verifyExtensionToken(
  token: string,
  config: Pick<Config, 'SHOPIFY_API_KEY' | 'SHOPIFY_API_SECRET'>,
  now: Date,
): ExtensionCaller | null {
  const [first, second, signature, ...rest] = token.split('.');
  if (token.length > longest || !first || !second || !signature || rest.length > 0) return null;
  const wanted = createHmac('sha256', config.SHOPIFY_API_SECRET).update(`${first}.${second}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const parsed = claims.safeParse(readPart(second));
  if (!head.safeParse(readPart(first)).success || !parsed.success) return null;
  const { dest, aud, exp, nbf, sub } = parsed.data;
  const at = now.getTime() / 1000;
  if (aud !== config.SHOPIFY_API_KEY || at >= exp + tolerance || at < nbf - tolerance) return null;
  const shopDomain = dest.replace(/^https:\/\//, '');
  if (!isShopDomain(shopDomain)) return null;
  return { shopDomain, customerId: /^gid:\/\/shopify\/Customer\/(\d{1,20})$/.exec(sub ?? '')?.[1] ?? null };
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
