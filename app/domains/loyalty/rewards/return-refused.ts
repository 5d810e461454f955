import { readRefusedGifts } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { lockMembers } from '../store-members.ts';
import { rewardSource } from './issue-reward.ts';
import { returnPoints } from './return-points.ts';
import { findStanding } from './store-redemptions.ts';

/** A reward that the store would not give. */
export interface RefusedReward {
  readonly customerId: string;
  readonly title: string;
  readonly points: number;
  /** the store's, in a sentence */
  readonly refusal: string;
}

/** Gives the points of gift cards and store credit back that the store refused to give, each once. Returns those of now. */
export async function returnRefused(scope: ShopScope, now: Date): Promise<RefusedReward[]> {
  const refused = new Map(
    (await readRefusedGifts(scope, rewardSource('').kind)).map(({ id, refusal }) => [id, refusal]),
  );
  const ids = [...refused.keys()];
  const members = (await findStanding(scope, ids)).map(({ customerId }) => customerId);
  if (members.length === 0) return [];
  await lockMembers(scope, members);
  // Somebody may have given some back while this waited.
  const standing = await findStanding(scope, ids);
  for (const redemption of standing) await returnPoints(scope, redemption, now);
  return standing.map(({ id, customerId, title, points }) => {
    return { customerId, title, points, refusal: refused.get(id) ?? '' };
  });
}
