import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { z } from 'zod';
import type { Config } from '#app/infra/config.ts';
import { isShopDomain } from '../origin.ts';

export interface SessionToken {
  readonly shopDomain: string;
  /** the staff member, by Shopify's id */
  readonly userId: string;
  readonly raw: string;
}

/**
 * Staff are known by a number. Shoppers' pages get tokens under the same secret and for the same app, in which a
 * customer stands as `gid://shopify/Customer/1`: none of them may open the admin.
 */
const staff = z.string().regex(/^\d+$/);
const claims = z.object({ iss: z.url(), dest: z.url(), exp: z.number(), nbf: z.number(), sub: staff });

export type VerifySessionToken = (token: string) => Promise<SessionToken | null>;

/**
 * Checks App Bridge's session token: signature, audience, `exp` and `nbf` (10 s tolerance) by Shopify's
 * library, and that issuer and destination are one shop. Null for anything else; a token lives one minute.
 */
export function createSessionTokenVerifier(
  config: Pick<Config, 'SHOPIFY_API_KEY' | 'SHOPIFY_API_SECRET' | 'SHOPIFY_APP_URL'>,
): VerifySessionToken {
  const library = shopifyApi({
    apiKey: config.SHOPIFY_API_KEY,
    apiSecretKey: config.SHOPIFY_API_SECRET,
    apiVersion: ApiVersion.October26,
    hostName: new URL(config.SHOPIFY_APP_URL).host,
    isEmbeddedApp: true,
    // Its errors hold the token: nothing of it goes to a log.
    logger: { level: LogSeverity.Error, log: () => Promise.resolve() },
  });
  return async (token) => {
    const decoded = await library.session.decodeSessionToken(token).catch(() => null);
    const parsed = claims.safeParse(decoded);
    if (!parsed.success) return null;
    const host = new URL(parsed.data.dest).hostname;
    if (new URL(parsed.data.iss).hostname !== host || !isShopDomain(host)) return null;
    return { shopDomain: host, userId: parsed.data.sub, raw: token };
  };
}
