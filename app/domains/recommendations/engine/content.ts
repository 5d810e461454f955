import type { CatalogItem } from '../model.ts';
import { at } from './history.ts';
import { best } from './best.ts';
import type { ContentNeighbours } from './parts.ts';

/** Features in more products than this share tell nothing apart and cost the square. */
const commonestShare = 0.2;

/** The items that have a feature, and how much of it. */
interface Holders {
  readonly items: number[];
  readonly weights: number[];
}

/**
 * Likeness on paper: cosine of TF-IDF weighted features (words of the title, tags, type, vendor, price band).
 * @param items one for each number of the history; undefined where the catalogue does not know it
 */
export function compareContent(items: readonly (CatalogItem | undefined)[], keep: number): ContentNeighbours {
  const n = items.length;
  const features = items.map((item) => (item === undefined ? new Map<string, number>() : featuresOf(item)));
  const holders = new Map<string, Holders>();
  features.forEach((held, item) => {
    for (const [feature, weight] of held) {
      const list = holders.get(feature);
      if (list === undefined) holders.set(feature, { items: [item], weights: [weight] });
      else {
        list.items.push(item);
        list.weights.push(weight);
      }
    }
  });
  const idf = (feature: string) => Math.log(1 + n / (holders.get(feature)?.items.length ?? 1));
  const norms = Float64Array.from(features, (held) =>
    Math.sqrt([...held].reduce((sum, [feature, weight]) => sum + (weight * idf(feature)) ** 2, 0)),
  );
  const sums = new Float64Array(n);
  const start = new Int32Array(n + 1);
  const item: number[] = [];
  const likeness: number[] = [];
  const most = Math.max(50, n * commonestShare);
  for (let one = 0; one < n; one += 1) {
    const touched: number[] = [];
    for (const [feature, weight] of features[one] ?? []) {
      const list = holders.get(feature);
      if (list === undefined || list.items.length > most) continue;
      const square = idf(feature) ** 2 * weight;
      for (let k = 0; k < list.items.length; k += 1) {
        const other = list.items[k] ?? 0;
        if (sums[other] === 0) touched.push(other);
        sums[other] = (sums[other] ?? 0) + square * (list.weights[k] ?? 0);
      }
    }
    const scores = Float64Array.from(touched, (other) =>
      other === one ? -1 : at(sums, other) / (at(norms, one) * at(norms, other)),
    );
    for (const k of best(scores, keep)) {
      if (at(scores, k) <= 0) break;
      item.push(touched[k] ?? 0);
      likeness.push(at(scores, k));
    }
    for (const other of touched) sums[other] = 0;
    start[one + 1] = item.length;
  }
  return { start, item: Int32Array.from(item), likeness: Float32Array.from(likeness) };
}

function featuresOf(item: CatalogItem): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of item.title
    .toLowerCase()
    .normalize('NFKD')
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word.length > 1) found.set(`word ${word}`, 1);
  }
  for (const tag of item.tags) found.set(`tag ${tag.toLowerCase()}`, 1);
  if (item.productType !== '') found.set(`type ${item.productType.toLowerCase()}`, 1.5);
  if (item.vendor !== '') found.set(`vendor ${item.vendor.toLowerCase()}`, 0.5);
  // Bands of half a doubling: 10 and 14 are neighbours, 10 and 40 are not.
  if (item.priceMinor !== null && item.priceMinor > 0)
    found.set(`price ${Math.round(Math.log2(item.priceMinor) * 2)}`, 0.5);
  return found;
}
