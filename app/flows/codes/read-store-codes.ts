import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { startRun } from '../start-run.ts';
import { noteStoreCodes } from './note-store-codes.ts';

/** Looks what codes the merchants have made, and publishes anew where discounts of ours must leave something else. */
const readStoreCodes: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  const failures: unknown[] = [];
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    try {
      await readOne(services, shopId);
    } catch (error) {
      services.log.warn({ err: error, shopId }, 'the codes of a shop could not be looked after');
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `the codes of ${String(failures.length)} shops could not be looked after`);
};

async function readOne(services: Services, shopId: ShopId): Promise<void> {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.capabilities.discountEngine !== 'function') return;
  const changed = await noteStoreCodes(services, connected).catch((error: unknown) => {
    // One store that cannot be reached is asked again the next time, and the others do not wait for it.
    services.log.warn({ err: error, shopId }, 'the codes of a store could not be read');
    return false;
  });
  if (changed) await startRun(services, shopId, 'publish-bundles');
}

export default readStoreCodes;
