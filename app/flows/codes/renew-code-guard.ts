import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { writeCodeGuard } from './write-code-guard.ts';
import { leaveToOwnCodes } from './leave-to-codes.ts';

/** One store with codes learns what has become of its products. */
const renewCodeGuard: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed' || connected.capabilities.discountEngine === 'none') return;
  // A store that never had a code has no guard.
  if (connected.shop.platformState.codeGuard === undefined) return;
  await writeCodeGuard(services, connected);
  // A free product may cost more than before.
  await leaveToOwnCodes(services, connected);
};

export default renewCodeGuard;
