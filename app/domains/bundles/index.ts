/**
 * Bundles: fixed sets and mix-and-match that the merchant sells with a saving. Every function takes the
 * scope of `db.inShop`; time and ids come in as arguments. After a change that succeeded, the caller
 * enqueues the publication of the shop (`flows`).
 */
export { checkBundle } from './check-bundle.ts';
export { creditedBundle, giftsOf, titlesIn } from './credit.ts';
export { createBundle } from './create-bundle.ts';
export { foreignBundles, foreignCurrency, noteCurrency } from './currency.ts';
export { deleteBundle, restoreBundle } from './delete-bundle.ts';
export { duplicateBundle } from './duplicate-bundle.ts';
export { invalid as invalidBundle } from './failures.ts';
export { getAnyBundle, getBundleProducts } from './get-bundle.ts';
export { getWholeBundle, type WholeBundle } from './get-whole-bundle.ts';
export { type BundlePage, listBundles } from './list-bundles.ts';
export { type BundlesToPublish, liveBundlesForPublication } from './live-bundles-for-publication.ts';
export {
  type AnyBundle,
  type AnyBundleForm,
  type AnyBundleFormInput,
  type Bundle,
  type BundleContext,
  type BundleFailure,
  type BundleFormInput,
  type BundleItem,
  type BundleKind,
  type Group,
  bundleFormSchema,
  type BundleListItem,
  type BundleListQuery,
  bundleListQuerySchema,
  type BundleNumbers,
  type BundlePhase,
  type BundleProduct,
  type BundleResult,
  isSet,
} from './model.ts';
export { bundlesByTitle, goalsByTitle } from './store-credit.ts';
export { availableBundles } from './availability.ts';
export { validateBundle } from './rules.ts';
export { readOffers } from './offers-of-shop.ts';
export { readActiveTitles } from './store.ts';
export { noteAtCheckout, notePublishing, readOffAtCheckout } from './store-at-checkout.ts';
export { keepFoundGroups } from './store-publication.ts';
export { productsOfAssembledBox } from './assembled-box.ts';
export { previewStoredBundles } from './preview-stored.ts';
export { setBundleStatus } from './set-bundle-status.ts';
export { previewBundle, valuesOfBundle, withVersion } from './to-offer.ts';
export { updateBundle } from './update-bundle.ts';
