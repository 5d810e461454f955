import type { UnitValue } from '../model.ts';
import type { PlanTier, Reward } from './kind.ts';

/** A value of each unit as the reward of a plan. */
export function unitReward(value: UnitValue): Reward {
  if (value.type === 'percentage') return value;
  return { type: value.type === 'amount' ? 'unit-amount' : 'unit-price', minor: value.minor };
}

export const free: readonly PlanTier[] = [{ units: 0, reward: { type: 'percentage', basisPoints: 10_000 } }];
