import type { LoaderFunctionArgs } from '@remix-run/node';
import type { ShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';

/** What a loader or an action is given when a shop's merchant asks; with `json` the merchant changes something. */
export function asMerchant(
  { services }: TestServices,
  shopId: ShopId,
  path: string,
  { params = {}, json }: { readonly params?: Readonly<Record<string, string>>; readonly json?: unknown } = {},
): LoaderFunctionArgs {
  // Tokens are checked by the real time, whatever the services' clock says.
  const token = signSessionToken({
    ...{ domain: `${shopId.slice(0, 8)}.myshopify.com`, apiKey: testApiKey, apiSecret: testApiSecret },
    ...{ userId: '1', sessionId: 's', now: new Date() },
  });
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
  });
  return { request, params, context: { services }, unstable_pattern: '' } as unknown as LoaderFunctionArgs;
}
