/**
 * The stack of discounts in a cart and the margin guard: pure rules that import nothing but `app/shared`, so
 * that every part of the server runs the same ones. At checkout, in the discount and in the cart transform, a compiled
 * twin of them runs (`extensions/bundle-discount/assembly`), rule by rule under the same names; tests say where the two
 * differ.
 */
export { fitsOffer, noPriceTests, offersFor, type PriceTests, valuesOf, visitorOf, withValues } from './arms.ts';
export { codeHash } from './known-codes.ts';
export { configKeys, configLimits, encodeDiscountConfigs, type ProductCosts } from './config.ts';
export { decodeDiscountConfigs, type DiscountConfig } from './decode-config.ts';
export { explain } from './explain.ts';
export { type BundleFormation, formBundles } from './form-bundles.ts';
export type { OrderGoal } from './goals.ts';
export { isOrderWide } from './kinds/registry.ts';
export { areAllTried } from './largest-cart.ts';
export { costOf, floorOf, marginBps, marginOfTaxed, withoutTax } from './margin.ts';
export {
  type BoxTerms,
  type BreakTerms,
  type BundleOffer,
  type BuyGetTerms,
  type Cart,
  type CartLine,
  type CodeOffer,
  defaultIncentiveRules,
  type DiscountClass,
  type DiscountValue,
  type GiftTerms,
  type GoalReward,
  type GoalTerms,
  type IncentiveRules,
  type ItemRole,
  type KnownCode,
  type KindTerms,
  type Offer,
  type OfferItem,
  type OfferKind,
  type OwnCodes,
  type StackMatrix,
  type TermsKind,
  type TermsOffer,
  type TogetherTerms,
  type UnitValue,
} from './model.ts';
export { type FormedBundle, type GoalProgress } from './outcome.ts';
export {
  largerGoods,
  largerOff,
  type MostOff,
  mostOff,
  type MostOffGoods,
  type MostOffOrder,
  noneOff,
} from './most-off.ts';
export {
  largerCodes,
  leavesCodes,
  mostOfCode,
  noOwnCodes,
  type OwnCodeCells,
  readOwnCodes,
  shipsFree,
  smallerCodes,
  writeOwnCodes,
} from './own-codes.ts';
export { takesPart } from './pools.ts';
export { type BundlePreview, previewBundle } from './preview.ts';
export { dormantReason, priceCart } from './price-cart.ts';
export { type PriceShare, priceShareOf } from './price-share.ts';
export { readConversion } from './rate.ts';
export { safeDiscount, safeOffer } from './safe-discount.ts';
export { codesBesideBundles, isRestKnown, knownCodesOf, selectStoreCodes } from './store-codes.ts';
export {
  countUnknown,
  leavesReserve,
  type LeftToCodes,
  matrixOf,
  matrixOfRow,
  nothingLeft,
  reserveBeside,
  reserveInCart,
  type StackPair,
  unionOf,
  withReserve,
} from './stacking.ts';
export { utf8Length } from './utf8.ts';
export { type Work, workForCart } from './work.ts';
