import { linearWithout, openLinearRoom } from './ease.ts';
import { at, type History, itemsOf } from './history.ts';
import { lastCosine, type Neighbours, shrunkLogLift, supportLeft } from './neighbours.ts';
import type { Parts } from './parts.ts';
import type { Profile } from './question.ts';
import { rateOf, type Repeats } from './repeats.ts';

/** The parts without a basket, see `openWithout`; for one basket alone. */
export function partsWithout(parts: Parts, basket: number, profile: Profile): Parts {
  return openWithout(parts)(basket, profile);
}

/**
 * The parts as they would be if one basket had never been bought, as far as questions of its customer about it
 * need them. So the blend learns from answers of a model that has not seen what it is asked for, without a
 * second training. Popularity and profiles look only at what came before the moment of asking anyway.
 * @returns what makes them; they are valid until the next are made
 */
export function openWithout(parts: Parts): (basket: number, profile: Profile) => Parts {
  const neighboursWithout = openNeighbours(parts.neighbours);
  const linear = parts.linear === null ? null : { model: parts.linear, room: openLinearRoom(parts.linear) };
  const rate = parts.repeats.rate.slice();
  return (basket, profile) => ({
    ...parts,
    leftOut: basket,
    neighbours: neighboursWithout(itemsOf(parts.history, basket), profile.items),
    linear: linear === null ? null : linearWithout(linear.model, parts.history, basket, linear.room),
    repeats: repeatsWithout(parts.repeats, parts.history, basket, profile, rate),
  });
}

/**
 * Right in the rows of the basket's items and of `others`, the lift in the basket's own alone; all counts are those
 * without the basket. A row is copied when it is first asked for; from then on only what a basket changes is written,
 * and put right again for the next one.
 */
function openNeighbours(all: Neighbours): (basket: Int32Array, others: Int32Array) => Neighbours {
  const { start, item: others, support: supports, cosine: cosines, lift: lifts, counts } = all;
  const total = all.total - 1;
  const inBasket = new Uint8Array(counts.length);
  const isCopied = new Uint8Array(counts.length);
  const support = new Int32Array(supports.length);
  const cosine = new Float32Array(cosines.length);
  const lift = new Float32Array(lifts.length);
  const changed: number[] = [];
  const copyRow = (item: number) => {
    if (isCopied[item] === 1) return;
    isCopied[item] = 1;
    const [from, to] = [at(start, item), at(start, item + 1)];
    support.set(supports.subarray(from, to), from);
    cosine.set(cosines.subarray(from, to), from);
    lift.set(lifts.subarray(from, to), from);
  };
  const changeRow = (item: number) => {
    copyRow(item);
    const held = inBasket[item] ?? 0;
    const own = at(counts, item) - held;
    const end = start[item + 1] ?? 0;
    const least = lastCosine(all, item);
    // Read without `at`: an access that sees one kind of array is faster, and these are many.
    for (let k = start[item] ?? 0; k < end; k += 1) {
      const other = others[k] ?? 0;
      const otherHeld = inBasket[other] ?? 0;
      if (held + otherHeld === 0) continue;
      changed.push(k);
      const seen = supportLeft(supports[k] ?? 0, held & otherHeld, cosines[k] ?? 0, least);
      const theirs = (counts[other] ?? 0) - otherHeld;
      support[k] = seen;
      cosine[k] = seen > 0 ? seen / Math.sqrt(own * theirs) : 0;
      if (held === 1) lift[k] = seen > 0 ? shrunkLogLift(seen, own, theirs, total) : 0;
    }
  };
  return (basket, asked) => {
    for (const k of changed) {
      support[k] = supports[k] ?? 0;
      cosine[k] = cosines[k] ?? 0;
      lift[k] = lifts[k] ?? 0;
    }
    changed.length = 0;
    for (const item of basket) inBasket[item] = 1;
    for (const item of basket) changeRow(item);
    for (const item of asked) if (inBasket[item] === 0) changeRow(item);
    for (const item of basket) inBasket[item] = 0;
    return { start, item: others, support, cosine, lift, counts, total };
  };
}

/** Only the rates of the profile's items are right, no others are asked for. */
function repeatsWithout(all: Repeats, history: History, basket: number, profile: Profile, rate: Float32Array): Repeats {
  const bought = new Set(itemsOf(history, basket));
  const allAgain = all.allAgain - profile.items.filter((item) => bought.has(item)).length;
  const allChances = all.allChances - profile.items.length;
  for (const item of profile.items) {
    const again = at(all.again, item) - Number(bought.has(item));
    rate[item] = rateOf(again, at(all.chances, item) - 1, allAgain, allChances);
  }
  return { ...all, rate, allAgain, allChances };
}
