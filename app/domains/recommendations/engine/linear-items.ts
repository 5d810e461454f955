import { at, countItems, type History, sharedInts } from './history.ts';

/** Up to so many products all have a row: what few would save is little. */
const alwaysChosen = 3_072;
/** Beyond that the least bought ones, which together make this share of all lines, have none. */
const leftOutShare = 0.01;
/** The largest catalogue that has rows for all the others: 256 MB, and ten seconds for the inverse. */
const largestWhole = 8_000;
/**
 * Of a larger one only what was bought has a row, and of that so much, the most bought first: a quarter of the memory
 * and an eighth of the time, so that training goes on growing with the orders. Most of what is sold is among it.
 */
const mostOfLarge = 4_096;

/**
 * The products of the linear model. Its time goes with their cube, and those that hardly anybody bought say hardly
 * anything in it: the other sources answer for them.
 */
export function chooseLinearItems(history: History): { readonly items: Int32Array; readonly rowOf: Int32Array } {
  const n = history.items.length;
  const counts = countItems(history);
  // Of those bought alike the last in number, so that the choice is the same every time.
  const order = Int32Array.from({ length: n }, (_, item) => item).sort(
    (a, b) => at(counts, a) - at(counts, b) || b - a,
  );
  const rowOf = sharedInts(n);
  let rows = n;
  let lines = history.basketItem.length * leftOutShare;
  for (const item of order) {
    lines -= at(counts, item);
    const isRare = rows > alwaysChosen && lines >= 0;
    const hasNoRoom = n > largestWhole && (rows > mostOfLarge || at(counts, item) === 0);
    if (!isRare && !hasNoRoom) break;
    rowOf[item] = -1;
    rows -= 1;
  }
  const items = sharedInts(rows);
  let row = 0;
  for (let item = 0; item < n; item += 1)
    if (rowOf[item] === 0) {
      items[row] = item;
      rowOf[item] = row++;
    }
  return { items, rowOf };
}

/** The rows of those items that have one, in their order. */
export function rowsOf(items: ArrayLike<number>, rowOf: Int32Array): Int32Array {
  const rows = new Int32Array(items.length);
  let found = 0;
  for (let k = 0; k < items.length; k += 1) {
    const row = rowOf[items[k] ?? 0] ?? -1;
    if (row >= 0) rows[found++] = row;
  }
  return rows.subarray(0, found);
}
