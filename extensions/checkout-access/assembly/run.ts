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
import { sameText, Text } from '../../bundle-discount/assembly/text';
import { mayBuy } from './keys';
import { keptWords } from './words';

/** A shopper reads so many at most; the cart is stopped by the first. */
const mostErrors: i32 = 10;

/** One error for each product of the cart that its buyer may not have. */
export function run(): void {
  const input = shopify_function_input_get();
  const cart = valueOf(input, keyOf('cart'));
  const keysKey = keyOf('keys');
  const valueKey = keyOf('value');
  const customer = valueOf(valueOf(cart, keyOf('buyerIdentity')), keyOf('customer'));
  const held = readText(valueOf(valueOf(customer, keysKey), valueKey));
  const lines = valueOf(cart, keyOf('lines'));
  const itemKey = keyOf('item');
  const productKey = keyOf('product');
  const titleKey = keyOf('title');
  const titles = new Array<Text>();
  for (let at = 0; at < lengthOf(lines) && titles.length < mostErrors; at += 1) {
    const product = valueOf(valueOf(elementOf(lines, at), itemKey), productKey);
    if (mayBuy(held, readText(valueOf(valueOf(product, keysKey), valueKey)))) continue;
    const title = readText(valueOf(product, titleKey));
    if (!isNamed(titles, title)) titles.push(title);
  }
  if (titles.length === 0) return writeNothing();
  const language = readText(
    valueOf(valueOf(valueOf(input, keyOf('localization')), keyOf('language')), keyOf('isoCode')),
  );
  const keys = new OutputKeys();
  openOperations(keys, 1);
  openObject(1);
  writeKey(keyOf('validationAdd'));
  openObject(1);
  writeKey(keyOf('errors'));
  openList(titles.length);
  for (let at = 0; at < titles.length; at += 1) {
    openObject(2);
    writeKey(keys.message);
    writeText(keptWords(language, unchecked(titles[at])));
    writeKey(keyOf('target'));
    writeKey(keyOf('$.cart'));
    closeObject();
  }
  closeList();
  closeObject();
  closeObject();
  closeOperations();
}

function isNamed(titles: Array<Text>, title: Text): bool {
  for (let at = 0; at < titles.length; at += 1) if (sameText(unchecked(titles[at]), title)) return true;
  return false;
}
