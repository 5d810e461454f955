import { addSteps, type Step } from '#app/domains/referrals/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { sendMails } from '../send-mails-soon.ts';
import { replaceRefusedCredit } from './post-reward.ts';
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
  const now = services.clock.now();
  const replaced = await services.db.inShop(shopId, async (scope) => {
    const orders = await replaceRefusedCredit(scope, now);
    const steps = orders.map(({ orderId, refusal }): Step => ({
      orderId,
      by: 'rules',
      state: 'rewarded',
      note: `The store gave no store credit: ${refusal} The advocate has a code instead.`,
    }));
    await addSteps(scope, steps, now);
    return orders.length;
  });
  if (settled + replaced === 0) return;
  await publishCodes(services, shopId);
  await sendMails(services, shopId);
};

export default settleShop;
