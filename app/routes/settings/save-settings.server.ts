import { setHoldout } from '#app/domains/experiments/index.ts';
import { type ShopSettings, changeSettings } from '#app/domains/shops/index.ts';
import { startRun } from '#app/flows/start-run.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Result } from '#app/shared/result.ts';

/** Saves the settings, starts a new measurement where the share changed, and tells the store and the discount. */
export async function saveMerchantSettings(services: Services, shopId: ShopId, input: unknown): Promise<Result<ShopSettings>> {
  const changed = await changeSettings(services, shopId, input);
  if (!changed.ok) return changed;
  const { holdoutBps } = changed.value;
  const now = services.clock.now();
  const measured = await services.db.inShop(shopId, (scope) => setHoldout(scope, { holdoutBps, freshSalt: crypto.randomUUID(), now }));
  if (!measured.ok) return measured;
  await startRun(services, shopId, 'publish-bundles');
  return changed;
}
