import type { ShopScope } from '#app/infra/database.ts';
import type { MerchandisingSettings, OwnedSurface } from '../merchandising/model.ts';
import { keepsOwned } from '../merchandising/owned.ts';
import { ownedNow } from './rhythm.ts';
import { type Purchase, readRhythms } from './store.ts';

/** Which of a customer's purchases a surface leaves out at `now`: those that do not come back yet, as the merchant set it. */
export async function readOwned(
  scope: ShopScope,
  settings: MerchandisingSettings,
  surface: OwnedSurface,
  bought: readonly Purchase[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (bought.length === 0 || keepsOwned(settings, surface)) return new Set();
  const ids = bought.map((one) => one.productId);
  return ownedNow(bought, await readRhythms(scope, ids), now);
}
