import { isDeepStrictEqual } from 'node:util';
import { findShopsWithOpenCodes } from '#app/domains/codes/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { codesStand } from './codes-stand.ts';
import { publishCodes } from './enqueue.ts';
import { writeCodeGuard } from './write-code-guard.ts';
import { leaveToOwnCodes } from './leave-to-codes.ts';

/** Every few minutes the stores with codes learn what has become of costs, prices and the merchant's floor. */
const sweepCodeGuards: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  // Sees all shops, because it goes through them.
  const shopIds = await services.db.asSystem(findShopsWithOpenCodes);
  const failures: unknown[] = [];
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    try {
      await renewOne(services, shopId);
    } catch (error) {
      services.log.warn({ err: error, shopId }, 'the codes of a shop could not be guarded');
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `the codes of ${String(failures.length)} shops could not be guarded`);
};

async function renewOne(services: Services, shopId: ShopId): Promise<void> {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed' || connected.capabilities.discountEngine === 'none') return;
  // They have still to follow the merchant's matrix, and the job that was to see to it is lost.
  const { settings, platformState } = connected.shop;
  if (!isDeepStrictEqual(settings.combinesWith, codesStand(platformState))) await publishCodes(services, shopId);
  const renew = async () => {
    await writeCodeGuard(services, connected);
    await leaveToOwnCodes(services, connected, { exactly: true });
  };
  await renew().catch((error: unknown) => {
    // One store that cannot be reached is asked again in ten minutes, and the others do not wait for it.
    services.log.warn({ err: error, shopId }, 'a store did not take the guard of its codes');
  });
}

export default sweepCodeGuards;
