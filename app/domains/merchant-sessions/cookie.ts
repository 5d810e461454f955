/** A merchant signs in again after so many days. */
export const sessionDays = 14;

const name = 'trellis_session';

/** A value of ours in a Cookie header; null where there is none that could be. */
export function readCookie(header: string | null, wanted: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=');
    if (key === wanted && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return null;
}

/** What a session is found by. */
export const readSessionToken = (request: Request): string | null => readCookie(request.headers.get('cookie'), name);

/** True for a browser that signed in outside of an admin once, even where the session is over. */
export const hasSessionCookie = (request: Request): boolean => readSessionToken(request) !== null;

/** Not for scripts, not for other sites, and only over https where the app is reached so. */
const attributes = (appUrl: string): string =>
  `Path=/; HttpOnly; SameSite=Lax${appUrl.startsWith('https:') ? '; Secure' : ''}`;

/** The header that gives a browser its session. */
export const sessionCookie = (token: string, appUrl: string): string =>
  `${name}=${token}; Max-Age=${String(sessionDays * 86_400)}; ${attributes(appUrl)}`;

/** The header that takes it back. */
export const clearedCookie = (appUrl: string): string => `${name}=; Max-Age=0; ${attributes(appUrl)}`;

/**
 * Whether a request that changes something was sent by a page of ours. Browsers say where a request comes from and
 * no page can change that; a cookie goes along with requests of others too.
 */
export function isSameOrigin(request: Request, appUrl: string): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin === new URL(appUrl).origin;
  return request.headers.get('sec-fetch-site') === 'same-origin';
}
