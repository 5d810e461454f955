import { linearWithout, openLinearRoom } from './ease.ts';
import { at, type History, itemsOf } from './history.ts';
import { type Neighbours, shrunkLogLift } from './neighbours.ts';
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
  const linearRoom = openLinearRoom(parts.history.items.length);
  const rate = parts.repeats.rate.slice();
  return (basket, profile) => ({
    ...parts,
    leftOut: basket,
    neighbours: neighboursWithout(itemsOf(parts.history, basket), profile.items),
    linear: parts.linear === null ? null : linearWithout(parts.linear, parts.history, basket, linearRoom),
    repeats: repeatsWithout(parts.repeats, parts.history, basket, profile, rate),
  });
}

/** Only the rows of the basket's items and of `others`; all counts are those without the basket. */
function openNeighbours(all: Neighbours): (basket: Int32Array, others: Int32Array) => Neighbours {
  const n = all.counts.length;
  const inBasket = new Uint8Array(n);
  const wanted = new Uint8Array(n);
  const start = new Int32Array(n + 1);
  let room = openRoom(0);
  return (basket, others) => {
    for (const item of others) wanted[item] = 1;
    for (const item of basket) wanted[item] = inBasket[item] = 1;
    const from = all.start;
    for (let item = 0; item < n; item += 1)
      start[item + 1] = (start[item] ?? 0) + (wanted[item] === 1 ? (from[item + 1] ?? 0) - (from[item] ?? 0) : 0);
    const length = at(start, n);
    if (room.item.length < length) room = openRoom(length * 2);
    const total = all.total - 1;
    for (let item = 0; item < n; item += 1)
      if (wanted[item] === 1) writeRow(all, item, inBasket, total, room, start[item] ?? 0);
    inBasket.fill(0);
    wanted.fill(0);
    return { start, ...room, counts: all.counts, total };
  };
}

const openRoom = (length: number) => ({
  item: new Int32Array(length),
  support: new Int32Array(length),
  cosine: new Float32Array(length),
  lift: new Float32Array(length),
});

function writeRow(
  all: Neighbours,
  item: number,
  inBasket: Uint8Array,
  total: number,
  room: ReturnType<typeof openRoom>,
  into: number,
): void {
  const held = inBasket[item] ?? 0;
  const own = at(all.counts, item) - held;
  const { item: others, support: supports, cosine: cosines, lift: lifts } = all;
  const end = all.start[item + 1] ?? 0;
  let place = into;
  // Read without `at`: an access that sees one kind of array is faster, and these are many.
  for (let k = all.start[item] ?? 0; k < end; k += 1, place += 1) {
    const other = others[k] ?? 0;
    const otherHeld = inBasket[other] ?? 0;
    const support = (supports[k] ?? 0) - (held & otherHeld);
    room.item[place] = other;
    room.support[place] = support;
    if (held + otherHeld === 0) {
      room.cosine[place] = cosines[k] ?? 0;
      room.lift[place] = lifts[k] ?? 0;
      continue;
    }
    const theirs = at(all.counts, other) - otherHeld;
    room.cosine[place] = support > 0 ? support / Math.sqrt(own * theirs) : 0;
    room.lift[place] = support > 0 && held === 1 ? shrunkLogLift(support, own, theirs, total) : 0;
  }
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
