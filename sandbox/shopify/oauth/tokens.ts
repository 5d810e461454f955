import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AdminStore, SandboxToken } from '../admin-store.ts';
import { verifySessionToken } from './session-token.ts';
import { isAbsent } from '../absent.ts';

const accessSeconds = 3600;
const onlineSeconds = 86_400;
const refreshSeconds = 90 * 86_400;
const reuseSeconds = 30 * 86_400;
const idToken = 'urn:ietf:params:oauth:token-type:id_token';
const offline = 'urn:shopify:params:oauth:token-type:offline-access-token';
const online = 'urn:shopify:params:oauth:token-type:online-access-token';

const request = z.looseObject({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string(),
  subject_token: z.string().optional(),
  subject_token_type: z.string().optional(),
  requested_token_type: z.string().optional(),
  expiring: z.union([z.string(), z.number(), z.boolean()]).optional(),
  refresh_token: z.string().optional(),
});

export interface AppIdentity {
  readonly apiKey: string;
  readonly apiSecret: string;
}

export interface TokenAnswer {
  readonly status: 200 | 400 | 401;
  readonly body: Readonly<Record<string, unknown>>;
}

const refuse = (status: 400 | 401, error: string, description: string): TokenAnswer => ({
  status,
  body: { error, error_description: description },
});

/** POST /admin/oauth/access_token: token exchange and refresh, as an app created after 2026-04-01 gets them. */
export function answerTokenRequest(store: AdminStore, app: AppIdentity, body: unknown): TokenAnswer {
  const parsed = request.safeParse(body);
  if (!parsed.success) return refuse(400, 'invalid_request', 'The request is missing a required parameter.');
  const given = parsed.data;
  if (given.client_id !== app.apiKey)
    return refuse(400, 'application_cannot_be_found', 'No application was found for this client_id.');
  if (given.client_secret !== app.apiSecret) return refuse(400, 'invalid_client', 'Client authentication failed.');
  if (store.installation === null)
    return refuse(400, 'app_not_installed', 'The application is not installed on this shop.');
  if (given.grant_type === 'refresh_token') return refresh(store, given.refresh_token ?? '');
  if (given.grant_type !== 'urn:ietf:params:oauth:grant-type:token-exchange')
    return refuse(400, 'unsupported_grant_type', 'The grant type is not supported.');
  if (given.subject_token_type !== idToken)
    return refuse(400, 'invalid_request', 'The subject_token_type is not supported.');
  const session = verifySessionToken(given.subject_token ?? '', {
    ...app,
    domain: store.shop.domain,
    now: store.now(),
  });
  if (session === null) return refuse(400, 'invalid_subject_token', 'The subject token is invalid.');
  const scopes = store.installation.scopes;
  if (given.requested_token_type === online) {
    const access = give(store, 'access', 'online', scopes, onlineSeconds, null);
    return {
      status: 200,
      body: {
        access_token: access,
        scope: scopes.join(','),
        expires_in: onlineSeconds,
        associated_user_scope: scopes.join(','),
        associated_user: {
          id: Number(session.userId),
          first_name: 'Store',
          last_name: 'Owner',
          email: store.shop.email,
          account_owner: true,
          locale: 'en',
          collaborator: false,
          email_verified: true,
        },
      },
    };
  }
  if (given.requested_token_type !== offline)
    return refuse(400, 'invalid_request', 'The requested_token_type is not supported.');
  if (String(given.expiring ?? '') !== '1')
    return refuse(
      400,
      'invalid_request',
      'This app must use expiring offline access tokens: request them with expiring=1.',
    );
  return pair(store, scopes, null);
}

function pair(store: AdminStore, scopes: readonly string[], replaces: string | null): TokenAnswer {
  const access_token = give(store, 'access', 'offline', scopes, accessSeconds, null);
  const refresh_token = give(store, 'refresh', 'offline', scopes, refreshSeconds, replaces);
  return {
    status: 200,
    body: {
      access_token,
      scope: scopes.join(','),
      expires_in: accessSeconds,
      refresh_token,
      refresh_token_expires_in: refreshSeconds,
    },
  };
}

/** A refresh token stays usable, for 30 days, until the one that it was changed for is used. */
function refresh(store: AdminStore, id: string): TokenAnswer {
  const token = store.tokens.get(id);
  const now = store.now();
  const spent = !isAbsent(token?.firstUsedAt) && now.getTime() - Date.parse(token.firstUsedAt) > reuseSeconds * 1000;
  if (token?.kind !== 'refresh' || isOver(token, now) || spent)
    return refuse(400, 'invalid_grant', 'The refresh token is invalid or has expired.');
  if (token.replaces !== null) store.removeAdmin('tokens', token.replaces);
  store.putAdmin('tokens', { ...token, firstUsedAt: token.firstUsedAt ?? now.toISOString() });
  for (const old of store.tokens.values()) if (isOver(old, now)) store.removeAdmin('tokens', old.id);
  return pair(store, store.installation?.scopes ?? token.scopes, id);
}

function give(
  store: AdminStore,
  kind: SandboxToken['kind'],
  mode: SandboxToken['mode'],
  scopes: readonly string[],
  seconds: number,
  replaces: string | null,
): string {
  const id = `${kind === 'refresh' ? 'shprt' : mode === 'online' ? 'shpua' : 'shpat'}_${randomBytes(16).toString('hex')}`;
  store.putAdmin('tokens', {
    id,
    kind,
    mode,
    scopes: [...scopes],
    expiresAt: new Date(store.now().getTime() + seconds * 1000).toISOString(),
    replaces,
    firstUsedAt: null,
  });
  return id;
}

const isOver = (token: SandboxToken, now: Date): boolean =>
  token.expiresAt !== null && Date.parse(token.expiresAt) <= now.getTime();

/** The token that a request carries in X-Shopify-Access-Token, or null where Shopify answers 401. */
export function readAccessToken(store: AdminStore, header: string | undefined): SandboxToken | null {
  const token = header === undefined ? undefined : store.tokens.get(header);
  return token?.kind === 'access' && !isOver(token, store.now()) && store.installation !== null ? token : null;
}

/** Ends every token at once, as uninstalling does. */
export function revokeAll(store: AdminStore): void {
  for (const id of [...store.tokens.keys()]) store.removeAdmin('tokens', id);
}
