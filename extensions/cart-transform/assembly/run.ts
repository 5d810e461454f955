import { readConfig, readLines } from '../../bundle-discount/assembly/earned';
import { elementOf, isText, keyOf, lengthOf, readText, valueOf } from '../../bundle-discount/assembly/input';
import { minorUnitDigits } from '../../bundle-discount/assembly/money';
import { closeOperations, openOperations, OutputKeys, writeNothing } from '../../bundle-discount/assembly/output';
import { readConversion } from '../../bundle-discount/assembly/rate';
import { shopify_function_input_get } from '../../bundle-discount/assembly/shopify_function_v2';
import { limitWork, startWork } from '../../bundle-discount/assembly/work';
import { decodeDelivery } from './delivery-config';
import { expandNative } from './expand-native';
import { mergeSets } from './merge-sets';
import { OperationWriter } from './output';
import { Room } from './room';

/** The number of the definition. */
const mostWork: f64 = 160_000;

/** What is merged and expanded; null where nothing can be read whole. */
function transform(input: u64): Room | null {
  const own = valueOf(input, keyOf('cartTransform'));
  const delivered = valueOf(valueOf(own, keyOf('delivery')), keyOf('value'));
  if (!isText(delivered)) return null;
  const config = readConfig(own);
  if (config === null || config.ignored > 0) return null;
  const delivery = decodeDelivery(readText(delivered));
  const cartLines = valueOf(valueOf(input, keyOf('cart')), keyOf('lines'));
  if (delivery === null || lengthOf(cartLines) === 0) return null;
  const each = valueOf(valueOf(elementOf(cartLines, 0), keyOf('cost')), keyOf('each'));
  const currency = readText(valueOf(each, keyOf('currencyCode')));
  const rate = readText(valueOf(input, keyOf('presentmentCurrencyRate')));
  const conversion = readConversion(rate, config.currency, currency);
  if (conversion === null) return null;
  const digits = minorUnitDigits(currency);
  const room = new Room();
  startWork(config.reading());
  limitWork(mostWork);
  if (expandNative(cartLines, config, delivery, conversion, digits, room) && delivery.merged.length > 0)
    mergeSets(cartLines, readLines(cartLines, digits, config, false), config, delivery, conversion, room);
  return room;
}

/** Turns bundles into lines and bundle products into their parts. Says nothing when something cannot be read. */
export function run(): void {
  const room = transform(shopify_function_input_get());
  if (room === null) return writeNothing();
  const operations = room.operations;
  openOperations(new OutputKeys(), operations.length);
  const writer = new OperationWriter();
  for (let at = 0; at < operations.length; at += 1) writer.write(unchecked(operations[at]));
  closeOperations();
}
