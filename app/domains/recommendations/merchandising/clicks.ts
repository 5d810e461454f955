/** How often a product was shown in one place, and clicked on there. */
export interface ShownCount {
  readonly productId: string;
  readonly surface: string;
  readonly shown: number;
  readonly clicked: number;
}

/** Fewer clicks in all tell nothing of single products. */
const fewestClicks = 50;
/** How many clicks the place's mean counts for, at least and at most, whatever the products' differences say. */
const strength = { least: 5, most: 1_000 } as const;
/** What moves a score by less is not kept. */
const silence = 0.02;
/** Of a large catalogue those that were shown most. */
const most = 5_000;

/**
 * How much more, or less, often a product is clicked on than others in its places, as a logarithm: clicks against
 * those that the mean of each place expects, drawn towards that mean. The draw is a gamma distribution's (for rates so
 * small, a beta's), whose strength is learnt from how far the products lie apart beyond chance. Places are compared each
 * with itself, as a list at the foot of a page is clicked on less whatever it shows.
 * @returns products that differ, those shown most first; none where too little was clicked
 */
export function clickEffects(counts: readonly ShownCount[]): [productId: string, effect: number][] {
  const places = new Map<string, { shown: number; clicked: number }>();
  for (const { surface, shown, clicked } of counts) {
    const known = places.get(surface) ?? { shown: 0, clicked: 0 };
    places.set(surface, { shown: known.shown + shown, clicked: known.clicked + clicked });
  }
  const products = new Map<string, { shown: number; clicked: number; expected: number }>();
  let clicks = 0;
  for (const { productId, surface, shown, clicked } of counts) {
    const place = places.get(surface);
    const known = products.get(productId) ?? { shown: 0, clicked: 0, expected: 0 };
    const expected = place === undefined || place.shown === 0 ? 0 : (shown * place.clicked) / place.shown;
    products.set(productId, {
      shown: known.shown + shown,
      clicked: known.clicked + clicked,
      expected: known.expected + expected,
    });
    clicks += clicked;
  }
  if (clicks < fewestClicks) return [];
  let [beyondChance, weight] = [0, 0];
  for (const { clicked, expected } of products.values()) {
    beyondChance += (clicked - expected) ** 2 - expected;
    weight += expected ** 2;
  }
  // Products that lie no further apart than chance puts them tell nothing.
  if (beyondChance <= 0 || weight === 0) return [];
  const draw = Math.max(strength.least, Math.min(strength.most, weight / beyondChance));
  return [...products]
    .sort(([a, one], [b, other]) => other.shown - one.shown || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([id, { clicked, expected }]): [string, number] => [id, Math.log((clicked + draw) / (expected + draw))])
    .filter(([, effect]) => Math.abs(effect) >= silence);
}
