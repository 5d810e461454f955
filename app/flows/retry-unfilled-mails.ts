import { findUnfilled, retryMails } from '#app/domains/notifications/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { sendMails } from './send-mails-soon.ts';

const step = 500;
const againMs = 7 * 86_400_000;

/** Puts mails back in line whose template could not be filled. */
const retryUnfilled: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services }) => {
  for (let more = true; more;) {
    const now = services.clock.now();
    more = await services.db.inShop(shopId, async (scope) => {
      const ids = await findUnfilled(scope, step);
      await retryMails(scope, ids, now, new Date(now.getTime() + againMs));
      return ids.length === step;
    });
  }
  await sendMails(services, shopId);
};

export default retryUnfilled;
