import type { UnitValue } from '../model.ts';
import type { Reward } from './kind.ts';

/** A value of each unit as the reward of a plan. */
export function unitReward(value: UnitValue | undefined): Reward | null {
  if (!value) return null;
  if (value.type === 'percentage') return value;
  return { type: value.type === 'amount' ? 'unit-amount' : 'unit-price', minor: value.minor };
}

export const free: Reward = { type: 'percentage', basisPoints: 10_000 };
