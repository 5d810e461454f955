import { hasClass, readEarned } from './earned';
import { elementOf, keyOf, lengthOf, readText, valueOf } from './input';
import {
  closeList,
  closeObject,
  closeOperations,
  openList,
  openObject,
  openOperations,
  OutputKeys,
  writeKey,
  writeNothing,
  writeText,
} from './output';
import { shopify_function_input_get } from './shopify_function_v2';

/** Free shipping where a goal of the cart earns it, by the same rules as what comes off the goods. */
export function runDelivery(): void {
  const input = shopify_function_input_get();
  const discount = valueOf(input, keyOf('discount'));
  const groups = valueOf(valueOf(input, keyOf('cart')), keyOf('deliveryGroups'));
  const count = lengthOf(groups);
  if (count === 0 || !hasClass(discount, 'SHIPPING')) return writeNothing();
  const earned = readEarned(input, discount);
  if (earned === null) return writeNothing();
  const title = earned.formation.goals.shippingTitle;
  if (title === null) return writeNothing();
  const keys = new OutputKeys();
  const keyOfGroup = keyOf('deliveryGroup');
  openOperations(keys, 1);
  openObject(1);
  writeKey(keyOf('deliveryDiscountsAdd'));
  openObject(2);
  writeKey(keys.selectionStrategy);
  writeKey(keyOf('ALL'));
  writeKey(keys.candidates);
  openList(1);
  openObject(3);
  writeKey(keys.targets);
  openList(count);
  for (let at = 0; at < count; at += 1) {
    openObject(1);
    writeKey(keyOfGroup);
    openObject(1);
    writeKey(keys.id);
    writeText(readText(valueOf(elementOf(groups, at), keys.id)));
    closeObject();
    closeObject();
  }
  closeList();
  writeKey(keys.value);
  openObject(1);
  writeKey(keyOf('percentage'));
  openObject(1);
  writeKey(keys.value);
  writeKey(keyOf('100'));
  closeObject();
  closeObject();
  writeKey(keys.message);
  writeText(title);
  closeObject();
  closeList();
  closeObject();
  closeObject();
  closeOperations();
}
