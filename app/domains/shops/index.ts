export { changeSettings } from './change-settings.ts';
export { deleteLeftTenant, findShopsToErase, findShopsToLeave, noteLeft } from './left-store.ts';
export {
  type EnteredSettings,
  mostReserveBps,
  type PlatformState,
  type SetupState,
  type Shop,
  type ShopSettings,
  type ShopStatus,
} from './model.ts';
export {
  deleteOrphans,
  deleteTenant,
  findShop,
  findShopByDomain,
  holdTenant,
  listShopIds,
  lockInstallation,
  forgetIdleCompanion,
  mergePlatformState,
  noteSellingPlans,
  readShop,
  saveInstallation,
  saveLearntTax,
  saveProfile,
  saveReconciledUntil,
  saveScopes,
  saveSetup,
  saveStatus,
} from './store.ts';
