/**
 * How each bundle reaches the checkout: by discount (always), as one merged line, or as a product of the store.
 * Every function takes the scope of `db.inShop`; what is read off the bundle and the catalog comes in as arguments.
 */
export {
  type BundleDelivery,
  type Component,
  type Delivery,
  type DeliveryProblem,
  type DeliveryProduct,
  deliverySchema,
} from './model.ts';
export { type DeliveryPlan, planDelivery, priceOfBundle } from './rules.ts';
export {
  forgetDelivery,
  listShopsWithDeliveries,
  isDeliveredPart,
  readDeliveries,
  saveChoice,
  saveProgress,
} from './store.ts';
