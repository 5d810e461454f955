import { createHash } from 'node:crypto';
import { readCookie } from '#app/domains/merchant-sessions/index.ts';

/** One for each connection that is under way: a merchant may begin in two tabs. */
const nameOf = (state: string): string =>
  `trellis_connect_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`;
const secure = (appUrl: string): string => (appUrl.startsWith('https:') ? '; Secure' : '');

/** What proves that the browser that comes back from a store is the one that went there; for half an hour. */
export const connectCookie = ({ state, browser }: { state: string; browser: string }, appUrl: string): string =>
  `${nameOf(state)}=${browser}; Max-Age=1800; Path=/connect; HttpOnly; SameSite=Lax${secure(appUrl)}`;

export const readConnectCookie = (request: Request, state: string): string | null =>
  readCookie(request.headers.get('cookie'), nameOf(state));
