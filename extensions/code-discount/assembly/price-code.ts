import {
  elementOf,
  isNumber,
  isObject,
  isText,
  isTrue,
  keyOf,
  lengthOf,
  readText,
  toNumber,
  valueOf,
  readTextAfter,
} from '../../bundle-discount/assembly/input';
import { minorUnitDigits, parseDecimal } from '../../bundle-discount/assembly/money';
import { Conversion, readConversion } from '../../bundle-discount/assembly/rate';
import { sameText, Text } from '../../bundle-discount/assembly/text';
import { numbered } from '../../bundle-discount/assembly/texts';
import {
  Beside,
  decodeGuard,
  decodeOffer,
  Guard,
  Offer,
  Share,
  typeAmount,
  typeGift,
  typePercentage,
  typeShipping,
} from './config';
import { isCodeOf } from './owner';

// Where the number starts in gid://shopify/Product/123 and its like.
const productPrefix: i32 = 22;
const variantPrefix: i32 = 29;
const customerPrefix: i32 = 23;
// Above these no sum would be exact.
const mostUnits: f64 = 1_000_000;
const mostMinor: f64 = 1e13;

class Line {
  constructor(
    readonly id: Text,
    readonly product: i32,
    readonly units: f64,
    readonly price: f64,
    readonly total: f64,
    readonly room: f64,
    /** may be reduced: no gift card, no subscription, and it costs something */
    readonly eligible: bool,
    readonly meant: bool,
  ) {}
}

/** What the code takes off goods, off which lines, and which shipping it makes free. */
export class CodePrice {
  minor: f64 = 0;
  /** shipping that costs no more is free; -1 = the code is not for shipping */
  freeUpTo: f64 = -1;
  /** ids of the lines that it is taken off */
  readonly targets: Array<Text> = new Array<Text>();
  /** ids of all other lines */
  readonly others: Array<Text> = new Array<Text>();
  /** of a free product one unit, else all */
  oneUnit: bool = false;
  /** less than it promises, so that the margin is left */
  reduced: bool = false;
  digits: i32 = 2;
}

function isMeant(offer: Offer, product: i32, variant: Text): bool {
  if (offer.products.length === 0) return offer.type !== typeGift;
  if (offer.products.indexOf(product) < 0) return false;
  return offer.variant.length === 0 || sameText(offer.variant, variant);
}

/** Prices the code that started this run, as the definition does (`price-code.ts` of the domain); null = it gives nothing. */
export function priceCode(input: u64): CodePrice | null {
  const keyOfValue = keyOf('value');
  const offerText = valueOf(valueOf(valueOf(input, keyOf('discount')), keyOf('offer')), keyOfValue);
  const guardText = valueOf(valueOf(valueOf(input, keyOf('shop')), keyOf('guard')), keyOfValue);
  if (!isText(offerText) || !isText(guardText)) return null;
  const offer = decodeOffer(readText(offerText));
  const guard = decodeGuard(readText(guardText));
  if (offer === null || guard === null) return null;
  const cart = valueOf(input, keyOf('cart'));
  const cartLines = valueOf(cart, keyOf('lines'));
  if (lengthOf(cartLines) === 0) return null;
  const buyer = valueOf(valueOf(cart, keyOf('buyerIdentity')), keyOf('customer'));
  if (offer.first) {
    const orders = valueOf(buyer, keyOf('numberOfOrders'));
    if (isNumber(orders) && toNumber(orders) > 0) return null;
  }
  if (offer.bound) {
    const customer = valueOf(buyer, keyOf('id'));
    const customerId = isText(customer) ? readTextAfter(customer, customerPrefix) : new Text(0, 0);
    if (!isCodeOf(readText(valueOf(input, keyOf('code'))), customerId)) return null;
  }
  const each = valueOf(valueOf(elementOf(cartLines, 0), keyOf('cost')), keyOf('each'));
  const currency = readText(valueOf(each, keyOf('currencyCode')));
  const rate = readText(valueOf(input, keyOf('presentmentCurrencyRate')));
  const conversion = readConversion(rate, offer.currency, currency);
  if (conversion === null) return null;
  const digits = minorUnitDigits(currency);
  const price = new CodePrice();
  price.digits = digits;
  const lines = readLines(cartLines, digits, offer, guard, price);
  let subtotal: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) subtotal += unchecked(lines[at]).total;
  if (lines.length === 0 || subtotal < conversion.nearest(offer.minSubtotal)) return null;
  const beside = roomBeside(lines, subtotal, offer, guard, conversion, otherCodes(input));
  if (offer.type === typeShipping) price.freeUpTo = Math.min(roomOf(lines), beside);
  else takeOff(lines, offer, conversion, price, beside);
  return price;
}

/** Goods alone: no gift cards, and no lines without a product. */
function readLines(cartLines: u64, digits: i32, offer: Offer, guard: Guard, price: CodePrice): Array<Line> {
  const lines = new Array<Line>();
  const keyOfId = keyOf('id');
  const count = lengthOf(cartLines);
  for (let at = 0; at < count; at += 1) {
    const line = elementOf(cartLines, at);
    const id = readText(valueOf(line, keyOfId));
    const item = valueOf(line, keyOf('item'));
    const product = valueOf(item, keyOf('product'));
    const quantity = valueOf(line, keyOf('quantity'));
    const amount = valueOf(valueOf(valueOf(line, keyOf('cost')), keyOf('each')), keyOf('amount'));
    const each = isText(amount) ? parseDecimal(readText(amount), digits) : NaN;
    const units = isNumber(quantity) ? toNumber(quantity) : 0;
    const sane =
      units >= 1 && Math.floor(units) === units && units <= mostUnits && each >= 0 && each * units <= mostMinor;
    if (!isObject(product) || isTrue(valueOf(product, keyOf('gift'))) || !sane) {
      price.others.push(id);
      continue;
    }
    const number = numbered(readTextAfter(valueOf(product, keyOfId), productPrefix));
    const variant = readTextAfter(valueOf(item, keyOfId), variantPrefix);
    const eligible = each > 0 && !isObject(valueOf(line, keyOf('plan')));
    const total = each * units;
    const room = Math.floor((total * guard.of(number)) / 10000);
    const meant = eligible && isMeant(offer, number, variant);
    lines.push(new Line(id, number, units, each, total, room, eligible, meant));
  }
  return lines;
}

/** How many codes were entered but the one that started this run. */
function otherCodes(input: u64): i32 {
  const codes = valueOf(input, keyOf('codes'));
  const own = readText(valueOf(input, keyOf('code')));
  const count = lengthOf(codes);
  let others = 0;
  for (let at = 0; at < count; at += 1) {
    if (!isSameCode(readText(valueOf(elementOf(codes, at), keyOf('code'))), own)) others += 1;
  }
  return others;
}

function capital(byte: u8): u8 {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

function isSameCode(one: Text, other: Text): bool {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) {
    if (capital(load<u8>(one.at + at)) !== capital(load<u8>(other.at + at))) return false;
  }
  return true;
}

/** What the lines can bear that may be reduced. */
function roomOf(lines: Array<Line>): f64 {
  let room: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    if (line.eligible) room += line.room;
  }
  return room;
}

/** What the whole cart can bear beside everything else that may come off goods; several codes of ours share it. */
function roomBeside(
  lines: Array<Line>,
  subtotal: f64,
  offer: Offer,
  guard: Guard,
  conversion: Conversion,
  others: i32,
): f64 {
  const beside = guard.beside;
  if (beside === null) return Infinity;
  const isShipping = offer.type === typeShipping;
  const isOrder = offer.type !== typeGift && offer.products.length === 0;
  const bundles = (beside.pairs & (isShipping ? 8 : isOrder ? 2 : 1)) !== 0;
  const goals = (beside.pairs & (isShipping ? 16 : isOrder ? 4 : 2)) !== 0;
  const parcels = !isShipping && (beside.pairs & (isOrder ? 16 : 8)) !== 0;
  // A code for shipping is one that was entered, too: it knows this one no better.
  if (!bundles && !goals && !(parcels && others > 0)) return Infinity;
  let units: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) units += unchecked(lines[at]).units;
  let room: f64 = 0;
  let total: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    if (!line.eligible) continue;
    total += line.total;
    room += line.room;
    if (bundles) room -= offLine(line, units, beside, guard, conversion);
  }
  const order = beside.order;
  if (goals && order !== null && subtotal >= conversion.nearest(order.from)) room -= shareOf(order, total, conversion);
  if (others > 0 && (bundles || goals)) room -= <f64>others * shareOf(beside.others, total, conversion);
  return Math.max(0, Math.floor(room / <f64>(others + 1)));
}

function shareOf(share: Share, total: f64, conversion: Conversion): f64 {
  return Math.max(Math.ceil((total * share.basisPoints) / 10000), conversion.nearest(share.minor)) + 1;
}

/** What offers of ours take off a line at most; one minor unit more of each of its units, for what is rounded. */
function offLine(line: Line, units: f64, beside: Beside, guard: Guard, conversion: Conversion): f64 {
  const most = guard.off(beside, line.product);
  if (most === null || units < most.units) return 0;
  const price = most.left < 0 ? 0 : Math.max(0, line.price - conversion.nearest(most.left));
  const share = Math.ceil((line.price * most.basisPoints) / 10000);
  return line.units * (Math.max(Math.max(share, conversion.nearest(most.minor)), price) + 1);
}

function takeOff(lines: Array<Line>, offer: Offer, conversion: Conversion, price: CodePrice, beside: f64): void {
  const isGift = offer.type === typeGift;
  let base: f64 = 0;
  let room: f64 = 0;
  let first: f64 = -1;
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    const meant = line.meant && !(isGift && first >= 0);
    if (isGift ? line.eligible : meant) room += line.room;
    if (!meant) {
      price.others.push(line.id);
      continue;
    }
    if (first < 0) first = line.price;
    base += line.total;
    price.targets.push(line.id);
  }
  if (price.targets.length === 0) return;
  let wanted: f64 = 0;
  if (isGift) wanted = first;
  else if (offer.type === typePercentage) wanted = Math.floor((base * offer.value + 5000) / 10000);
  else if (offer.type === typeAmount) wanted = Math.min(base, conversion.nearest(offer.value));
  if (offer.type === typePercentage && offer.most >= 0) wanted = Math.min(wanted, conversion.nearest(offer.most));
  price.minor = Math.min(Math.min(wanted, room), beside);
  price.reduced = price.minor < wanted;
  price.oneUnit = isGift;
}
