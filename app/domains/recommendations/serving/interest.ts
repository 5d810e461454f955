import type { ProductCard } from '../cards/model.ts';

/** What a visitor has shown interest in lately; weights fade with time and may be below 0. */
export interface Interest {
  /** products looked at, put into the cart (more) or taken out of it (less) */
  readonly products: readonly (readonly [productId: string, weight: number])[];
  /** lower-case words searched for */
  readonly words: readonly (readonly [word: string, weight: number])[];
}

/** Interest by shelf, each as a share of all interest (0 to 1). */
export interface Taste {
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
  let total = 0;
  for (const [id, weight] of interest.products) {
    const card = cards.get(id);
    if (weight <= 0 || card === undefined) continue;
    total += weight;
    add(types, card.productType, weight);
    add(vendors, card.vendor, weight);
    for (const tag of card.tags) add(tags, tag, weight);
  }
  const searched = interest.words.reduce((sum, [, weight]) => sum + weight, 0);
  const share = (of: Map<string, number>) =>
    new Map([...of].map(([name, weight]) => [name, weight / Math.max(total, 1e-9)]));
  return {
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
