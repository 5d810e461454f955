import type { PluginSettings, WooPlugin } from '../model.ts';
import type { WooStore } from '../store.ts';

/** 'ready': the merchant has pressed Connect in it. */
export type PluginState = 'missing' | 'waiting' | 'ready';

const row = 1;
const fresh: WooPlugin = {
  id: row,
  version: '0.1.0',
  optedIn: false,
  connection: null,
  storefront: null,
  discount: null,
};

/** As the plugin begins: visitors are not measured before the merchant has chosen how they are asked. */
const preset: PluginSettings = {
  consent: 'off',
  placements: { together: true, bundle: true, cart: true, offers: true, points: true, launcher: false },
};

export const readSettings = (store: WooStore): PluginSettings => readPlugin(store)?.settings ?? preset;

/** Our plugin as this site has it, or null where it is not active. */
export const readPlugin = (store: WooStore): WooPlugin | null => store.plugin.get(row) ?? null;

export function changePlugin(store: WooStore, change: Partial<WooPlugin>): void {
  store.put('plugin', { ...(readPlugin(store) ?? fresh), ...change });
}

/** Installs it (and has the merchant press Connect), or takes it away with all that it holds, as uninstalling does. */
export function setPlugin(store: WooStore, state: PluginState): void {
  if (state !== 'missing') {
    changePlugin(store, { optedIn: state === 'ready' });
    return;
  }
  forgetConnection(store);
  store.remove('plugin', row);
}

/** Forgets the app and everything that it has published; the merchant has to agree anew. */
export function forgetConnection(store: WooStore): void {
  if (readPlugin(store) === null) return;
  changePlugin(store, { optedIn: false, connection: null, storefront: null, discount: null, codeGuard: null });
  for (const { id, metaData } of [...store.coupons.values()])
    if (metaData.some(({ key }) => key === '_trellis_offer')) store.remove('coupons', id);
  const writes = [...store.products.values()]
    .filter(({ metaData }) => metaData.some(({ key }) => key.startsWith('_trellis_')))
    .map((product) => ({
      table: 'products' as const,
      id: product.id,
      record: { ...product, metaData: product.metaData.filter(({ key }) => !key.startsWith('_trellis_')) },
      quiet: true,
    }));
  if (writes.length > 0) store.commit(writes);
}
