import { elementOf, isText, keyOf, lengthOf, readText, valueOf } from './input';
import { parseDecimal } from './money';
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
import { Text } from './text';

/**
 * The answer that makes every way of delivery free whose cost does not exceed what is left, of which each group has its
 * even part.
 * @param most minor units
 * @param title what the shopper reads; null = nothing of its own
 */
export function writeFreeOptions(groups: u64, most: f64, digits: i32, title: Text | null): void {
  const handles = affordable(groups, Math.floor(most / <f64>lengthOf(groups)), digits);
  if (handles.length === 0) return writeNothing();
  writeFree(handles, title);
}

function writeFree(handles: Array<Text>, title: Text | null): void {
  const keys = new OutputKeys();
  const keyOfOption = keyOf('deliveryOption');
  const keyOfHandle = keyOf('handle');
  openOperations(keys, 1);
  openObject(1);
  writeKey(keyOf('deliveryDiscountsAdd'));
  openObject(2);
  writeKey(keys.selectionStrategy);
  writeKey(keyOf('ALL'));
  writeKey(keys.candidates);
  openList(1);
  openObject(title === null ? 2 : 3);
  writeKey(keys.targets);
  openList(handles.length);
  for (let at = 0; at < handles.length; at += 1) {
    openObject(1);
    writeKey(keyOfOption);
    openObject(1);
    writeKey(keyOfHandle);
    writeText(unchecked(handles[at]));
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
  if (title !== null) {
    writeKey(keys.message);
    writeText(title);
  }
  closeObject();
  closeList();
  closeObject();
  closeObject();
  closeOperations();
}

/** Handles of the ways of delivery up to a cost; what cannot be read is none. */
function affordable(groups: u64, most: f64, digits: i32): Array<Text> {
  const handles = new Array<Text>();
  const keyOfOptions = keyOf('deliveryOptions');
  const keyOfHandle = keyOf('handle');
  const keyOfCost = keyOf('cost');
  const keyOfAmount = keyOf('amount');
  for (let group = 0; group < lengthOf(groups); group += 1) {
    const options = valueOf(elementOf(groups, group), keyOfOptions);
    for (let at = 0; at < lengthOf(options); at += 1) {
      const option = elementOf(options, at);
      const amount = valueOf(valueOf(option, keyOfCost), keyOfAmount);
      const handle = valueOf(option, keyOfHandle);
      if (isText(handle) && isText(amount) && parseDecimal(readText(amount), digits) <= most)
        handles.push(readText(handle));
    }
  }
  return handles;
}
