import type { ProgrammeSettings } from '../model.ts';
import { worthOf } from '../rewards/registry.ts';
import type { Worth } from '../rewards/reward-kind.ts';

/**
 * What a point is worth at most, minor units: that of the reward which gives most for a point. 0 without
 * rewards.
 */
export function worthOfPoint({ rewards }: Pick<ProgrammeSettings, 'rewards'>, worth: Worth): number {
  const each = rewards.filter(({ on }) => on).map((reward) => worthOf(reward, worth) / reward.cost);
  return Math.max(0, ...each);
}

/** Share of points that is assumed to be redeemed one day before the shop's own figures say it: cautious, most shops see less. */
const usualShare = 0.7;
/** The assumption weighs as much as so many of the cheapest reward. */
const usualRewards = 100;

export interface Redeemed {
  /** points that were issued long enough ago to have found their use */
  readonly issued: number;
  /** points that were redeemed until now */
  readonly redeemed: number;
  /** points of the cheapest reward; null without one */
  readonly cheapest: number | null;
}

/**
 * Share of points that will be redeemed one day: the shop's own share among points older than half a year, drawn towards
 * 70 % while there are few of them. The rest is breakage.
 */
export function expectedRedemption({ issued, redeemed, cheapest }: Redeemed): number {
  if (cheapest === null) return 0;
  const weight = usualRewards * cheapest;
  return (Math.min(redeemed, issued) + usualShare * weight) / (issued + weight);
}
