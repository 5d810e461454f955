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
    /** basis points take no more off; -1 = no bound */
    readonly most: f64,
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
  const cells = split(unchecked(parts[2]), colon);
  const value = whole(unchecked(cells[0]));
  const most: f64 = cells.length === 2 ? whole(unchecked(cells[1])) : -1;
  if (cells.length > 2 || (cells.length === 2 && most < 0)) return null;
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
  const variant = unchecked(parts[5]);
  return new Offer(type, value, most, minSubtotal, who === 1, who === 2, variant, products, unchecked(parts[7]));
}

/** What offers of ours take off a unit at most: the largest of the three. Shop currency, minor units. */
export class MostOff {
  constructor(
    readonly basisPoints: f64,
    readonly minor: f64,
    /** the least that an offer leaves of a unit's price; -1 = none sets a price */
    readonly left: f64,
    /** in a cart of fewer units nothing comes off */
    readonly units: f64,
  ) {}
}

/** What the order's goals take off at most, or another code. */
export class Share {
  constructor(
    readonly basisPoints: f64,
    readonly minor: f64,
    /** a smaller subtotal reaches it not */
    readonly from: f64,
  ) {}
}

/** What else comes off goods beside a code. */
export class Beside {
  constructor(
    /** 1: products' discounts with each other, 2: with the order's, 4: the order's with each other, 8, 16: both with shipping's */
    readonly pairs: i32,
    readonly off: Map<i32, MostOff>,
    readonly restOff: MostOff | null,
    readonly order: Share | null,
    readonly others: Share,
  ) {}
}

/** What may come off each product at most, basis points of its price. */
export class Guard {
  constructor(
    readonly rest: f64,
    readonly named: Map<i32, f64>,
    readonly beside: Beside | null,
  ) {}

  of(product: i32): f64 {
    return this.named.has(product) ? this.named.get(product) : this.rest;
  }

  /** What offers of ours take off a product; null where none does. */
  off(beside: Beside, product: i32): MostOff | null {
    if (!this.named.has(product)) return beside.restOff;
    return beside.off.has(product) ? beside.off.get(product) : null;
  }
}

/** Four cells from one on; null for what is none. */
function readMost(cells: Array<Text>, from: i32): MostOff | null {
  if (cells.length !== from + 4) return null;
  const basisPoints = whole(unchecked(cells[from]));
  const minor = whole(unchecked(cells[from + 1]));
  const leftText = unchecked(cells[from + 2]);
  const left = whole(leftText);
  const units = whole(unchecked(cells[from + 3]));
  if (basisPoints < 0 || minor < 0 || units < 0 || (left < 0 && leftText.length > 0)) return null;
  return new MostOff(basisPoints, minor, left, units);
}

/** Reads the guard; null for what is none, and then nothing may come off. */
export function decodeGuard(text: Text): Guard | null {
  const parts = split(text, semicolon);
  if (parts.length < 3) return null;
  const version = whole(unchecked(parts[0]));
  const rest = whole(unchecked(parts[1]));
  if (rest < 0 || parts.length !== (version === 2 ? 7 : 3) || (version !== 1 && version !== 2)) return null;
  const named = new Map<i32, f64>();
  const off = new Map<i32, MostOff>();
  const listed = unchecked(parts[2]);
  if (listed.length > 0) {
    const entries = split(listed, comma);
    for (let at = 0; at < entries.length; at += 1) {
      const entry = split(unchecked(entries[at]), colon);
      const points = entry.length >= 2 ? whole(unchecked(entry[1])) : -1;
      if (points < 0) return null;
      const product = numbered(unchecked(entry[0]));
      named.set(product, points);
      if (entry.length === 2) continue;
      const most = version === 2 ? readMost(entry, 2) : null;
      if (most === null) return null;
      off.set(product, most);
    }
  }
  if (version === 1) return new Guard(rest, named, null);
  const beside = readBeside(parts, off);
  return beside === null ? null : new Guard(rest, named, beside);
}

function readBeside(parts: Array<Text>, off: Map<i32, MostOff>): Beside | null {
  const pairs = whole(unchecked(parts[3]));
  if (pairs < 0 || pairs > 31) return null;
  const restText = unchecked(parts[4]);
  let restOff: MostOff | null = null;
  if (restText.length > 0) restOff = readMost(split(restText, colon), 0);
  if (restText.length > 0 && restOff === null) return null;
  const orderText = unchecked(parts[5]);
  let order: Share | null = null;
  if (orderText.length > 0) {
    const cells = split(orderText, colon);
    if (cells.length !== 3) return null;
    order = readShare(unchecked(cells[1]), unchecked(cells[2]), whole(unchecked(cells[0])));
    if (order === null) return null;
  }
  const cells = split(unchecked(parts[6]), colon);
  if (cells.length !== 2) return null;
  const others = readShare(unchecked(cells[0]), unchecked(cells[1]), 0);
  return others === null ? null : new Beside(<i32>pairs, off, restOff, order, others);
}

function readShare(basisPoints: Text, minor: Text, from: f64): Share | null {
  const share = new Share(whole(basisPoints), whole(minor), from);
  return share.basisPoints < 0 || share.minor < 0 || from < 0 ? null : share;
}
