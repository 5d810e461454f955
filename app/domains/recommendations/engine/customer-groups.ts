import { at, basketsOf, type History, itemsOf, sharedInts } from './history.ts';
import { countGroupDays, type GroupDays } from './group-popularity.ts';
import type { Profile } from './question.ts';

/** Groups of customers by what they bought before: how large their orders are, what prices and what kind they prefer. */
export interface CustomerGroups {
  /** what each group bought on each day; a basket counts for the group in which its customer was before it */
  readonly sold: GroupDays;
  readonly bounds: GroupBounds;
  /** of each item: its doubling of price, 0 = no price known */
  readonly band: Int32Array;
  /** of each item: one of the main kinds, 0 = any other */
  readonly kind: Int32Array;
}

/** Where one group ends and the next begins; a list is empty where the shop's customers are all alike in it. */
interface GroupBounds {
  /** mean lines of an order */
  readonly size: readonly number[];
  /** mean price band of what was bought */
  readonly price: readonly number[];
  readonly kinds: number;
}

/** The group of everybody of whom nothing is known. */
export const strangers = 0;
/** The best-selling kinds have groups of their own. */
const mostKinds = 6;
const sizeShares = [1 / 4, 2 / 4, 3 / 4] as const;
const priceShares = [1 / 3, 2 / 3] as const;

/** What is known of a customer, basket after basket. */
interface Known {
  baskets: number;
  lines: number;
  /** lines with a price, and the sum of their bands */
  priced: number;
  bands: number;
  readonly kinds: Float64Array;
}

type Classed = Pick<CustomerGroups, 'band' | 'kind'>;

/**
 * Puts each customer into a group anew before each of their baskets, so that no basket counts for a group because of
 * what it holds or of what came after it.
 * @param classes of each item: category and price band, as `classifyItems` tells them apart
 * @param counts in how many baskets each item is
 */
export function groupCustomers(
  history: History,
  classes: { readonly category: Int32Array; readonly band: Int32Array },
  counts: Float64Array,
): CustomerGroups {
  const kind = mainKinds(classes.category, counts);
  const classed = { kind, band: classes.band };
  const bounds = boundsOf(history, classed);
  const basketGroup = sharedInts(history.basketAt.length);
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const known = nothingKnown(bounds.kinds);
    const baskets = basketsOf(history, customer);
    let added = 0;
    for (const basket of baskets) {
      const moment = at(history.basketAt, basket);
      for (; at(history.basketAt, at(baskets, added)) < moment; added += 1)
        addBasket(known, itemsOf(history, at(baskets, added)), classed);
      basketGroup[basket] = groupNumber(known, bounds);
    }
  }
  const groups = 1 + (bounds.size.length + 1) * (bounds.price.length + 1) * bounds.kinds;
  return { sold: countGroupDays(history, basketGroup, groups), bounds, ...classed };
}

/** The group of a customer with this past; `strangers` for one without. */
export function groupOf(groups: CustomerGroups, profile: Profile): number {
  const known = nothingKnown(groups.bounds.kinds);
  known.baskets = profile.baskets;
  profile.items.forEach((item, place) => addItem(known, item, at(profile.count, place), groups));
  return groupNumber(known, groups.bounds);
}

function nothingKnown(kinds: number): Known {
  return { baskets: 0, lines: 0, priced: 0, bands: 0, kinds: new Float64Array(kinds) };
}

function addBasket(known: Known, items: Int32Array, classed: Classed): void {
  known.baskets += 1;
  for (const item of items) addItem(known, item, 1, classed);
}

function addItem(known: Known, item: number, times: number, { kind, band }: Classed): void {
  known.lines += times;
  known.kinds[at(kind, item)] = at(known.kinds, at(kind, item)) + times;
  if (at(band, item) === 0) return;
  known.priced += times;
  known.bands += times * at(band, item);
}

function groupNumber(known: Known, { size, price, kinds }: GroupBounds): number {
  if (known.baskets === 0) return strangers;
  const place = (bounds: readonly number[], value: number) => bounds.filter((bound) => value >= bound).length;
  const ofSize = place(size, known.lines / known.baskets);
  const ofPrice = known.priced === 0 ? 0 : place(price, known.bands / known.priced);
  let kind = 0;
  for (let one = 1; one < kinds; one += 1) if (at(known.kinds, one) > at(known.kinds, kind)) kind = one;
  return 1 + (ofSize * (price.length + 1) + ofPrice) * kinds + kind;
}

/** Parts the shop's customers by all that they bought. */
function boundsOf(history: History, classed: Classed): GroupBounds {
  const kinds = 1 + classed.kind.reduce((most, one) => Math.max(most, one), 0);
  const sizes: number[] = [];
  const prices: number[] = [];
  for (let customer = 0; customer < history.customers.length; customer += 1) {
    const known = nothingKnown(kinds);
    for (const basket of basketsOf(history, customer)) addBasket(known, itemsOf(history, basket), classed);
    if (known.baskets > 0) sizes.push(known.lines / known.baskets);
    if (known.priced > 0) prices.push(known.bands / known.priced);
  }
  return { size: parted(sizes, sizeShares), price: parted(prices, priceShares), kinds };
}

/** The values at these shares of a list, each once and none that everybody reaches. */
function parted(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const bounds = new Set(shares.map((share) => at(sorted, Math.floor(share * sorted.length))));
  return [...bounds].filter((bound) => bound > at(sorted, 0));
}

function mainKinds(category: Int32Array, counts: Float64Array): Int32Array {
  const sales = new Map<number, number>();
  category.forEach((one, item) => {
    if (one > 0) sales.set(one, (sales.get(one) ?? 0) + at(counts, item));
  });
  const main = [...sales].sort(([a, x], [b, y]) => y - x || a - b).slice(0, mostKinds);
  const numberOf = new Map(main.map(([one], place) => [one, place + 1]));
  return category.map((one) => numberOf.get(one) ?? 0);
}
