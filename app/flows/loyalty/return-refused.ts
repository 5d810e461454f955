import { noteFailedJob } from '#app/domains/activity/index.ts';
import { type RefusedReward, returnRefused } from '#app/domains/loyalty/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { publishShopCodes } from '../codes/jobs.ts';

/** Members have the points of rewards back that the store would not give, and the merchant reads why in Activity. */
export async function returnRefusedRewards(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
): Promise<void> {
  const all: RefusedReward[] = [];
  for (let after: bigint | null = 0n; after !== null;) {
    const from: bigint = after;
    after = await db.inShop(shopId, async (scope) => {
      const now = clock.now();
      const { returned, next } = await returnRefused(scope, from, now);
      all.push(...returned);
      if (returned.length > 0) await noteFailedJob(scope, publishShopCodes.id, all.length, now, wordsFor(all));
      return next;
    });
  }
}

function wordsFor(refused: readonly RefusedReward[]): string {
  const [first] = refused;
  if (!first) return '';
  const others = refused.length === 1 ? '' : ` So did ${String(refused.length - 1)} more.`;
  return `The store did not give the reward “${first.title}” to customer ${first.customerId}: ${first.refusal}${others} The points were given back.`;
}
