/**
 * Products that are kept for some customers, and what the store is told of customers so that its pages and its checkout
 * know it without asking us. Every function of the store takes the scope of `db.inShop`.
 */
export type { Restriction, ToldCustomer } from './model.ts';
export { accessOf, keyOf, keysOf, nextEnd } from './rules.ts';
export {
  type FactSources,
  forgetAllTold,
  forgetTold,
  nextToTell,
  noteTold,
  readRestricted,
  readTold,
} from './store.ts';
