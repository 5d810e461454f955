import { basketsOf, type History, itemsOf } from './history.ts';

/** All items of a customer's baskets before number `end`, each once, as bought. `seen` (one for each item) is zero before and after. */
export function everBought(history: History, customer: number, end: number, seen: Uint8Array): Int32Array {
  const found: number[] = [];
  for (const basket of basketsOf(history, customer)) {
    if (basket >= end) break;
    for (const item of itemsOf(history, basket)) {
      if (seen[item] === 0) found.push(item);
      seen[item] = 1;
    }
  }
  for (const item of found) seen[item] = 0;
  return Int32Array.from(found);
}
