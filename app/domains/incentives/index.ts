/**
 * The stack of discounts in a cart and the margin guard: pure rules that import nothing but `app/shared`, so
 * that the server, the discount Function and the sandbox checkout run the same ones.
 */
export { configKeys, configLimits, encodeDiscountConfigs, type ProductCosts } from './config.ts';
export { decodeDiscountConfigs, type DiscountConfig } from './decode-config.ts';
export { explain, type Explanation } from './explain.ts';
export { type BundleFormation, formBundles, maxBundledLines } from './form-bundles.ts';
export { searchLimits } from './combine.ts';
export { floorOf, guardDiscount, marginBps, percentageOf } from './margin.ts';
export {
  type BundleOffer,
  type Cart,
  type CartLine,
  type CartPricing,
  type CodeOffer,
  type CombinesWith,
  defaultIncentiveRules,
  type DiscountClass,
  type DiscountValue,
  type FormedBundle,
  type GuardOutcome,
  type IncentiveRules,
  type OfferItem,
  type PreviewProduct,
  type PreviewVariant,
  type PricedLine,
  type Reason,
  type ReasonCode,
} from './model.ts';
export { type BundlePreview, previewBundle, type PreviewWarning } from './preview.ts';
export { dormantReason, type Offers, priceCart } from './price-cart.ts';
export { safeDiscount } from './safe-discount.ts';
export { utf8Length } from './utf8.ts';
