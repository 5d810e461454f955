import { FormedBundle } from './form-bundles';
import { CartLine, Offer } from './model';
import { stableSort } from './sort';
import { compareTexts, roomFor, Text } from './text';

/** What all its bundles take off one line together. */
export class LineShare {
  minor: f64 = 0;
  quantity: f64 = 0;
  /** what it takes part in, each once */
  readonly offers: Array<Offer> = new Array<Offer>();

  constructor(readonly line: CartLine) {}

  add(offer: Offer, quantity: f64, minor: f64): void {
    this.quantity += quantity;
    this.minor += minor;
    if (!this.offers.includes(offer)) this.offers.push(offer);
  }
}

/** A share for each line of the bundles, in the order in which the bundles take them. */
export function sharesOf(bundles: Array<FormedBundle>, lineCount: i32): Array<LineShare> {
  const shares = new Array<LineShare>();
  const byLine = new StaticArray<LineShare | null>(lineCount);
  for (let at = 0; at < bundles.length; at += 1) {
    const bundle = unchecked(bundles[at]);
    for (let unit = 0; unit < bundle.lines.length; unit += 1) {
      const line = unchecked(bundle.lines[unit]);
      let share = unchecked(byLine[line.place]);
      if (share === null) {
        share = new LineShare(line);
        unchecked((byLine[line.place] = share));
        shares.push(share);
      }
      share.add(bundle.offer, unchecked(bundle.quantities[unit]), unchecked(bundle.discounts[unit]));
    }
  }
  return shares;
}

function byId(a: Offer, b: Offer): i32 {
  return compareTexts(a.id, b.id);
}

/** Bytes in JSON of what `messageOf` joins. */
export function messageBytesOf(offers: Array<Offer>): i32 {
  let bytes = 2 + 3 * (offers.length - 1);
  for (let at = 0; at < offers.length; at += 1) bytes += unchecked(offers[at]).titleBytes();
  return bytes;
}

/** The titles of offers in the order of their ids, joined by " + ". */
export function messageOf(offers: Array<Offer>): Text {
  if (offers.length === 1) return unchecked(offers[0]).title;
  stableSort<Offer>(offers, byId);
  let length = 3 * (offers.length - 1);
  for (let at = 0; at < offers.length; at += 1) length += unchecked(offers[at]).title.length;
  const start = roomFor(length);
  let to = start;
  for (let at = 0; at < offers.length; at += 1) {
    if (at > 0) {
      store<u8>(to, 0x20);
      store<u8>(to + 1, 0x2b);
      store<u8>(to + 2, 0x20);
      to += 3;
    }
    const title = unchecked(offers[at]).title;
    memory.copy(to, title.at, title.length);
    to += title.length;
  }
  return new Text(start, length);
}
