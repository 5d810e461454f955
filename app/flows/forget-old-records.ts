import { deleteOldRuns, emptyDataFiles } from '#app/domains/activity/index.ts';
import { forgetOldArrivals } from '#app/domains/completeness/index.ts';
import { forgetOldDeliveries } from '#app/domains/inbox/index.ts';
import { forgetOldSessions } from '#app/domains/merchant-sessions/index.ts';
import { forgetOldMails } from '#app/domains/notifications/index.ts';
import { deleteOldChunkWork } from '#app/domains/recommendations/index.ts';
import { forgetOldBindings } from '#app/domains/referrals/index.ts';
import { deleteOrphans, findShopsToErase } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { leftBefore } from './erase-left-shop.ts';
import { eraseLeftShop } from './jobs.ts';

const day = 24 * 3_600_000;
/** Shopify repeats a delivery for 4 hours; our own record of it answers questions for a month. */
const deliveryDays = 30;
const runDays = 90;
/** The longest window that completeness is told of, and a day. */
const arrivalDays = 31;
/** The merchant has this long to hand a person's data on: the law gives them a month. */
const dataFileDays = 30;
/** A training that nobody has taken up again for so long is given up. */
const trainingDays = 1;
/** What a mail said answers questions for a quarter, that it was sent for a year. */
const mailTextDays = 90;
const mailDays = 400;
/** Links count for a year at most; orders are told of within days. */
const bindingDays = 400;

/** Forgets what nobody needs any more. */
const forgetOldRecords: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  // What belongs to nobody can only be seen by looking at all tenants.
  const orphans = await services.db.asSystem(deleteOrphans, { timeoutMs: 300_000 });
  if (orphans.length > 0) services.log.warn({ shopIds: orphans }, 'rows of erased shops were left and are deleted');
  const now = services.clock.now().getTime();
  const left = await services.db.asSystem((scope) => findShopsToErase(scope, leftBefore(new Date(now))));
  for (const shopId of left)
    await services.queue.enqueue(eraseLeftShop, { shopId }, { deduplicationKey: `erase-${shopId}` });
  await services.db.asSystem((scope) => forgetOldDeliveries(scope, new Date(now - deliveryDays * day)), {
    timeoutMs: 300_000,
  });
  await services.db.asSystem((scope) => emptyDataFiles(scope, new Date(now - dataFileDays * day)), {
    timeoutMs: 300_000,
  });
  await services.db.asSystem((scope) => deleteOldChunkWork(scope, new Date(now - trainingDays * day)), {
    timeoutMs: 300_000,
  });
  await services.db.asSystem((scope) => forgetOldSessions(scope, new Date(now)));
  for (const platform of Object.values(services.platforms)) await platform?.forgetOld();
  await services.db.asSystem((scope) => forgetOldArrivals(scope, new Date(now - arrivalDays * day)), {
    timeoutMs: 300_000,
  });
  await services.db.asSystem(
    (scope) =>
      forgetOldMails(scope, { said: new Date(now - mailTextDays * day), known: new Date(now - mailDays * day) }),
    { timeoutMs: 300_000 },
  );
  await services.db.asSystem((scope) => forgetOldBindings(scope, new Date(now - bindingDays * day)), {
    timeoutMs: 300_000,
  });
  await services.db.asSystem((scope) => deleteOldRuns(scope, new Date(now - runDays * day)), { timeoutMs: 300_000 });
};

export default forgetOldRecords;
