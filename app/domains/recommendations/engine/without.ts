import { linearWithout } from './ease.ts';
import { at, type History, itemsOf } from './history.ts';
import { type Neighbours, shrunkLogLift } from './neighbours.ts';
import type { Parts } from './parts.ts';
import type { Profile } from './question.ts';
import { rateOf, type Repeats } from './repeats.ts';

/**
 * The parts as they would be if one basket had never been bought, as far as questions of its customer about it
 * need them. So the blend learns from answers of a model that has not seen what it is asked for, without a
 * second training. Popularity and profiles look only at what came before the moment of asking anyway.
 */
export function partsWithout(parts: Parts, basket: number, profile: Profile): Parts {
  return {
    ...parts,
    leftOut: basket,
    neighbours: neighboursWithout(parts.neighbours, itemsOf(parts.history, basket), profile.items),
    linear: parts.linear === null ? null : linearWithout(parts.linear, parts.history, basket),
    repeats: repeatsWithout(parts.repeats, parts.history, basket, profile),
  };
}

/** Only the rows of the basket's items and of `others`; all counts are those without the basket. */
export function neighboursWithout(all: Neighbours, basket: Int32Array, others: Int32Array): Neighbours {
  const n = all.counts.length;
  const inBasket = new Uint8Array(n);
  for (const item of basket) inBasket[item] = 1;
  const wanted = inBasket.slice();
  for (const item of others) wanted[item] = 1;
  const start = new Int32Array(n + 1);
  for (let item = 0; item < n; item += 1)
    start[item + 1] = at(start, item) + (wanted[item] === 1 ? at(all.start, item + 1) - at(all.start, item) : 0);
  const length = at(start, n);
  const found = {
    start,
    item: new Int32Array(length),
    support: new Int32Array(length),
    cosine: new Float32Array(length),
    lift: new Float32Array(length),
    counts: all.counts,
    total: all.total - 1,
  };
  let place = 0;
  for (let item = 0; item < n; item += 1) {
    if (wanted[item] === 0) continue;
    const held = inBasket[item] ?? 0;
    const own = at(all.counts, item) - held;
    for (let k = at(all.start, item); k < at(all.start, item + 1); k += 1, place += 1) {
      const other = at(all.item, k);
      const otherHeld = inBasket[other] ?? 0;
      const support = at(all.support, k) - (held & otherHeld);
      found.item[place] = other;
      found.support[place] = support;
      if (held + otherHeld === 0) {
        found.cosine[place] = at(all.cosine, k);
        found.lift[place] = at(all.lift, k);
      } else if (support > 0) {
        const theirs = at(all.counts, other) - otherHeld;
        found.cosine[place] = support / Math.sqrt(own * theirs);
        if (held === 1) found.lift[place] = shrunkLogLift(support, own, theirs, found.total);
      }
    }
  }
  return found;
}

/** Only the rates of the profile's items are right, no others are asked for. */
function repeatsWithout(all: Repeats, history: History, basket: number, profile: Profile): Repeats {
  const bought = new Set(itemsOf(history, basket));
  const rate = all.rate.slice();
  const allAgain = all.allAgain - profile.items.filter((item) => bought.has(item)).length;
  const allChances = all.allChances - profile.items.length;
  for (const item of profile.items) {
    const again = at(all.again, item) - Number(bought.has(item));
    rate[item] = rateOf(again, at(all.chances, item) - 1, allAgain, allChances);
  }
  return { ...all, rate, allAgain, allChances };
}
