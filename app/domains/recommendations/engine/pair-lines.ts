import { at, type History, itemsOf, sharedInts } from './history.ts';

/** A basket of more lines than this is a stock order or a robot; all its pairs would cost the square and say little. */
const longestBasket = 400;

/** The items of a basket that make pairs: all of them, of a very long one 400 spread evenly over it. */
export function pairItemsOf(history: History, basket: number): Int32Array {
  const items = itemsOf(history, basket);
  if (items.length <= longestBasket) return items;
  const step = items.length / longestBasket;
  return Int32Array.from({ length: longestBasket }, (_, k) => at(items, Math.floor(k * step)));
}

/** The lines that make pairs, basket by basket: those of the history where no basket is too long. */
export function pairLines(history: History): { readonly start: Int32Array; readonly item: Int32Array } {
  const { basketStart, basketItem } = history;
  const baskets = history.basketAt.length;
  let longest = 0;
  // Read without `at`: an access that sees one kind of array is faster.
  for (let basket = 0; basket < baskets; basket += 1)
    longest = Math.max(longest, (basketStart[basket + 1] ?? 0) - (basketStart[basket] ?? 0));
  if (longest <= longestBasket) return { start: basketStart, item: basketItem };
  const start = sharedInts(baskets + 1);
  for (let basket = 0; basket < baskets; basket += 1)
    start[basket + 1] =
      at(start, basket) + Math.min(longestBasket, at(basketStart, basket + 1) - at(basketStart, basket));
  const item = sharedInts(at(start, baskets));
  for (let basket = 0; basket < baskets; basket += 1) item.set(pairItemsOf(history, basket), at(start, basket));
  return { start, item };
}
