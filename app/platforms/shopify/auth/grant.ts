import { z } from 'zod';
import type { Config } from '#app/infra/config.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { shopOrigin } from '../origin.ts';

/** An expiring offline token with the one that renews it. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly expires: Date;
  readonly refreshToken: string | null;
  readonly refreshTokenExpires: Date | null;
  readonly scope: string;
}

// A refresh was seen answered without `expires_in` (shopify-app-js issue 3400): one hour is Shopify's value.
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  scope: z.string().default(''),
  expires_in: z.number().positive().default(3600),
  refresh_token: z.string().min(1).nullish(),
  refresh_token_expires_in: z.number().positive().nullish(),
});

const refusal = z.object({ error: z.string() }).loose();

type Credentials = Pick<Config, 'SHOPIFY_ORIGIN' | 'SHOPIFY_API_KEY' | 'SHOPIFY_API_SECRET'>;

/**
 * Changes a session token for an expiring offline token. `stale-token`: get a new session token and try again.
 * @throws PlatformUnavailable
 */
export function exchangeSessionToken(
  config: Credentials,
  domain: string,
  sessionToken: string,
  now: Date,
): Promise<Result<TokenGrant, 'stale-token' | 'refused'>> {
  return askForToken(config, domain, now, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: sessionToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    expiring: '1',
  });
}

/**
 * Changes a refresh token for a new pair. `refused`: it is dead, only a visit of the merchant helps.
 * @throws PlatformUnavailable
 */
export function renewToken(
  config: Credentials,
  domain: string,
  refreshToken: string,
  now: Date,
): Promise<Result<TokenGrant, 'stale-token' | 'refused'>> {
  return askForToken(config, domain, now, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function askForToken(
  config: Credentials,
  domain: string,
  now: Date,
  parameters: Record<string, string>,
): Promise<Result<TokenGrant, 'stale-token' | 'refused'>> {
  const url = `${shopOrigin(config, domain)}/admin/oauth/access_token`;
  const body = JSON.stringify({
    client_id: config.SHOPIFY_API_KEY,
    client_secret: config.SHOPIFY_API_SECRET,
    ...parameters,
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  let status: number;
  let answer: unknown;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    status = response.status;
    answer = await response.json().catch(() => null);
  } catch {
    throw new PlatformUnavailable('Shopify’s token endpoint could not be reached', 5_000);
  }
  if (status >= 500 || status === 429)
    throw new PlatformUnavailable(`Shopify’s token endpoint answered ${status}`, 5_000);
  if (status >= 400) {
    const code = refusal.safeParse(answer).data?.error ?? `HTTP_${status}`;
    return code === 'invalid_subject_token'
      ? fail('stale-token', 'the session token is too old')
      : fail('refused', code);
  }
  const parsed = tokenAnswer.safeParse(answer);
  if (!parsed.success) throw new PlatformUnavailable('Shopify’s token endpoint answered in an unknown form', 30_000);
  const grant = parsed.data;
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  return ok({
    accessToken: grant.access_token,
    expires: after(grant.expires_in),
    refreshToken: grant.refresh_token ?? null,
    refreshTokenExpires: grant.refresh_token_expires_in ? after(grant.refresh_token_expires_in) : null,
    scope: grant.scope,
  });
}
