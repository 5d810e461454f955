import { sameText, Text } from './text';

/** Texts that are compared again and again get a number each, so that comparing them is comparing numbers. */
let places = new StaticArray<i32>(1024);
const known = new Array<Text>();

function hashOf(text: Text): u32 {
  const length = text.length;
  let hash: u64 = 0x9e3779b97f4a7c15 ^ (<u64>length);
  let at = text.at;
  const last = at + length - 8;
  let rest: u64 = 0;
  if (length >= 8) {
    for (; at < last; at += 8) {
      hash = (hash ^ load<u64>(at)) * 0x9fb21c651e98df25;
      hash ^= hash >> 32;
    }
    // The last eight may be partly those before. Ids differ in their last digits, which only low bits spread everywhere.
    rest = rotr<u64>(load<u64>(last), 24);
  } else if (length > 0) {
    // Of the eight bytes only the first belong to the text: they are the lowest of the number.
    rest = load<u64>(at) & (u64.MAX_VALUE >> (64 - ((<u64>length) << 3)));
  }
  hash = (hash ^ rest) * 0x9fb21c651e98df25;
  hash ^= hash >> 32;
  return <u32>(hash ^ (hash >> 15));
}

/** Where the text stands or may be put. */
function placeOf(text: Text): i32 {
  const last = places.length - 1;
  let place = (<i32>hashOf(text)) & last;
  for (let found = unchecked(places[place]); found > 0; found = unchecked(places[place])) {
    if (sameText(unchecked(known[found - 1]), text)) break;
    place = (place + 1) & last;
  }
  return place;
}

function grow(): void {
  places = new StaticArray<i32>(places.length * 4);
  for (let id = 0; id < known.length; id += 1) unchecked((places[placeOf(unchecked(known[id]))] = id + 1));
}

/** The text's number, or -1 for one that has none yet. */
export function numberOf(text: Text): i32 {
  return unchecked(places[placeOf(text)]) - 1;
}

/** The text's number, a new one where it has none yet. */
export function numbered(text: Text): i32 {
  const place = placeOf(text);
  const found = unchecked(places[place]);
  if (found > 0) return found - 1;
  const id = known.push(text) - 1;
  unchecked((places[place] = id + 1));
  if (known.length * 2 > places.length) grow();
  return id;
}

export function textOf(id: i32): Text {
  return unchecked(known[id]);
}

export function countOfTexts(): i32 {
  return known.length;
}
