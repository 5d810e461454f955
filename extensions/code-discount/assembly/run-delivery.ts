import { hasClass } from '../../bundle-discount/assembly/earned';
import { elementOf, keyOf, lengthOf, readText, valueOf } from '../../bundle-discount/assembly/input';
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
} from '../../bundle-discount/assembly/output';
import { shopify_function_input_get } from '../../bundle-discount/assembly/shopify_function_v2';
import { priceCode } from './price-code';

/** Free shipping where the code gives it. */
export function runDelivery(): void {
  const input = shopify_function_input_get();
  const groups = valueOf(valueOf(input, keyOf('cart')), keyOf('deliveryGroups'));
  const count = lengthOf(groups);
  if (count === 0 || !hasClass(valueOf(input, keyOf('discount')), 'SHIPPING')) return writeNothing();
  const price = priceCode(input);
  if (price === null || !price.freeShipping) return writeNothing();
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
  openObject(2);
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
  closeObject();
  closeList();
  closeObject();
  closeObject();
  closeOperations();
}
