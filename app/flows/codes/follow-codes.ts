import { findCarried } from '#app/domains/codes/index.ts';
import { followRewardCodes, rewardCodes } from '#app/domains/loyalty/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { codeKind as offerCodes } from '../personal-offers/decide-waiting.ts';
import { followOfferCodes } from '../personal-offers/follow-codes.ts';
import { followReferralCodes } from '../referrals/follow-codes.ts';
import { rewardCodes as referralCodes } from '../referrals/post-reward.ts';
import { publishCodes } from './enqueue.ts';

/** `ids`: what their codes were issued for */
type Follow = (
  scope: ShopScope,
  told: { readonly ids: readonly string[]; readonly orderIds: readonly string[]; readonly now: Date },
) => Promise<unknown>;

/** Who owns what was given for a code: each brings it in line with what the orders that stand say (`readStandings`). */
const issuers: Readonly<Record<string, Follow>> = {
  [rewardCodes]: (scope, { ids, now }) => followRewardCodes(scope, ids, now),
  [referralCodes]: (scope, { ids, now }) => followReferralCodes(scope, ids, now),
  [offerCodes]: followOfferCodes,
};

/**
 * Tells whoever issued the codes that orders carry or carried what became of them; in the transaction that settles them,
 * so that neither happens without the other. May be told any number of times; one statement for orders without such codes.
 */
export async function followCodes(
  services: Pick<Services, 'clock' | 'queue'>,
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<void> {
  const carried = await findCarried(scope, orderIds, Object.keys(issuers));
  if (carried.size === 0) return;
  const now = services.clock.now();
  for (const [kind, follow] of Object.entries(issuers)) {
    const ids = carried.get(kind);
    if (ids) await follow(scope, { ids, orderIds, now });
  }
  // Codes came and went, and balances that the store shows. A lost job is made up for by the sweep.
  await publishCodes(services, scope.shopId);
  await enqueueTelling(services, scope.shopId, 'later');
}
