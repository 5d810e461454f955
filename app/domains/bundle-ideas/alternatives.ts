import type { IdeaProduct } from './model.ts';

/** Two products of one type whose prices lie this far apart at most may stand for one another. */
const mostPriceRatio = 1.5;
/** Share of the words of both titles that they have in common. */
const leastCommonWords = 0.4;

/** The words of a title, without case, numbers and accents; marks of scripts without spaces stay together. */
function wordsOf(title: string): Set<string> {
  return new Set(
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 1),
  );
}

const priceOf = (product: IdeaProduct): number => Math.min(...product.variants.map(({ priceMinor }) => priceMinor));

/**
 * True for products that differ as red and blue do: of one type, of about one price, with much the same title.
 * Such products are offered to choose among; anything else completes each other.
 */
export function areAlternatives(one: IdeaProduct, other: IdeaProduct): boolean {
  if (one.productType !== other.productType) return false;
  const [low = 0, high = 0] = [priceOf(one), priceOf(other)].sort((a, b) => a - b);
  if (high > low * mostPriceRatio) return false;
  const [a, b] = [wordsOf(one.title), wordsOf(other.title)];
  const common = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - common;
  return all > 0 && common / all >= leastCommonWords;
}
