import { hasClass } from '../../bundle-discount/assembly/earned';
import { writeFreeOptions } from '../../bundle-discount/assembly/free-shipping';
import { keyOf, lengthOf, valueOf } from '../../bundle-discount/assembly/input';
import { writeNothing } from '../../bundle-discount/assembly/output';
import { shopify_function_input_get } from '../../bundle-discount/assembly/shopify_function_v2';
import { priceCode } from './price-code';

/** Free shipping where the code gives it, as far as the goods' margin bears its price. */
export function runDelivery(): void {
  const input = shopify_function_input_get();
  const groups = valueOf(valueOf(input, keyOf('cart')), keyOf('deliveryGroups'));
  if (lengthOf(groups) === 0 || !hasClass(valueOf(input, keyOf('discount')), 'SHIPPING')) return writeNothing();
  const price = priceCode(input);
  if (price === null || price.freeUpTo < 0) return writeNothing();
  writeFreeOptions(groups, price.freeUpTo, price.digits, null);
}
