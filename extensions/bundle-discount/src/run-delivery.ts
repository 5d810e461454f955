import { readEarned } from './earned.ts';
import type { DeliveryInput, DeliveryResult } from './input.ts';

/**
 * Free shipping where a goal of the cart earns it. It is worked out from the goods alone, by the same rules as
 * what comes off them, because this target and that of the lines know nothing of one another.
 */
export function runDelivery(input: DeliveryInput): DeliveryResult {
  const groups = input.cart.deliveryGroups;
  if (groups.length === 0 || !input.discount.discountClasses.includes('SHIPPING')) return { operations: [] };
  const shipping = readEarned(input)?.formation.goals.shipping;
  if (!shipping) return { operations: [] };
  return {
    operations: [
      {
        deliveryDiscountsAdd: {
          selectionStrategy: 'ALL',
          candidates: [
            {
              targets: groups.map(({ id }) => ({ deliveryGroup: { id } })),
              value: { percentage: { value: '100' } },
              message: shipping.title,
            },
          ],
        },
      },
    ],
  };
}
