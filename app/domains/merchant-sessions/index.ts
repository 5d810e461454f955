export {
  clearedCookie,
  hasSessionCookie,
  isSameOrigin,
  readCookie,
  readSessionToken,
  sessionCookie,
} from './cookie.ts';
export { endMySession, endSessionsOf, endShopSessions, findSession, forgetOldSessions, startSession } from './store.ts';
