/**
 * Discount codes of ours: issued once for each source, in the transaction of whoever wants them, made in the store by a
 * job and followed through the orders that carry them. Every function takes the scope of `db.inShop`.
 */
export { noCodes, openCodesOf } from './store-open.ts';
export { issueCode, issueCodes } from './issue-code.ts';
export {
  type Code,
  type CodeSource,
  type CodeState,
  type CodeTerms,
  type CodeWish,
  classOf,
  type IssuedCode,
  type RandomBytes,
} from './model.ts';
export { findOwnCodes, readCode, readCodesOf, withdrawCode } from './store.ts';
export { settleOrders } from './store-uses.ts';
export { type CodeGuard, decodeCodeGuard } from './code-guard.ts';
export { roomOfSet } from './room-of-set.ts';
export { encodeCodeConfig, priceCode, type CodeLine, type CodePrice } from './price-code.ts';
export { isCodeOf } from './rules.ts';
export { forgetCodesOf, readCodesOfCustomers, readGiftsOfCustomers } from './store-persons.ts';
export {
  findShopsWithGifts,
  type Gift,
  type GiftState,
  giveStoreCredit,
  issueGiftCard,
  nextToGive,
  noteGiftRefused,
  noteGiftUnsure,
  noteGiven,
  noteGiving,
  readGift,
  readGiftsAbout,
  readGiftsOf,
  readRefusedGifts,
  type RefusedGift,
} from './store-gifts.ts';
export { findShopsWithUnreplacedGifts, readUnreplacedGifts } from './store-refused.ts';
export { type BesideCodes, readCodeGuard } from './store-guard.ts';
export { type CodeDay, readCodeDays, readRefusals, type StoreRefusal } from './store-activity.ts';
export { worstStack, type WorstStack } from './worst-stack.ts';
export {
  type CodeBatch,
  countToMake,
  expireCodes,
  findShopsWithCodeWork,
  findShopsWithOpenCodes,
  hasShippingCodes,
  nextToMake,
  nextToRemove,
  noteMade,
  noteRefused,
  noteRemoved,
  readMadeOffers,
  retryRefused,
} from './store-publish.ts';
export { joinCodes, renewCode } from './replace-codes.ts';
export { largestOff } from './largest-off.ts';
export { readLargestOff } from './store-largest.ts';
export { findCarried, readStandings, type Standing } from './store-standing.ts';
