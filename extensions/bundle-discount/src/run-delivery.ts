import { parseDecimal } from '#app/shared/money.ts';
import { plainDecimal, readEarned } from './earned.ts';
import type { DeliveryInput, DeliveryResult } from './input.ts';

/**
 * Free shipping where a goal of the cart earns it. It is worked out from the goods alone, by the same rules as
 * what comes off them, because this target and that of the lines know nothing of one another. Every way of delivery is
 * free that the goods' margin bears; groups share it evenly.
 */
export function runDelivery(input: DeliveryInput): DeliveryResult {
  const groups = input.cart.deliveryGroups;
  if (groups.length === 0 || !input.discount.discountClasses.includes('SHIPPING')) return { operations: [] };
  const earned = readEarned(input);
  const shipping = earned?.formation.goals.shipping;
  if (!earned || !shipping) return { operations: [] };
  const most = Math.floor(shipping.mostMinor / groups.length);
  const targets: { deliveryOption: { handle: string } }[] = [];
  for (const { deliveryOptions } of groups)
    for (const { handle, cost } of deliveryOptions)
      if (plainDecimal.test(cost.amount) && parseDecimal(cost.amount, earned.cart.currency) <= most)
        targets.push({ deliveryOption: { handle } });
  if (targets.length === 0) return { operations: [] };
  return {
    operations: [
      {
        deliveryDiscountsAdd: {
          selectionStrategy: 'ALL',
          candidates: [{ targets, value: { percentage: { value: '100' } }, message: shipping.title }],
        },
      },
    ],
  };
}
