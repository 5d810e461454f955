import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { startRun } from '../start-run.ts';
import { noteStoreCodes } from './note-store-codes.ts';

/** Looks what codes the merchants have made, and publishes anew where discounts of ours must leave something else. */
const readStoreCodes: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed']));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    const connected = await findConnectedShop(services, shopId);
    if (connected?.capabilities.discountEngine !== 'function') continue;
    const changed = await noteStoreCodes(services, connected).catch((error: unknown) => {
      // One store that cannot be reached is asked again the next time, and the others do not wait for it.
      services.log.warn({ err: error, shopId }, 'the codes of a store could not be read');
      return false;
    });
    if (changed) await startRun(services, shopId, 'publish-bundles');
  }
};

export default readStoreCodes;
