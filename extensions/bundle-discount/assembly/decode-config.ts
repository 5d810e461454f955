import { PriceTests, readPriceTests } from './arms';
import {
  firstMember,
  kindList,
  kindMap,
  kindNull,
  kindNumber,
  kindOfNode,
  kindText,
  lengthOfNode,
  memberOf,
  nextSibling,
  numberOfNode,
  parseJson,
  textOfNode,
} from './json';
import { CellReader, isCount, mostMinor } from './kinds/cells';
import { readOffer } from './kinds/registry';
import { KnownCodes, Offer, Rules } from './model';
import { sameText, Text } from './text';
import { countOfTexts, numbered } from './texts';
import { VariantCosts } from './variant-costs';
import { workOfReading } from './work';

// The keys of a shard (`config.ts` of the definition), as bytes.
const letterB: u8 = 0x62;
const letterC: u8 = 0x63;
const letterG: u8 = 0x67;
const letterK: u8 = 0x6b;
const letterO: u8 = 0x6f;
const letterP: u8 = 0x70;
const letterR: u8 = 0x72;
const letterT: u8 = 0x74;
const letterV: u8 = 0x76;

/** A shard that could be read. */
class Shard {
  readonly offers: Array<Offer> = new Array<Offer>();
  /** work of reading each of them */
  readonly readings: Array<f64> = new Array<f64>();
  /** null = none */
  priceTests: PriceTests | null = null;
  /** hashes and sizes of known codes in turn; 0 = none */
  knownCodes: usize = 0;
  /** what free shipping leaves to codes of ours; 0 = nothing */
  ownCodes: usize = 0;

  constructor(
    readonly generation: f64,
    readonly currency: Text,
    readonly rules: Rules,
    /** rows of products with their costs */
    readonly products: usize,
    /** number of each row's product */
    readonly productIds: StaticArray<i32>,
  ) {}
}

function isRows(node: usize): bool {
  if (node === 0 || kindOfNode(node) !== kindList) return false;
  let row = firstMember(node);
  for (let left = lengthOfNode(node); left > 0; left -= 1) {
    if (kindOfNode(row) !== kindList) return false;
    row = nextSibling(row);
  }
  return true;
}

function isWord(node: usize): bool {
  return kindOfNode(node) === kindText && lengthOfNode(node) > 0;
}

/**
 * Ten numbers: three flags of what stands beside product discounts, two margins, the flag of selling plans, three flags of
 * what stands beside order and shipping discounts, the reserve for codes. Of six, the first three say it for all.
 */
function readRules(node: usize): Rules | null {
  if (node === 0 || kindOfNode(node) !== kindList) return null;
  const length = lengthOfNode(node);
  if (length !== 6 && length !== 10) return null;
  const cells = new CellReader(node, 0, new StaticArray<i32>(0));
  const product = cells.count(0, 1) === 1;
  const order = cells.count(0, 1) === 1;
  const shipping = cells.count(0, 1) === 1;
  const minMargin = cells.count(0, 10_000);
  const defaultMargin = cells.count(0, 10_000);
  const sellingPlans = cells.count(0, 1) === 1;
  const orderOrder = length > 6 ? cells.count(0, 1) === 1 : order;
  const orderShipping = length > 6 ? cells.count(0, 1) === 1 : shipping;
  if (length > 6) cells.count(0, 1);
  const reserve: f64 = length > 6 ? cells.count(0, 10_000) : 0;
  if (!cells.done()) return null;
  const meetsCodes = product || order || orderOrder;
  return new Rules(order, shipping, orderShipping, meetsCodes, minMargin, defaultMargin, sellingPlans, reserve);
}

/** Id and cost of its other variants, then variant and cost in turn. */
function isProduct(row: usize): bool {
  const length = lengthOfNode(row);
  if (length < 2 || (length & 1) !== 0) return false;
  let cell = firstMember(row);
  for (let at = 0; at < length; at += 2) {
    if (!isWord(cell)) return false;
    cell = nextSibling(cell);
    if (!isCount(cell, -1, mostMinor)) return false;
    cell = nextSibling(cell);
  }
  return true;
}

/** Hash and size in turn. */
function isKnownCodes(node: usize): bool {
  if (kindOfNode(node) !== kindList || (lengthOfNode(node) & 1) !== 0) return false;
  let cell = firstMember(node);
  for (let left = lengthOfNode(node); left > 0; left -= 2) {
    if (!isCount(cell, 0, 0xffffffff)) return false;
    cell = nextSibling(cell);
    if (!isCount(cell, -mostMinor, 10_000)) return false;
    cell = nextSibling(cell);
  }
  return true;
}

/** Two shares and two amounts in turn. */
function isOwnCodes(node: usize): bool {
  if (kindOfNode(node) !== kindList || lengthOfNode(node) !== 4) return false;
  let cell = firstMember(node);
  for (let at = 0; at < 4; at += 1) {
    if (!isCount(cell, 0, (at & 1) === 0 ? 10_000 : mostMinor)) return false;
    cell = nextSibling(cell);
  }
  return true;
}

function readProducts(rows: usize): StaticArray<i32> | null {
  const ids = new StaticArray<i32>(lengthOfNode(rows));
  let row = firstMember(rows);
  for (let at = 0; at < ids.length; at += 1) {
    if (!isProduct(row)) return null;
    unchecked((ids[at] = numbered(textOfNode(firstMember(row)))));
    row = nextSibling(row);
  }
  return ids;
}

/** Reads an offer into its shard; false where it is none. */
function readRow(row: usize, products: StaticArray<i32>, shard: Shard): bool {
  const cells = new CellReader(row, 0, products);
  const id = cells.word();
  const title = cells.word();
  const code = cells.count(0, 7);
  if (!cells.fine()) return false;
  const offer = readOffer(code, id, title, cells);
  if (offer === null) return false;
  const goals = offer.goals();
  shard.offers.push(offer);
  shard.readings.push(goals === null ? workOfReading(cells.itemCount, 0) : workOfReading(0, goals.length));
  return true;
}

function readShard(text: Text): Shard | null {
  const root = parseJson(text);
  if (root === 0 || kindOfNode(root) !== kindMap) return null;
  const version = memberOf(root, letterV);
  const generation = memberOf(root, letterG);
  const currency = memberOf(root, letterC);
  const rows = memberOf(root, letterB);
  const products = memberOf(root, letterP);
  if (version === 0 || !isCount(version, 1, 1)) return null;
  if (generation === 0 || kindOfNode(generation) !== kindNumber || currency === 0 || !isWord(currency)) return null;
  const rules = readRules(memberOf(root, letterR));
  if (rules === null || !isRows(products) || !isRows(rows)) return null;
  const productIds = readProducts(products);
  if (productIds === null) return null;
  const shard = new Shard(numberOfNode(generation), textOfNode(currency), rules, products, productIds);
  let row = firstMember(rows);
  for (let left = lengthOfNode(rows); left > 0; left -= 1) {
    if (!readRow(row, productIds, shard)) return null;
    row = nextSibling(row);
  }
  const known = memberOf(root, letterK);
  if (known !== 0 && kindOfNode(known) !== kindNull) {
    if (!isKnownCodes(known)) return null;
    shard.knownCodes = known;
  }
  const own = memberOf(root, letterO);
  if (own !== 0 && kindOfNode(own) !== kindNull) {
    if (!isOwnCodes(own)) return null;
    shard.ownCodes = own;
  }
  const tests = memberOf(root, letterT);
  if (tests === 0 || kindOfNode(tests) === kindNull) return shard;
  if (!isRows(tests)) return null;
  if (lengthOfNode(tests) === 0) return shard;
  shard.priceTests = readPriceTests(tests);
  return shard.priceTests === null ? null : shard;
}

/** What the Function works with. */
export class DiscountConfig {
  readonly offers: Array<Offer> = new Array<Offer>();
  priceTests: PriceTests | null = null;
  readonly knownCodes: KnownCodes = new KnownCodes();
  /** some offer looks at the whole order, so that every line matters */
  orderWide: bool = false;
  /** shards that were there but could not be used */
  ignored: i32 = 0;
  /** by number of a product: its row of costs, 0 = none */
  private readonly rows: Array<usize> = new Array<usize>();

  constructor(
    readonly generation: f64,
    readonly currency: Text,
    readonly rules: Rules,
    /** what free shipping leaves to codes of ours (`own-codes.ts`); 0 = nothing */
    readonly ownCodes: usize,
  ) {}

  add(shard: Shard): void {
    if (shard.knownCodes !== 0) this.addCodes(shard.knownCodes);
    const ids = shard.productIds;
    let row = firstMember(shard.products);
    // Whatever was not there yet is zero.
    if (this.rows.length < countOfTexts()) this.rows.length = countOfTexts();
    for (let at = 0; at < ids.length; at += 1) {
      unchecked((this.rows[unchecked(ids[at])] = row));
      row = nextSibling(row);
    }
    for (let at = 0; at < shard.offers.length; at += 1)
      this.addOffer(unchecked(shard.offers[at]), unchecked(shard.readings[at]));
    const own = shard.priceTests;
    if (own === null || own.tests.length === 0) return;
    const before = this.priceTests;
    if (before === null) this.priceTests = own;
    else for (let at = 0; at < own.tests.length; at += 1) before.tests.push(unchecked(own.tests[at]));
  }

  private addCodes(cells: usize): void {
    let cell = firstMember(cells);
    for (let left = lengthOfNode(cells); left > 0; left -= 2) {
      const size = nextSibling(cell);
      this.knownCodes.add(<u32>numberOfNode(cell), numberOfNode(size));
      cell = nextSibling(size);
    }
  }

  /** An offer that is there twice counts once, in the version of the last shard. */
  private addOffer(offer: Offer, reading: f64): void {
    const id = numbered(offer.id);
    if (this.places.length <= id) this.places.length = id + 1;
    const known = unchecked(this.places[id]) - 1;
    if (known >= 0) {
      unchecked((this.offers[known] = offer));
      unchecked((this.readings[known] = reading));
      return;
    }
    unchecked((this.places[id] = this.offers.length + 1));
    this.offers.push(offer);
    this.readings.push(reading);
  }

  /** work of reading each of the offers */
  private readonly readings: Array<f64> = new Array<f64>();

  /** Work of reading all offers. */
  reading(): f64 {
    let work: f64 = 0;
    for (let at = 0; at < this.readings.length; at += 1) work += unchecked(this.readings[at]);
    return work;
  }

  /** by number of an offer's id: its place from one on, 0 = none */
  private readonly places: Array<i32> = new Array<i32>();

  /** False when no offer can be about the product (-1: none that is known), so that its lines do not matter. */
  concerns(product: i32): bool {
    return this.orderWide || (product >= 0 && product < this.rows.length && unchecked(this.rows[product]) !== 0);
  }

  /** Unit cost in shop-currency minor units; -1 = unknown. */
  costOf(product: i32, variant: Text): f64 {
    const row = product < this.rows.length ? unchecked(this.rows[product]) : 0;
    if (row === 0) return -1;
    const common = nextSibling(firstMember(row));
    const cost = lengthOfNode(row) === 2 ? numberOfNode(common) : this.costs.costOf(row, common, variant);
    return cost < 0 ? -1 : cost;
  }

  private readonly costs: VariantCosts = new VariantCosts();
}

/** The shards of one publication, as `decodeDiscountConfigs` of the definition reads them; null when none can be used. */
export function decodeConfig(texts: Array<Text>): DiscountConfig | null {
  let config: DiscountConfig | null = null;
  let used = 0;
  for (let at = 0; at < texts.length; at += 1) {
    const shard = readShard(unchecked(texts[at]));
    if (shard === null) continue;
    if (config === null) config = new DiscountConfig(shard.generation, shard.currency, shard.rules, shard.ownCodes);
    if (shard.generation !== config.generation) continue;
    config.add(shard);
    used += 1;
  }
  if (config === null) return null;
  config.ignored = texts.length - used;
  for (let at = 0; at < config.offers.length; at += 1)
    if (unchecked(config.offers[at]).orderWide()) config.orderWide = true;
  return config;
}
