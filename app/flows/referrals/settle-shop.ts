import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { sendMails } from '../send-mails-soon.ts';
import { settleSome } from './settle-referrals.ts';

/** Everything that is due in a shop, a handful at a time. */
const settleShop: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const shop = await services.db.inShop(shopId, findShop);
  if (!shop) return;
  let settled = 0;
  for (let some = 1; some > 0; settled += some) {
    signal.throwIfAborted();
    const now = services.clock.now();
    some = await services.db.inShop(shopId, (scope) => settleSome(services, scope, { now, by: 'rules' }));
  }
  if (settled === 0) return;
  await publishCodes(services, shopId);
  await sendMails(services, shopId);
};

export default settleShop;
