import { Text } from '../../bundle-discount/assembly/text';
import { numbered } from '../../bundle-discount/assembly/texts';

const semicolon: u8 = 0x3b;
const comma: u8 = 0x2c;
const colon: u8 = 0x3a;

/** The parts of a text between a byte. */
function split(text: Text, by: u8): Array<Text> {
  const parts = new Array<Text>();
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && load<u8>(text.at + at) !== by) continue;
    parts.push(new Text(text.at + from, at - from));
    from = at + 1;
  }
  return parts;
}

/** A whole number of at most 13 digits; -1 for anything else. */
function whole(text: Text): f64 {
  if (text.length < 1 || text.length > 13) return -1;
  let value: f64 = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = <i32>load<u8>(text.at + at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + <f64>digit;
  }
  return value;
}

export const typeAmount: u8 = 0x61;
export const typePercentage: u8 = 0x70;
export const typeShipping: u8 = 0x73;
export const typeGift: u8 = 0x67;

/** What every code of a discount gives. */
export class Offer {
  constructor(
    readonly type: u8,
    /** minor units or basis points */
    readonly value: f64,
    readonly minSubtotal: f64,
    readonly bound: bool,
    /** for who has not ordered yet */
    readonly first: bool,
    /** of a free product; empty = any */
    readonly variant: Text,
    /** numbers of the products' ids; empty = everything */
    readonly products: Array<i32>,
    readonly currency: Text,
  ) {}
}

/** Reads the offer; null for what is none. */
export function decodeOffer(text: Text): Offer | null {
  const parts = split(text, semicolon);
  if (parts.length !== 8 || whole(unchecked(parts[0])) !== 1 || unchecked(parts[1]).length !== 1) return null;
  const value = whole(unchecked(parts[2]));
  const minSubtotal = whole(unchecked(parts[3]));
  const who = whole(unchecked(parts[4]));
  if (value < 0 || minSubtotal < 0) return null;
  const products = new Array<i32>();
  const listed = unchecked(parts[6]);
  if (listed.length > 0) {
    const ids = split(listed, comma);
    for (let at = 0; at < ids.length; at += 1) products.push(numbered(unchecked(ids[at])));
  }
  const type = load<u8>(unchecked(parts[1]).at);
  return new Offer(type, value, minSubtotal, who === 1, who === 2, unchecked(parts[5]), products, unchecked(parts[7]));
}

/** What may come off each product at most, basis points of its price. */
export class Guard {
  constructor(
    readonly rest: f64,
    readonly named: Map<i32, f64>,
  ) {}

  of(product: i32): f64 {
    return this.named.has(product) ? this.named.get(product) : this.rest;
  }
}

/** Reads the guard; null for what is none, and then nothing may come off. */
export function decodeGuard(text: Text): Guard | null {
  const parts = split(text, semicolon);
  if (parts.length !== 3 || whole(unchecked(parts[0])) !== 1) return null;
  const rest = whole(unchecked(parts[1]));
  if (rest < 0) return null;
  const named = new Map<i32, f64>();
  const listed = unchecked(parts[2]);
  if (listed.length > 0) {
    const entries = split(listed, comma);
    for (let at = 0; at < entries.length; at += 1) {
      const entry = split(unchecked(entries[at]), colon);
      const points = entry.length === 2 ? whole(unchecked(entry[1])) : -1;
      if (points < 0) return null;
      named.set(numbered(unchecked(entry[0])), points);
    }
  }
  return new Guard(rest, named);
}
