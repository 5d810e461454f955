import { readCookie } from '#app/domains/merchant-sessions/index.ts';

const name = 'trellis_connect';
const secure = (appUrl: string): string => (appUrl.startsWith('https:') ? '; Secure' : '');

/** What proves that the browser that comes back from a store is the one that went there; for half an hour. */
export const connectCookie = (secret: string, appUrl: string): string =>
  `${name}=${secret}; Max-Age=1800; Path=/connect; HttpOnly; SameSite=Lax${secure(appUrl)}`;

export const readConnectCookie = (request: Request): string | null => readCookie(request.headers.get('cookie'), name);
