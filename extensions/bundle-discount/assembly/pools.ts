import { readText } from './input';
import { floorOf } from './margin';
import { CartLine, Rules } from './model';
import { Conversion } from './rate';
import { raiseFloor } from './reserve';
import { stableSort } from './sort';
import { compareTexts } from './text';
import { countOfTexts, textOf } from './texts';

/** Units that are alike for every rule: same variant, price and cost, on however many lines. */
export class Pool {
  readonly product: i32;
  readonly variant: i32;
  readonly price: f64;
  count: f64;
  readonly lines: Array<CartLine>;

  constructor(
    private readonly first: CartLine,
    /** lowest price that keeps the margin */
    readonly floor: f64,
    /** another pool of the variant: of another price, product or cost */
    readonly alike: Pool | null,
  ) {
    this.product = first.product;
    this.variant = first.variant;
    this.price = first.price;
    this.count = first.quantity;
    const lines = new Array<CartLine>(1);
    unchecked((lines[0] = first));
    this.lines = lines;
  }

  /** True for a line (of the variant) whose units are like those that are in here. */
  holds(line: CartLine): bool {
    const first = this.first;
    return first.price === line.price && first.product === line.product && first.cost === line.cost;
  }
}

/** True for a line whose units bundles, goals and gifts may count and reduce. */
export function takesPart(line: CartLine, rules: Rules): bool {
  if (line.quantity < 1 || line.price <= 0 || line.giftCard) return false;
  return !line.sellingPlan || rules.allowsSellingPlans;
}

/** Dearest first, then by floor and ids. */
function comparePools(a: Pool, b: Pool): i32 {
  if (a.price !== b.price) return a.price > b.price ? -1 : 1;
  if (a.floor !== b.floor) return a.floor < b.floor ? -1 : 1;
  if (a.product !== b.product) return compareTexts(textOf(a.product), textOf(b.product));
  return a.variant === b.variant ? 0 : compareTexts(textOf(a.variant), textOf(b.variant));
}

function compareLines(a: CartLine, b: CartLine): i32 {
  return compareTexts(readText(a.id), readText(b.id));
}

/** What all units that bundles, goals and gifts may count must cost at least. */
export function floorOfGoods(lines: Array<CartLine>, rules: Rules, conversion: Conversion): f64 {
  let floor: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    if (!takesPart(line, rules)) continue;
    const cost: f64 = line.cost < 0 ? -1 : conversion.up(line.cost);
    floor += floorOf(line.price, cost, rules) * line.quantity;
  }
  return floor;
}

/** Sorts the cart's units into pools: dearest first, then by ids. */
export function poolUnits(lines: Array<CartLine>, rules: Rules, conversion: Conversion, reserveBps: f64): Array<Pool> {
  const pools = new Array<Pool>();
  const byVariant = new StaticArray<Pool | null>(countOfTexts());
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    if (!takesPart(line, rules)) continue;
    const first = unchecked(byVariant[line.variant]);
    let known: Pool | null = first;
    while (known !== null && !known.holds(line)) known = known.alike;
    if (known !== null) {
      known.count += line.quantity;
      known.lines.push(line);
      continue;
    }
    const cost: f64 = line.cost < 0 ? -1 : conversion.up(line.cost);
    const pool = new Pool(line, raiseFloor(floorOf(line.price, cost, rules), reserveBps), first);
    pools.push(pool);
    unchecked((byVariant[line.variant] = pool));
  }
  stableSort<Pool>(pools, comparePools);
  for (let at = 0; at < pools.length; at += 1) {
    const own = unchecked(pools[at]).lines;
    if (own.length > 1) stableSort<CartLine>(own, compareLines);
  }
  return pools;
}

/** Units in the pools of a list from this place on, by what each pool has. */
export function unitsFrom(list: Array<i32>, first: i32, counts: StaticArray<f64>): f64 {
  const base = changetype<usize>(counts);
  const end = list.dataStart + ((<usize>list.length) << 2);
  let at = list.dataStart + ((<usize>first) << 2);
  let units: f64 = 0;
  for (; at + 16 <= end; at += 16)
    units +=
      load<f64>(base + ((<usize>load<u32>(at)) << 3)) +
      load<f64>(base + ((<usize>load<u32>(at, 4)) << 3)) +
      load<f64>(base + ((<usize>load<u32>(at, 8)) << 3)) +
      load<f64>(base + ((<usize>load<u32>(at, 12)) << 3));
  for (; at < end; at += 4) units += load<f64>(base + ((<usize>load<u32>(at)) << 3));
  return units;
}
