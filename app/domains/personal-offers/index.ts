/**
 * Offers for single customers: what must happen for one, what it gives, its limits and its comparison. Every function of
 * the store takes the scope of `db.inShop`.
 */
export {
  type Gift,
  type Grant,
  offerPolicy,
  type OfferPolicy,
  type OfferState,
  offerTerms,
  type OfferTerms,
  offerTitle,
  type PersonalOffer,
  type SkipReason,
  type StoppedSize,
  type Trigger,
} from './model.ts';
export { activeSizes, decide, type Decision, sizesOf } from './rules.ts';
export { readUnbookedOrders, undoByOrders } from './store-undone.ts';
export { offerTemplates, type TemplateId, templateIds } from './templates.ts';
export { judgeSizes, type SizesReading } from './sizes.ts';
export {
  findOffer,
  findShopsWithLiveOffers,
  insertOffer,
  lockOffers,
  noteEntered,
  readOffers,
  readPolicy,
  savePolicy,
  updateOffer,
} from './store.ts';
export { amongNow, readAmong } from './store-among.ts';
export { countByTier, countOrdersMeeting, countPresent } from './store-audience.ts';
export { askAgain, enter, enterByOrders, enterByTier, enterByViews, enterPresent, type Entry } from './store-entry.ts';
export { readGrantTitles } from './store-titles.ts';
export { invitationsOf, readEarlyAccess } from './store-access.ts';
export {
  type LogRow,
  type OfferFigures,
  readLargeBasket,
  readLog,
  readOfferFigures,
  readParticipants,
} from './store-figures.ts';
export {
  beginWithdrawal,
  bookOrders,
  findShopsWithOfferWork,
  noteTold,
  noteWithdrawn,
  readEarlier,
  readGiven,
  readOpenGrants,
  readTaken,
  readUntold,
  readWithdrawing,
  saveDecisions,
  skipWaiting,
  takeWaiting,
} from './store-grants.ts';
export { forgetOffersOf, joinOffers, readOffersOf } from './store-persons.ts';
