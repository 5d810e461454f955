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

function namedBy<Named extends { readonly title: string }>(words: string, known: readonly Named[]): readonly Named[] {
  const whole = known.filter(({ title }) => title === words);
  return whole.length > 0 ? whole : known.filter(({ title }) => titlesIn(words).includes(title));
}

/**
 * What offers of ours took off a line. A discount that names several is from all of them: nobody knows which took how
 * much, and of two with one title which it was.
 */
export const giftsOf = (
  discounts: readonly { readonly title: string; readonly minor: number }[],
  known: readonly NamedBundle[],
): { minor: number; of: string[] }[] =>
  discounts.flatMap(({ title, minor }) => {
    const of = namedBy(title, known).map(({ id }) => id);
    return of.length > 0 && minor > 0 ? [{ minor, of }] : [];
  });

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
  const named = discounts.flatMap((words) => namedBy(words, known));
  if (named.length === 0 || named.some(({ id }) => id === marked)) return marked;
  // Of several with one title the one that holds the product; a collection's products are not known here.
  return (named.find(({ productIds }) => productId !== null && productIds.includes(productId)) ?? named[0])?.id ?? null;
}
