import type { Suggestion } from '../model.ts';

/** How much less likely than the last one that the model knows the next one is, as a logarithm. */
const step = 0.01;

/**
 * The ranked suggestions that are among the given products, best first, and behind them those that the model did not
 * think of, in the order in which they are given. What is in the cart is left out.
 */
export function chooseAmong(
  ranked: readonly Suggestion[],
  among: readonly string[],
  inCart: ReadonlySet<string>,
): Suggestion[] {
  const wanted = new Set(among);
  const known = ranked.filter((one) => wanted.has(one.productId));
  const told = new Set(known.map((one) => one.productId));
  const last = known.at(-1)?.score ?? 0;
  const others = [...wanted].filter((id) => !told.has(id) && !inCart.has(id));
  return [
    ...known,
    ...others.map((productId, place): Suggestion => ({
      productId,
      score: last - (place + 1) * step,
      source: 'popular',
      reason: { support: 0, lift: 1, because: null },
    })),
  ];
}
