import { startRun } from '#app/flows/start-run.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** After a change of bundles: the store and the discount are brought up to date in the background. */
export async function publishChange(services: Services, shopId: ShopId): Promise<void> {
  await startRun(services, shopId, 'publish-bundles');
}
