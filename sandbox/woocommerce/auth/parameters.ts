import { isLoopback } from '../webhooks/outside.ts';

/** What an app asks for at `/wc-auth/v1/authorize`. */
export interface AuthRequest {
  readonly appName: string;
  readonly userId: string;
  readonly returnUrl: string;
  readonly callbackUrl: string;
  readonly scope: 'read' | 'write' | 'read_write';
}

const names = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'] as const;
const scopes = ['read', 'write', 'read_write'] as const;

/** Addresses may come encoded once more, and without their scheme. */
function formatted(url: string): string {
  const decoded = URL.canParse(url) ? url : decodeURIComponent(url.replaceAll('+', ' '));
  return decoded.includes('://') ? decoded : `https://${decoded}`;
}

/**
 * Reads the parameters as WooCommerce does; a text says what is wrong. The callback must be https;
 * `allowLoopback` lets one of this machine be http, so that an app under development can be connected.
 */
export function readAuthRequest(query: URLSearchParams, allowLoopback: boolean): AuthRequest | string {
  for (const name of names) if ((query.get(name) ?? '') === '') return `Missing parameter ${name}`;
  const text = (name: (typeof names)[number]): string => query.get(name) ?? '';
  const scope = scopes.find((one) => one === text('scope'));
  if (scope === undefined) return `Invalid scope ${text('scope')}`;
  const returnUrl = formatted(text('return_url'));
  const callbackUrl = formatted(text('callback_url'));
  for (const url of [returnUrl, callbackUrl]) if (!URL.canParse(url)) return `The ${url} is not a valid URL`;
  if (!callbackUrl.toLowerCase().startsWith('https://') && !(allowLoopback && isLoopback(callbackUrl)))
    return 'The callback_url needs to be over SSL';
  return { appName: text('app_name'), userId: text('user_id'), returnUrl, callbackUrl, scope };
}

/** Where the browser goes at the end. */
export function returnAddress(request: AuthRequest, success: 0 | 1): string {
  const url = new URL(request.returnUrl);
  url.searchParams.set('success', success.toString());
  url.searchParams.set('user_id', request.userId);
  return url.href;
}
