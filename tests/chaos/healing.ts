import processInbox from '#app/flows/process-inbox.ts';
import type { JobContext } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** The hand of a worker that looks at a clock which is `aheadMs` before ours: what waits for later is due now. */
export function contextAhead(services: Services, aheadMs = 0, values: Partial<JobContext> = {}): JobContext {
  const clock = { now: () => new Date(services.clock.now().getTime() + aheadMs) };
  return {
    services: { ...services, clock },
    attempt: 1,
    lastAttempt: false,
    signal: new AbortController().signal,
    ...values,
  };
}

/** Works off every delivery of the shop, also those that wait for their next try. Returns how many are left. */
export async function settleInbox(services: Services, shopId: ShopId): Promise<number> {
  await processInbox({ shopId }, contextAhead(services, 3 * 3_600_000));
  return services.db.asSystem(({ tx }) => tx.webhookInbox.count({ where: { status: 'pending' } }));
}
