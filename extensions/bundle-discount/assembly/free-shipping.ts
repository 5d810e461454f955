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
  writeText,
} from './output';
import { Text } from './text';

/** The answer that makes delivery of all groups free. @param title what the shopper reads; null = nothing of its own */
export function writeFreeShipping(groups: u64, title: Text | null): void {
  const keys = new OutputKeys();
  const keyOfGroup = keyOf('deliveryGroup');
  const count = lengthOf(groups);
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
