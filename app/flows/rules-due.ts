import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from './connected-shop.ts';
import { publishAfterRules } from './publish-after-rules.ts';

/** A rule starts or ends. Running it too often publishes nothing twice. */
const rulesAreDue: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status === 'installed') await publishAfterRules(services, shopId);
};

export default rulesAreDue;
