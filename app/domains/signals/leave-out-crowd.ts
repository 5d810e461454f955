import { leaveOutVisitors } from '#app/domains/experiments/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Crowd } from './crowds.ts';
import type { SignalBuffer } from './signal-buffer.ts';
import { deleteSignalsSince } from './store.ts';

/**
 * Takes back what came of a crowd before it was known for one: what they did teaches no list any more, and experiments
 * count them as those who come after, only with an order. Tried again with the crowd's next request where it fails.
 */
export async function leaveOutCrowd(
  { db, log }: Pick<Services, 'db' | 'log'>,
  buffer: Pick<SignalBuffer, 'flush'>,
  shopId: ShopId,
  crowd: Crowd,
): Promise<void> {
  const visitors = crowd.take();
  if (visitors.length === 0) return;
  try {
    // What is still on its way to the database would come after its own deletion.
    await buffer.flush();
    await db.inShop(shopId, async (scope) => {
      await deleteSignalsSince(scope, visitors, crowd.since);
      await leaveOutVisitors(scope, visitors, crowd.since);
    });
    log.warn({ shopId, visitors: visitors.length }, 'one address has more new visitors than people share it');
  } catch (error) {
    crowd.giveBack(visitors);
    log.warn({ err: error, shopId }, 'a crowd of one address not left out yet');
  }
}
