import { bucketOf } from './assignment';
import { firstMember, lengthOfNode, nextSibling } from './json';
import { CellReader } from './kinds/cells';
import { Offer, Value } from './model';
import { sameText, Text } from './text';
import { characterAt, widthOf } from './utf8';

/** One version of what an offer gives in a price test; no values = the offer as it stands. */
class PriceArm {
  constructor(
    readonly share: f64,
    readonly values: Array<Value>,
  ) {}
}

/** A running test of what an offer gives: which visitor gets which. */
class PriceTest {
  readonly arms: Array<PriceArm> = new Array<PriceArm>();

  constructor(
    readonly bundleId: Text,
    readonly layer: Text,
    readonly salt: Text,
    readonly from: f64,
    readonly to: f64,
  ) {}
}

/** Price tests, with the share of visitors who are held out of everything and see no version. */
export class PriceTests {
  readonly tests: Array<PriceTest> = new Array<PriceTest>();

  constructor(
    readonly salt: Text,
    readonly bps: f64,
  ) {}
}

const noProducts = new StaticArray<i32>(0);

function readPriceTest(row: usize): PriceTest | null {
  const cells = new CellReader(row, 0, noProducts);
  const bundleId = cells.text();
  const layer = cells.text();
  const salt = cells.text();
  const from = cells.count(0, 10_000);
  const test = new PriceTest(bundleId, layer, salt, from, cells.count(0, 10_000));
  while (cells.more()) {
    const share = cells.count(0, 10_000);
    const values = new Array<Value>();
    for (let left = cells.listLength(); left > 0 && cells.fine(); left -= 1) values.push(cells.unitValue());
    test.arms.push(new PriceArm(share, values));
  }
  return cells.done() && test.arms.length > 0 ? test : null;
}

/** Reads the rows of a shard (at least one); null when any cell is not what was published. */
export function readPriceTests(rows: usize): PriceTests | null {
  let row = firstMember(rows);
  const head = new CellReader(row, 0, noProducts);
  const salt = head.text();
  const priceTests = new PriceTests(salt, head.count(0, 10_000));
  if (!head.done()) return null;
  for (let left = lengthOfNode(rows) - 1; left > 0; left -= 1) {
    row = nextSibling(row);
    const test = readPriceTest(row);
    if (test === null) return null;
    priceTests.tests.push(test);
  }
  return priceTests;
}

function isSpace(code: i32): bool {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0xa0;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return (
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

function trimmed(text: Text): Text {
  let from = text.at;
  const end = text.at + text.length;
  while (from < end && isSpace(characterAt(from))) from += widthOf(load<u8>(from));
  let to = from;
  for (let at = from; at < end; at += widthOf(load<u8>(at)))
    if (!isSpace(characterAt(at))) to = at + widthOf(load<u8>(at));
  return new Text(from, <i32>(to - from));
}

/** True for a lower-case UUID. */
function isUuid(text: Text): bool {
  if (text.length !== 36) return false;
  for (let at = 0; at < 36; at += 1) {
    const byte = load<u8>(text.at + at);
    const dash = at === 8 || at === 13 || at === 18 || at === 23;
    const hex = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
    if (dash ? byte !== 0x2d : !hex) return false;
  }
  return true;
}

/** The visitor that a cart names, or null for what is no id at all. */
export function visitorOf(text: Text): Text | null {
  const id = trimmed(text);
  return isUuid(id) ? id : null;
}

function armIn(visitor: Text, test: PriceTest): PriceArm | null {
  const place = <f64>bucketOf(visitor, test.layer);
  if (test.from > place || place >= test.to) return null;
  let rest = <f64>bucketOf(visitor, test.salt);
  for (let at = 0; at < test.arms.length; at += 1) {
    const arm = unchecked(test.arms[at]);
    rest -= arm.share;
    if (rest < 0) return arm;
  }
  return null;
}

/** Makes the offers what this visitor gets. */
export function setVersions(offers: Array<Offer>, priceTests: PriceTests, visitor: Text): void {
  if (<f64>bucketOf(visitor, priceTests.salt) < priceTests.bps) return;
  for (let at = 0; at < offers.length; at += 1) {
    const offer = unchecked(offers[at]);
    for (let index = 0; index < priceTests.tests.length; index += 1) {
      const test = unchecked(priceTests.tests[index]);
      if (!sameText(test.bundleId, offer.id)) continue;
      const arm = armIn(visitor, test);
      if (arm !== null) offer.setValues(arm.values);
      break;
    }
  }
}
