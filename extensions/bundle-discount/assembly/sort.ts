/** Lists up to this length are sorted by insertion. */
const short: i32 = 12;

function insertAll<T>(list: Array<T>, from: i32, to: i32, compare: (a: T, b: T) => i32): void {
  for (let at = from + 1; at < to; at += 1) {
    const entry = unchecked(list[at]);
    let place = at;
    for (; place > from && compare(unchecked(list[place - 1]), entry) > 0; place -= 1)
      unchecked((list[place] = unchecked(list[place - 1])));
    unchecked((list[place] = entry));
  }
}

function sortPart<T>(list: Array<T>, spare: Array<T>, from: i32, to: i32, compare: (a: T, b: T) => i32): void {
  if (to - from <= short) return insertAll<T>(list, from, to, compare);
  const middle = (from + to) >> 1;
  sortPart<T>(list, spare, from, middle, compare);
  sortPart<T>(list, spare, middle, to, compare);
  if (compare(unchecked(list[middle - 1]), unchecked(list[middle])) <= 0) return;
  for (let at = from; at < middle; at += 1) unchecked((spare[at] = unchecked(list[at])));
  let left = from;
  let right = middle;
  for (let place = from; left < middle; place += 1) {
    const fromRight = right < to && compare(unchecked(spare[left]), unchecked(list[right])) > 0;
    unchecked((list[place] = fromRight ? unchecked(list[right]) : unchecked(spare[left])));
    if (fromRight) right += 1;
    else left += 1;
  }
}

/** Settles a list that is in order already, or in the opposite one. */
function isSettled<T>(list: Array<T>, compare: (a: T, b: T) => i32): bool {
  const length = list.length;
  if (length < 2) return true;
  const isRising = compare(unchecked(list[0]), unchecked(list[1])) <= 0;
  let at = 2;
  while (at < length && compare(unchecked(list[at - 1]), unchecked(list[at])) <= 0 === isRising) at += 1;
  if (at < length) return false;
  if (!isRising) list.reverse();
  return true;
}

/** Sorts as JavaScript does: what is equal keeps its order. The compiler's own `sort` does not promise that. */
export function stableSort<T>(list: Array<T>, compare: (a: T, b: T) => i32): void {
  if (isSettled<T>(list, compare)) return;
  const spare = list.length > short ? list.slice() : list;
  sortPart<T>(list, spare, 0, list.length, compare);
}
