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

/** Interest by shelf, each as a share of all interest (0 to 1). */
export interface Taste {
  /** products looked at that are still there, each with its share of them */
  readonly looked: ReadonlyMap<string, { readonly card: ProductCard; readonly share: number }>;
  readonly products: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, number>;
  readonly vendors: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  /** 0 = knows nothing, towards 1 with what was seen */
  readonly sureness: number;
}

/** One good look counts half, three are nearly everything that there is to know. */
const halfSure = 1;

/** Adds products up to types, vendors and tags. `cards` of products that are gone may be missing. */
export function tasteOf(interest: Interest, cards: ReadonlyMap<string, ProductCard>): Taste {
  const [types, vendors, tags] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, name: string, weight: number) => {
    if (name !== '') to.set(name.toLowerCase(), (to.get(name.toLowerCase()) ?? 0) + weight);
  };
  const looked: (readonly [ProductCard, number])[] = [];
  let total = 0;
  for (const [id, weight] of interest.products) {
    const card = cards.get(id);
    if (weight <= 0 || card === undefined) continue;
    total += weight;
    looked.push([card, weight]);
    add(types, card.productType, weight);
    add(vendors, card.vendor, weight);
    for (const tag of card.tags) add(tags, tag, weight);
  }
  const searched = interest.words.reduce((sum, [, weight]) => sum + weight, 0);
  const share = (of: Map<string, number>) =>
    new Map([...of].map(([name, weight]) => [name, weight / Math.max(total, 1e-9)]));
  return {
    looked: new Map(looked.map(([card, weight]) => [card.id, { card, share: weight / total }])),
    products: new Map(interest.products),
    types: share(types),
    vendors: share(vendors),
    tags: share(tags),
    words: new Map(interest.words.map(([word, weight]) => [word, weight / Math.max(searched, 1e-9)])),
    sureness: (total + searched) / (total + searched + halfSure),
  };
}

/** -1 to 1: how much the visitor is after this product. */
export function wants(taste: Taste, card: ProductCard): number {
  const own = taste.products.get(card.id) ?? 0;
  const ofTag = card.tags.reduce((most, tag) => Math.max(most, taste.tags.get(tag.toLowerCase()) ?? 0), 0);
  const shelf =
    0.5 * (taste.types.get(card.productType.toLowerCase()) ?? 0) +
    0.2 * (taste.vendors.get(card.vendor.toLowerCase()) ?? 0) +
    0.3 * ofTag;
  const found = wordsOf(card).reduce((sum, word) => sum + (taste.words.get(word) ?? 0), 0);
  const itself = own / (1 + Math.abs(own));
  return Math.max(-1, Math.min(1, 0.5 * itself + taste.sureness * Math.max(0.5 * shelf, 0.8 * Math.min(1, found))));
}

/** What speaks loudest in `wants`: a product looked at, or a word searched for. null where nothing does. */
export function wantedBy(taste: Taste, card: ProductCard): WantedBy | null {
  let most = 0;
  let loudest: WantedBy | null = null;
  const hear = (much: number, by: WantedBy): void => {
    if (much <= most) return;
    most = much;
    loudest = by;
  };
  for (const { card: seen, share } of taste.looked.values()) {
    const own = taste.products.get(seen.id) ?? 0;
    const itself = seen.id === card.id ? own / (1 + Math.abs(own)) : 0;
    const much = 0.5 * itself + 0.5 * taste.sureness * share * shelfLikeness(seen, card);
    hear(much, { kind: 'looked-at', productId: seen.id, title: seen.title });
  }
  for (const word of wordsOf(card))
    hear(0.8 * taste.sureness * (taste.words.get(word) ?? 0), { kind: 'searched', word });
  return loudest;
}

/** What one product looked at adds to the shelf of another, 0 to 1. */
function shelfLikeness(seen: ProductCard, card: ProductCard): number {
  const same = (a: string, b: string) => (a !== '' && a.toLowerCase() === b.toLowerCase() ? 1 : 0);
  const tags = new Set(seen.tags.map((tag) => tag.toLowerCase()));
  const shared = card.tags.some((tag) => tags.has(tag.toLowerCase())) ? 1 : 0;
  return 0.5 * same(seen.productType, card.productType) + 0.2 * same(seen.vendor, card.vendor) + 0.3 * shared;
}

/** Words of title, type and tags, lower-case, each once. */
export function wordsOf(card: Pick<ProductCard, 'title' | 'productType' | 'tags'>): string[] {
  return [...new Set(splitWords([card.title, card.productType, ...card.tags].join(' ')))];
}

function splitWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{N}]{2,}/gu) ?? []
  );
}
