/**
 * What a shopper is offered after a purchase: products that go with it, at a discount that lasts for a while and
 * works once for each order. Every function takes the scope of `db.inShop`.
 */
export {
  type OfferedOrder,
  orderOfferLimits,
  orderOfferSettings,
  type OrderOfferSettings,
  type OrderSurface,
  orderSurfaces,
} from './model.ts';
export { codeFrom, discountable, endOf, isUndone, largestDiscount, mayHaveCode, priceWith } from './rules.ts';
export {
  claimOfferCode,
  deleteOfferCode,
  findOfferCode,
  findLatestBought,
  findOfferedOrder,
  largestOfferCode,
  noteOfferCodeMade,
  readEndedCodes,
  readOrderOfferSettings,
  readShopsWithEndedCodes,
  saveOrderOfferSettings,
} from './store.ts';
