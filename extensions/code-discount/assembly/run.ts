import { hasClass } from '../../bundle-discount/assembly/earned';
import { keyOf, readText, valueOf } from '../../bundle-discount/assembly/input';
import { formatDecimal } from '../../bundle-discount/assembly/money';
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
  writeWhole,
} from '../../bundle-discount/assembly/output';
import { shopify_function_input_get } from '../../bundle-discount/assembly/shopify_function_v2';
import { CodePrice, priceCode } from './price-code';
import { reducedWords } from './words';

/** What the code takes off goods, as one amount: Shopify spreads it over the lines. */
export function run(): void {
  const input = shopify_function_input_get();
  const price = priceCode(input);
  if (price === null || price.minor <= 0) return writeNothing();
  const discount = valueOf(input, keyOf('discount'));
  const onOrder = hasClass(discount, 'ORDER');
  if (!onOrder && !hasClass(discount, 'PRODUCT')) return writeNothing();
  const keys = new OutputKeys();
  openOperations(keys, 1);
  openObject(1);
  writeKey(keyOf(onOrder ? 'orderDiscountsAdd' : 'productDiscountsAdd'));
  openObject(2);
  writeKey(keys.selectionStrategy);
  writeKey(keyOf('FIRST'));
  writeKey(keys.candidates);
  openList(1);
  openObject(price.reduced ? 3 : 2);
  if (price.reduced) {
    writeKey(keys.message);
    const localization = valueOf(input, keyOf('localization'));
    writeText(reducedWords(readText(valueOf(valueOf(localization, keyOf('language')), keyOf('isoCode')))));
  }
  writeKey(keys.targets);
  if (onOrder) writeOrderTarget(price);
  else writeLineTargets(keys, price);
  writeKey(keys.value);
  openObject(1);
  writeKey(keyOf('fixedAmount'));
  openObject(1);
  writeKey(keyOf('amount'));
  writeText(formatDecimal(price.minor, price.digits));
  closeObject();
  closeObject();
  closeObject();
  closeList();
  closeObject();
  closeObject();
  closeOperations();
}

function writeOrderTarget(price: CodePrice): void {
  openList(1);
  openObject(1);
  writeKey(keyOf('orderSubtotal'));
  openObject(1);
  writeKey(keyOf('excludedCartLineIds'));
  openList(price.others.length);
  for (let at = 0; at < price.others.length; at += 1) writeText(unchecked(price.others[at]));
  closeList();
  closeObject();
  closeObject();
  closeList();
}

function writeLineTargets(keys: OutputKeys, price: CodePrice): void {
  const keyOfLine = keyOf('cartLine');
  const keyOfQuantity = keyOf('quantity');
  openList(price.targets.length);
  for (let at = 0; at < price.targets.length; at += 1) {
    openObject(1);
    writeKey(keyOfLine);
    openObject(price.oneUnit ? 2 : 1);
    writeKey(keys.id);
    writeText(unchecked(price.targets[at]));
    if (price.oneUnit) {
      writeKey(keyOfQuantity);
      writeWhole(1);
    }
    closeObject();
    closeObject();
  }
  closeList();
}
