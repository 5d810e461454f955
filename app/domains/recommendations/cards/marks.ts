import type { ProductCard } from './model.ts';

/**
 * The names of a product that interest goes by, each as one number, so that a visitor's taste is held against forty
 * products without taking a text apart. Names are compared in any case.
 */
export interface CardMarks {
  /** type, vendor, the tags, and every word of title, type and tags once; 0 = no name */
  readonly numbers: Float64Array;
  /** how many of them are tags */
  readonly tags: number;
}

/** Where the marks of a kind begin. */
export const markAt = { type: 0, vendor: 1, tags: 2 } as const;

type Named = Pick<ProductCard, 'title' | 'productType' | 'vendor' | 'tags'>;

export function makeMarks(card: Named): CardMarks {
  const names = [card.productType, card.vendor, ...card.tags].map((name) => name.toLowerCase());
  return { numbers: new Float64Array([...names, ...wordsOf(card)].map(markOf)), tags: card.tags.length };
}

/** As they lie ready, or made now. */
export const marksOf = (card: ProductCard): CardMarks => card.marks ?? makeMarks(card);

/**
 * A text as a whole number of 53 bits; two texts of one shop do not meet. Source: cyrb53 (bryc, public domain), two
 * multiplicative hashes side by side.
 */
export function markOf(text: string): number {
  if (text === '') return 0;
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 2 ** 32 * (0x1fffff & low) + (high >>> 0);
}

/** Words of title, type and tags, lower-case, each once. */
function wordsOf(card: Pick<ProductCard, 'title' | 'productType' | 'tags'>): string[] {
  return [...new Set(splitWords([card.title, card.productType, ...card.tags].join(' ')))];
}

function splitWords(text: string): string[] {
  const lower = text.toLowerCase().normalize('NFKD');
  // Classes of Unicode take several times as long.
  return lower.match(/^[\0-\x7f]*$/.test(lower) ? /[a-z\d]{2,}/g : /[\p{L}\p{N}]{2,}/gu) ?? [];
}
