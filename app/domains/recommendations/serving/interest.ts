import { type CardMarks, markAt, markOf, marksOf } from '../cards/marks.ts';
import type { ProductCard } from '../cards/model.ts';
import type { WantedBy } from '../merchandising/model.ts';

/** What a visitor has shown interest in lately; weights fade with time and may be below 0. */
export interface Interest {
  /** products looked at, put into the cart (more) or taken out of it (less) */
  readonly products: readonly (readonly [productId: string, weight: number])[];
  /** lower-case words searched for */
  readonly words: readonly (readonly [word: string, weight: number])[];
}

/** Products of a visitor's memory that are looked at: what they were least after changes no list. */
const remembered = 20;

/** The same interest with the strongest products alone. */
export function strongestOf(interest: Interest): Interest {
  return { ...interest, products: [...interest.products].sort((a, b) => b[1] - a[1]).slice(0, remembered) };
}

/** Interest by shelf, each as a share of all interest (0 to 1); names as marks, see `markOf`. */
export interface Taste {
  /** products looked at that are still there, each with its share of them */
  readonly looked: ReadonlyMap<string, { readonly card: ProductCard; readonly share: number }>;
  readonly products: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<number, number>;
  readonly vendors: ReadonlyMap<number, number>;
  readonly tags: ReadonlyMap<number, number>;
  readonly words: ReadonlyMap<number, { readonly word: string; readonly share: number }>;
  /** 0 = knows nothing, towards 1 with what was seen */
  readonly sureness: number;
}

/** One good look counts half, three are nearly everything that there is to know. */
const halfSure = 1;

/** Adds products up to types, vendors and tags. `cards` of products that are gone may be missing. */
export function tasteOf(interest: Interest, cards: ReadonlyMap<string, ProductCard>): Taste {
  const [types, vendors, tags] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = (to: Map<number, number>, mark: number, weight: number) => {
    if (mark !== 0) to.set(mark, (to.get(mark) ?? 0) + weight);
  };
  const looked: (readonly [ProductCard, number])[] = [];
  let total = 0;
  for (const [id, weight] of interest.products) {
    const card = cards.get(id);
    if (weight <= 0 || card === undefined) continue;
    total += weight;
    looked.push([card, weight]);
    const marks = marksOf(card);
    add(types, at(marks, markAt.type), weight);
    add(vendors, at(marks, markAt.vendor), weight);
    for (let k = 0; k < marks.tags; k += 1) add(tags, at(marks, markAt.tags + k), weight);
  }
  const searched = interest.words.reduce((sum, [, weight]) => sum + weight, 0);
  const share = (of: Map<number, number>) =>
    new Map([...of].map(([mark, weight]) => [mark, weight / Math.max(total, 1e-9)]));
  return {
    looked: new Map(looked.map(([card, weight]) => [card.id, { card, share: weight / total }])),
    products: new Map(interest.products),
    types: share(types),
    vendors: share(vendors),
    tags: share(tags),
    words: new Map(
      interest.words.map(([word, weight]) => [markOf(word), { word, share: weight / Math.max(searched, 1e-9) }]),
    ),
    sureness: (total + searched) / (total + searched + halfSure),
  };
}

/** -1 to 1: how much the visitor is after this product. */
export function wants(taste: Taste, card: ProductCard): number {
  const marks = marksOf(card);
  const wordsAt = markAt.tags + marks.tags;
  const own = taste.products.get(card.id) ?? 0;
  let ofTag = 0;
  for (let k = markAt.tags; k < wordsAt; k += 1) ofTag = Math.max(ofTag, taste.tags.get(at(marks, k)) ?? 0);
  const shelf =
    0.5 * (taste.types.get(at(marks, markAt.type)) ?? 0) +
    0.2 * (taste.vendors.get(at(marks, markAt.vendor)) ?? 0) +
    0.3 * ofTag;
  let found = 0;
  for (let k = wordsAt; k < marks.numbers.length; k += 1) found += taste.words.get(at(marks, k))?.share ?? 0;
  const itself = own / (1 + Math.abs(own));
  return Math.max(-1, Math.min(1, 0.5 * itself + taste.sureness * Math.max(0.5 * shelf, 0.8 * Math.min(1, found))));
}

/** What speaks loudest in `wants`: a product looked at, or a word searched for. null where nothing does. */
export function wantedBy(taste: Taste, card: ProductCard): WantedBy | null {
  const marks = marksOf(card);
  let most = 0;
  let loudest: ProductCard | string | null = null;
  const hear = (much: number, by: ProductCard | string): void => {
    if (much <= most) return;
    most = much;
    loudest = by;
  };
  for (const { card: seen, share } of taste.looked.values()) {
    const own = taste.products.get(seen.id) ?? 0;
    const itself = seen.id === card.id ? own / (1 + Math.abs(own)) : 0;
    hear(0.5 * itself + 0.5 * taste.sureness * share * shelfLikeness(marksOf(seen), marks), seen);
  }
  for (let k = markAt.tags + marks.tags; k < marks.numbers.length; k += 1) {
    const searched = taste.words.get(at(marks, k));
    if (searched) hear(0.8 * taste.sureness * searched.share, searched.word);
  }
  return saidBy(loudest);
}

function saidBy(loudest: ProductCard | string | null): WantedBy | null {
  if (loudest === null) return null;
  return typeof loudest === 'string'
    ? { kind: 'searched', word: loudest }
    : { kind: 'looked-at', productId: loudest.id, title: loudest.title };
}

/** What one product looked at adds to the shelf of another, 0 to 1. */
function shelfLikeness(seen: CardMarks, other: CardMarks): number {
  const same = (nth: number) => (at(seen, nth) !== 0 && at(seen, nth) === at(other, nth) ? 1 : 0);
  return 0.5 * same(markAt.type) + 0.2 * same(markAt.vendor) + 0.3 * (shareTag(seen, other) ? 1 : 0);
}

function shareTag(seen: CardMarks, other: CardMarks): boolean {
  const tagsOf = ({ numbers, tags }: CardMarks) => numbers.subarray(markAt.tags, markAt.tags + tags);
  const tags = tagsOf(seen);
  return tagsOf(other).some((tag) => tags.includes(tag));
}

const at = ({ numbers }: CardMarks, place: number): number => numbers[place] ?? 0;
