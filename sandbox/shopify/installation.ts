import type { AdminStore } from './admin-store.ts';
import type { AppConfig } from './app-config.ts';
import { revokeAll } from './oauth/tokens.ts';

/** Grants the app what its configuration asks for. Installing again refreshes the scopes. */
export function installApp(store: AdminStore, apiKey: string, config: AppConfig): void {
  const known = store.installation;
  store.setInstallation({
    id: known?.id ?? store.nextId(),
    apiKey,
    scopes: [...config.scopes],
    installedAt: known?.installedAt ?? store.now().toISOString(),
  });
}

/** Adds optional scopes that the merchant granted at run time. */
export function grantScopes(store: AdminStore, scopes: readonly string[]): void {
  const known = store.installation;
  if (known !== null) store.setInstallation({ ...known, scopes: [...new Set([...known.scopes, ...scopes])] });
}

/** Takes optional scopes back. */
export function revokeScopes(store: AdminStore, scopes: readonly string[]): void {
  const known = store.installation;
  if (known !== null)
    store.setInstallation({ ...known, scopes: known.scopes.filter((scope) => !scopes.includes(scope)) });
}

/** Tokens end at once; the app's discounts, pixel and own data go with it; what it wrote to products stays. */
export function uninstallApp(store: AdminStore): void {
  const installation = store.installation;
  if (installation === null) return;
  revokeAll(store);
  for (const discount of [...store.discounts.values()]) {
    if (discount.kind !== 'automatic-app') continue;
    for (const metafield of store.metafieldsOf(discount.id)) store.remove('metafields', metafield.id);
    store.remove('discounts', discount.id);
  }
  for (const metafield of store.metafieldsOf(`gid://shopify/AppInstallation/${installation.id}`))
    store.remove('metafields', metafield.id);
  for (const block of [...store.themeBlocks.keys()]) store.remove('themeBlocks', block);
  store.setPixel(null);
  store.setInstallation(null);
}
