import { readRefusedGifts, type RefusedGift } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { lockMembers } from '../store-members.ts';
import { rewardCodes } from './issue-reward.ts';
import { bringPoints } from './return-points.ts';
import { findStanding } from './store-redemptions.ts';

/** A reward that the store would not give. */
export interface RefusedReward {
  readonly customerId: string;
  readonly title: string;
  readonly points: number;
  /** the store's, in a sentence */
  readonly refusal: string;
}

/** Of one transaction: members wait meanwhile. */
const atOnce = 200;

/**
 * Gives the points of gift cards and store credit back that the store refused to give, each once: a page of them.
 * @param after where the page before ended; 0 at the start
 * @returns those whose points went back now, and where the next page begins (null after the last)
 */
export async function returnRefused(
  scope: ShopScope,
  after: bigint,
  now: Date,
): Promise<{ readonly returned: RefusedReward[]; readonly next: bigint | null }> {
  const refused = await readRefusedGifts(scope, rewardCodes, after, atOnce);
  const returned = await returnSome(scope, refused, now);
  return { returned, next: refused.length < atOnce ? null : (refused.at(-1)?.id ?? null) };
}

async function returnSome(scope: ShopScope, refused: readonly RefusedGift[], now: Date): Promise<RefusedReward[]> {
  const reasons = new Map(refused.map(({ sourceId, refusal }) => [sourceId, refusal]));
  const ids = [...reasons.keys()];
  const members = (await findStanding(scope, ids)).map(({ customerId }) => customerId);
  if (members.length === 0) return [];
  await lockMembers(scope, members);
  // Somebody may have given some back while this waited.
  const standing = await findStanding(scope, ids);
  for (const redemption of standing) await bringPoints(scope, redemption, 0, now);
  return standing.map(({ id, customerId, title, points }) => {
    return { customerId, title, points, refusal: reasons.get(id) ?? '' };
  });
}
