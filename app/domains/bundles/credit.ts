/** A bundle as an order's discount names it. */
export interface NamedBundle {
  readonly id: string;
  readonly title: string;
  readonly productIds: readonly string[];
}

/** Titles in an allocation: where several bundles take from one line, the discount names them all. */
const joint = ' + ';

/** Every title that the words of a discount may stand for: the whole, and its parts. */
export const titlesIn = (words: string): string[] => (words.includes(joint) ? [words, ...words.split(joint)] : [words]);

/**
 * The bundle that a line of an order is credited to. What the checkout's discount says goes before the mark that the
 * theme left on the line, because of several bundles with the same products the checkout may form another one.
 * @param marked the mark, kept where the discount names no bundle or names this one as well
 * @param discounts the words of the automatic discounts on the line
 */
export function creditedBundle(
  marked: string | null,
  productId: string | null,
  discounts: readonly string[],
  known: readonly NamedBundle[],
): string | null {
  const named = discounts.flatMap((words) => {
    const whole = known.filter(({ title }) => title === words);
    return whole.length > 0 ? whole : known.filter(({ title }) => titlesIn(words).includes(title));
  });
  if (named.length === 0 || named.some(({ id }) => id === marked)) return marked;
  // Of several with one title the one that holds the product; a collection's products are not known here.
  return (named.find(({ productIds }) => productId !== null && productIds.includes(productId)) ?? named[0])?.id ?? null;
}
