import { amount, percentage, Value } from '../model';
import { PlanTier, Reward, rewardAmount, rewardPercentage, rewardUnitAmount, rewardUnitPrice } from './plan';

/** A discount off all units together as the reward of a plan. */
export function discountReward(value: Value): Reward {
  return new Reward(value.type === percentage ? rewardPercentage : rewardAmount, value.size);
}

/** A value of each unit as the reward of a plan. */
export function unitReward(value: Value): Reward {
  if (value.type === percentage) return new Reward(rewardPercentage, value.size);
  return new Reward(value.type === amount ? rewardUnitAmount : rewardUnitPrice, value.size);
}

export function one<T>(only: T): Array<T> {
  const list = new Array<T>(1);
  unchecked((list[0] = only));
  return list;
}

/** The tiers of an offer that has one reward for any number of units. */
export function always(reward: Reward): Array<PlanTier> {
  return one(new PlanTier(0, reward));
}

export function free(): Array<PlanTier> {
  return always(new Reward(rewardPercentage, 10_000));
}
