import { hasClass, readEarned } from './earned';
import { writeFreeOptions } from './free-shipping';
import { keyOf, lengthOf, valueOf } from './input';
import { writeNothing } from './output';
import { shopify_function_input_get } from './shopify_function_v2';

/** Free shipping where a goal of the cart earns it, by the same rules as what comes off the goods. */
export function runDelivery(): void {
  const input = shopify_function_input_get();
  const discount = valueOf(input, keyOf('discount'));
  const groups = valueOf(valueOf(input, keyOf('cart')), keyOf('deliveryGroups'));
  if (lengthOf(groups) === 0 || !hasClass(discount, 'SHIPPING')) return writeNothing();
  const earned = readEarned(input, discount);
  if (earned === null) return writeNothing();
  const goals = earned.formation.goals;
  const title = goals.shippingTitle;
  if (title === null) return writeNothing();
  writeFreeOptions(groups, Math.max(0, goals.shippingMost - earned.leftToCodes), earned.digits, title);
}
