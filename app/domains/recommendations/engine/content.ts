import type { CatalogItem } from '../model.ts';
import { at } from './history.ts';
import { best } from './best.ts';
import type { ContentNeighbours } from './parts.ts';

/** Features in more products than this share tell nothing apart and cost the square. */
const commonestShare = 0.2;

/** Meetings of two products that each of them can afford; so many of a smaller catalogue are always affordable. */
const meetingsEach = 4_000;
const freeCatalogue = 20_000;

/**
 * Up to how many holders a feature counts, so that the work grows with the catalogue and not with its square: the
 * rarest features, which tell most, come first. Infinity where all of them can be afforded.
 */
function mostHolders({ start }: WeightedRows, kinds: number, products: number): number {
  const sizes = new Int32Array(kinds);
  for (let kind = 0; kind < kinds; kind += 1) sizes[kind] = at(start, kind + 1) - at(start, kind);
  let left = meetingsEach * Math.max(freeCatalogue, products);
  for (const size of sizes.sort()) {
    left -= size * size;
    if (left < 0) return size - 1;
  }
  return Infinity;
}

/** Rows of numbers with weights, one row behind the other. */
interface WeightedRows {
  readonly start: Int32Array;
  readonly number: Int32Array;
  readonly weight: Float32Array;
}

/**
 * Likeness on paper: cosine of TF-IDF weighted features (words of the title, tags, type, vendor, price band).
 * @param items one for each number of the history; undefined where the catalogue does not know it
 */
export function compareContent(items: readonly (CatalogItem | undefined)[], keep: number): ContentNeighbours {
  const n = items.length;
  const { features, kinds } = numberFeatures(items);
  const holders = turnAround(features, kinds);
  const idf = new Float64Array(kinds);
  for (let kind = 0; kind < kinds; kind += 1)
    idf[kind] = Math.log(1 + n / (at(holders.start, kind + 1) - at(holders.start, kind)));
  const norms = new Float64Array(n);
  for (let one = 0; one < n; one += 1) {
    let sum = 0;
    for (let k = at(features.start, one); k < at(features.start, one + 1); k += 1)
      sum += (at(features.weight, k) * at(idf, at(features.number, k))) ** 2;
    norms[one] = Math.sqrt(sum);
  }
  const sums = new Float64Array(n);
  const touched = new Int32Array(n);
  const scores = new Float64Array(n);
  const start = new Int32Array(n + 1);
  const found = openRows();
  const most = Math.min(Math.max(50, n * commonestShare), mostHolders(holders, kinds, n));
  for (let one = 0; one < n; one += 1) {
    let length = 0;
    for (let k = at(features.start, one); k < at(features.start, one + 1); k += 1) {
      const kind = at(features.number, k);
      const from = at(holders.start, kind);
      const to = at(holders.start, kind + 1);
      if (to - from > most) continue;
      const square = at(idf, kind) ** 2 * at(features.weight, k);
      // Read without `at`: an access that sees one kind of array is faster, and this is most of the work.
      for (let hold = from; hold < to; hold += 1) {
        const other = holders.number[hold] ?? 0;
        const sum = sums[other] ?? 0;
        if (sum === 0) touched[length++] = other;
        sums[other] = sum + square * (holders.weight[hold] ?? 0);
      }
    }
    for (let k = 0; k < length; k += 1) {
      const other = touched[k] ?? 0;
      scores[k] = other === one ? -1 : (sums[other] ?? 0) / ((norms[one] ?? 0) * (norms[other] ?? 0));
      sums[other] = 0;
    }
    for (const k of best(scores.subarray(0, length), keep)) {
      if (at(scores, k) <= 0) break;
      found.add(at(touched, k), at(scores, k));
    }
    start[one + 1] = found.length();
  }
  const { number, weight } = found.rows();
  return { start, item: number, likeness: weight };
}

/** Each item's features as numbers, in the order in which they were first met. */
function numberFeatures(items: readonly (CatalogItem | undefined)[]): { features: WeightedRows; kinds: number } {
  const numbers = new Map<string, number>();
  const lastHolder: number[] = [];
  const start = new Int32Array(items.length + 1);
  const found = openRows();
  items.forEach((item, one) => {
    if (item !== undefined)
      eachFeature(item, (feature, weight) => {
        let kind = numbers.get(feature);
        if (kind === undefined) numbers.set(feature, (kind = numbers.size));
        if (lastHolder[kind] === one) return;
        lastHolder[kind] = one;
        found.add(kind, weight);
      });
    start[one + 1] = found.length();
  });
  return { features: { start, ...found.rows() }, kinds: numbers.size };
}

function eachFeature(item: CatalogItem, tell: (feature: string, weight: number) => void): void {
  for (const word of item.title
    .toLowerCase()
    .normalize('NFKD')
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word.length > 1) tell(`word ${word}`, 1);
  }
  for (const tag of item.tags) tell(`tag ${tag.toLowerCase()}`, 1);
  if (item.productType !== '') tell(`type ${item.productType.toLowerCase()}`, 1.5);
  if (item.vendor !== '') tell(`vendor ${item.vendor.toLowerCase()}`, 0.5);
  // Bands of half a doubling: 10 and 14 are neighbours, 10 and 40 are not.
  if (item.priceMinor !== null && item.priceMinor > 0) tell(`price ${Math.round(Math.log2(item.priceMinor) * 2)}`, 0.5);
}

/** For each number the rows that hold it, ascending. */
function turnAround({ start, number, weight }: WeightedRows, numbers: number): WeightedRows {
  const turned = {
    start: new Int32Array(numbers + 1),
    number: new Int32Array(number.length),
    weight: new Float32Array(number.length),
  };
  for (const one of number) turned.start[one + 1] = at(turned.start, one + 1) + 1;
  for (let one = 0; one < numbers; one += 1) turned.start[one + 1] = at(turned.start, one + 1) + at(turned.start, one);
  const next = turned.start.slice();
  for (let row = 0; row < start.length - 1; row += 1)
    for (let k = at(start, row); k < at(start, row + 1); k += 1) {
      const place = at(next, at(number, k));
      next[at(number, k)] = place + 1;
      turned.number[place] = row;
      turned.weight[place] = at(weight, k);
    }
  return turned;
}

/** Numbers with weights, as many as come. */
function openRows() {
  let number = new Int32Array(1024);
  let weight = new Float32Array(1024);
  let length = 0;
  return {
    length: () => length,
    add(one: number, worth: number) {
      if (length === number.length) {
        const [numbers, weights] = [new Int32Array(length * 2), new Float32Array(length * 2)];
        numbers.set(number);
        weights.set(weight);
        [number, weight] = [numbers, weights];
      }
      number[length] = one;
      weight[length++] = worth;
    },
    rows: () => ({ number: number.slice(0, length), weight: weight.slice(0, length) }),
  };
}
