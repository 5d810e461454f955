import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/server.ts';
import type { AppConfig } from '#sandbox/shopify/app-config.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';

export const apiKey = 'test-key';
export const apiSecret = 'hush';
export const smallSize = { products: 40, customers: 60, orders: 150, days: 120 };
const topics = [
  'app/uninstalled',
  'app/scopes_update',
  'shop/update',
  'products/create',
  'products/update',
  'products/delete',
  'customers/create',
  'customers/update',
  'customers/delete',
  'orders/create',
  'orders/updated',
  'orders/cancelled',
  'orders/delete',
  'refunds/create',
  'inventory_levels/update',
  'inventory_items/update',
  'bulk_operations/finish',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
];
export const everyTopic = topics.map((topic) => ({ topic, uri: '/webhooks', includeFields: null, name: null }));
export const scopes = [
  'read_products',
  'write_products',
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_inventory',
  'write_discounts',
  'write_pixels',
  'read_customer_events',
];
export const appConfig: AppConfig = {
  name: 'Trellis',
  scopes,
  optionalScopes: [],
  webhookApiVersion: '2026-10',
  subscriptions: everyTopic,
};

/** A small sandbox with the app installed, closed when the test is over. */
export async function sandboxForTest(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    port: 0,
    dataFolder: null,
    apiKey,
    apiSecret,
    appUrl: 'http://127.0.0.1:9',
    appConfig,
    size: smallSize,
    webhookTimeScale: 0.0001,
    ...options,
  });
  onTestFinished(() => sandbox.close());
  sandbox.install();
  return sandbox;
}

export function idTokenFor(
  sandbox: Sandbox,
  change: { apiSecret?: string; apiKey?: string; now?: Date; domain?: string } = {},
): string {
  return signSessionToken({
    domain: change.domain ?? sandbox.store.shop.domain,
    apiKey: change.apiKey ?? apiKey,
    apiSecret: change.apiSecret ?? apiSecret,
    userId: '1',
    sessionId: 's',
    now: change.now ?? sandbox.store.now(),
  });
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function requestToken(sandbox: Sandbox, change: Readonly<Record<string, unknown>>): Promise<TokenAnswer> {
  const response = await fetch(`${sandbox.url}/shops/${sandbox.store.shop.domain}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: apiKey, client_secret: apiSecret, ...change }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export const exchange = (
  sandbox: Sandbox,
  idToken: string,
  change: Readonly<Record<string, unknown>> = {},
): Promise<TokenAnswer> =>
  requestToken(sandbox, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: idToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    expiring: '1',
    ...change,
  });

export interface ApiAnswer {
  readonly status: number;
  // GraphQL answers are read by path; each test checks what it reads.
  readonly data: Tree;
  readonly errors: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
  readonly cost: {
    readonly requestedQueryCost: number;
    readonly actualQueryCost: number | null;
    readonly throttleStatus: { readonly currentlyAvailable: number };
  };
}

/** A JSON tree that is read by property without a cast at every step. */
export interface Tree {
  readonly [key: string]: Tree;
}

export async function askWith(
  sandbox: Sandbox,
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${sandbox.url}/shops/${sandbox.store.shop.domain}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as {
    data?: Tree;
    errors?: ApiAnswer['errors'];
    extensions?: { cost: ApiAnswer['cost'] };
  };
  return {
    status: response.status,
    data: body.data ?? {},
    errors: body.errors ?? [],
    cost: body.extensions?.cost ?? {
      requestedQueryCost: 0,
      actualQueryCost: null,
      throttleStatus: { currentlyAvailable: 0 },
    },
  };
}

/** Exchanges a token once and asks with it. */
export async function api(
  sandbox: Sandbox,
): Promise<(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<ApiAnswer>> {
  const { body } = await exchange(sandbox, idTokenFor(sandbox));
  return (query, variables) => askWith(sandbox, String(body['access_token']), query, variables);
}
