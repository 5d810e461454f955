/**
 * The arbiter of orders that somebody brought: whoever led to one, it is paid once, by one programme. Every function of
 * the store takes the scope of `db.inShop`.
 */
export { explainClaim, type Touch, type TouchKind, winnerOf } from './rules.ts';
export { claimOrders, readClaims, readTouches } from './store.ts';
export { joinClaims } from './store-join.ts';
