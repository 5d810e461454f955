export { changeSettings } from './change-settings.ts';
export type { PlatformState, SetupState, Shop, ShopSettings, ShopStatus } from './model.ts';
export {
  deleteOrphans,
  deleteTenant,
  findShop,
  findShopByDomain,
  findShopsToLeave,
  holdTenant,
  listShopIds,
  lockInstallation,
  mergePlatformState,
  noteLeft,
  readShop,
  saveInstallation,
  saveProfile,
  saveReconciledUntil,
  saveScopes,
  saveSetup,
  saveStatus,
} from './store.ts';
