import { DiscountConfig } from '../../bundle-discount/assembly/decode-config';
import { FormedBundle, formBundles } from '../../bundle-discount/assembly/form-bundles';
import { elementOf, isText, keyOf, lengthOf, readText, valueOf } from '../../bundle-discount/assembly/input';
import { CartLine } from '../../bundle-discount/assembly/model';
import { Conversion } from '../../bundle-discount/assembly/rate';
import { stableSort } from '../../bundle-discount/assembly/sort';
import { compareTexts, sameText, Text } from '../../bundle-discount/assembly/text';
import { countOfTexts, numberOf } from '../../bundle-discount/assembly/texts';
import { BundleDelivery, MergedBundle } from './delivery-config';
import { gidOf, Operation, OutputPart } from './output';
import { percentageFor } from './percentage';
import { Room } from './room';

/** A line with what the shopper put it in for; what is left of it is counted down. */
class MarkedLine {
  constructor(
    readonly line: CartLine,
    readonly id: Text,
    /** number of the bundle's id, -1 = none that is known */
    readonly mark: i32,
    public left: f64,
  ) {}
}

function byLineId(a: MarkedLine, b: MarkedLine): i32 {
  return compareTexts(a.id, b.id);
}

function byOfferId(a: FormedBundle, b: FormedBundle): i32 {
  return compareTexts(a.offer.id, b.offer.id);
}

/** Units that are alike for every rule, wherever in the cart they stand. */
function alike(a: CartLine, b: CartLine): bool {
  return a.variant === b.variant && a.product === b.product && a.price === b.price && a.cost === b.cost;
}

/** Units of each kind in all of the equal sets. */
class Parts {
  readonly kinds: Array<CartLine> = new Array<CartLine>();
  readonly units: Array<f64> = new Array<f64>();
  /** what they cost together before the discount */
  price: f64 = 0;

  constructor(bundle: FormedBundle) {
    for (let at = 0; at < bundle.lines.length; at += 1) {
      const line = unchecked(bundle.lines[at]);
      const quantity = unchecked(bundle.quantities[at]);
      this.price += line.price * quantity;
      let kind = 0;
      while (kind < this.kinds.length && !alike(unchecked(this.kinds[kind]), line)) kind += 1;
      if (kind < this.kinds.length) unchecked((this.units[kind] += quantity));
      else {
        this.kinds.push(line);
        this.units.push(quantity);
      }
    }
  }
}

/** The marked lines of a cart by their variants. */
class Marked {
  readonly all: Array<MarkedLine> = new Array<MarkedLine>();
  private readonly byVariant: StaticArray<Array<MarkedLine> | null>;

  constructor(cartLines: u64, lines: Array<CartLine>) {
    const keyOfMark = keyOf('mark');
    const keyOfValue = keyOf('value');
    const byVariant = new StaticArray<Array<MarkedLine> | null>(countOfTexts());
    this.byVariant = byVariant;
    for (let at = 0; at < lines.length; at += 1) {
      const line = unchecked(lines[at]);
      const text = valueOf(valueOf(elementOf(cartLines, line.place), keyOfMark), keyOfValue);
      const mark = isText(text) ? numberOf(readText(text)) : -1;
      const marked = new MarkedLine(line, readText(line.id), mark, line.quantity);
      this.all.push(marked);
      // Shopify rejects any operation on a line with a selling plan, whatever the merchant's rules say.
      if (mark < 0 || line.sellingPlan || line.giftCard) continue;
      const known = unchecked(byVariant[line.variant]);
      if (known !== null) known.push(marked);
      else {
        const first = new Array<MarkedLine>();
        first.push(marked);
        unchecked((byVariant[line.variant] = first));
      }
    }
    for (let variant = 0; variant < byVariant.length; variant += 1) {
      const own = unchecked(byVariant[variant]);
      if (own !== null && own.length > 1) stableSort<MarkedLine>(own, byLineId);
    }
  }

  /** Lines of one set with the bundle's mark, as parts of the operation; false when there are not enough. */
  take(parts: Parts, count: f64, bundle: i32, operation: Operation, from: Array<MarkedLine>): bool {
    for (let kind = 0; kind < parts.kinds.length; kind += 1) {
      const like = unchecked(parts.kinds[kind]);
      let need = unchecked(parts.units[kind]) / count;
      const lines = unchecked(this.byVariant[like.variant]);
      for (let at = 0; lines !== null && at < lines.length && need > 0; at += 1) {
        const marked = unchecked(lines[at]);
        if (marked.mark !== bundle || marked.left <= 0 || !alike(marked.line, like)) continue;
        const quantity = Math.min(need, marked.left);
        operation.parts.push(new OutputPart(marked.id, quantity, null));
        from.push(marked);
        need -= quantity;
      }
      if (need > 0) return false;
    }
    return true;
  }

  /** The lines as far as they are left. */
  rest(): Array<CartLine> {
    const rest = new Array<CartLine>();
    for (let at = 0; at < this.all.length; at += 1) {
      const marked = unchecked(this.all[at]);
      const line = marked.line;
      if (marked.left <= 0) continue;
      rest.push(
        new CartLine(
          line.place,
          line.id,
          line.product,
          line.variant,
          marked.left,
          line.price,
          line.cost,
          line.giftCard,
          line.sellingPlan,
        ),
      );
    }
    return rest;
  }
}

/** True where a product of the cart is in a bundle whose price is tested: the discount prices those. */
function isTested(lines: Array<CartLine>, config: DiscountConfig): bool {
  const tests = config.priceTests;
  if (tests === null) return false;
  const tested = new StaticArray<bool>(countOfTexts());
  for (let at = 0; at < config.offers.length; at += 1) {
    const offer = unchecked(config.offers[at]);
    let found = false;
    for (let test = 0; test < tests.tests.length; test += 1)
      if (sameText(unchecked(tests.tests[test]).bundleId, offer.id)) found = true;
    if (!found) continue;
    const plans = offer.plans();
    for (let plan = 0; plan < plans.length; plan += 1) {
      const slots = unchecked(plans[plan]).slots;
      for (let slot = 0; slot < slots.length; slot += 1) {
        const items = unchecked(slots[slot]).items;
        for (let item = 0; item < items.length; item += 1) unchecked((tested[items[item].product] = true));
      }
    }
  }
  for (let at = 0; at < lines.length; at += 1) if (unchecked(tested[unchecked(lines[at]).product])) return true;
  return false;
}

/** Merges the sets of one bundle whose units are marked. @returns what comes off them */
function mergeBundle(bundle: FormedBundle, id: i32, parent: MergedBundle, marked: Marked, room: Room): f64 {
  const parts = new Parts(bundle);
  const count = bundle.count;
  const percentage = percentageFor(bundle.discount / count, parts.price / count, count);
  const variant = gidOf(parent.variant);
  let minor: f64 = 0;
  for (let set: f64 = 0; set < count; set += 1) {
    const offer = bundle.offer;
    const operation = new Operation(offer.title, offer.id, null, variant, parent.imageUrl, percentage);
    const from = new Array<MarkedLine>();
    if (!marked.take(parts, count, id, operation, from)) break;
    if (!room.fits(operation)) break;
    for (let at = 0; at < from.length; at += 1) unchecked(from[at]).left -= unchecked(operation.parts[at]).quantity;
    room.operations.push(operation);
    minor += bundle.discount / count;
  }
  return minor;
}

/**
 * Merges the sets that the rules form, where the shopper put their units in together and the merchant wants them as
 * one line. Nothing is merged unless the rest of the cart, priced alone, costs what it would have cost beside them.
 */
export function mergeSets(
  cartLines: u64,
  lines: Array<CartLine>,
  config: DiscountConfig,
  delivery: BundleDelivery,
  conversion: Conversion,
  room: Room,
): void {
  // An offer for the whole order looks at every line, also at a merged one, whose parts and costs it would not know.
  if (config.orderWide || isTested(lines, config)) return;
  const lineCount = lengthOf(cartLines);
  const formation = formBundles(lines, lineCount, config.offers, config.rules, conversion, 0);
  if (!formation.exact) return;
  const before = room.operations.length;
  const marked = new Marked(cartLines, lines);
  const seen = new StaticArray<bool>(countOfTexts());
  const bundles = formation.bundles.slice();
  stableSort<FormedBundle>(bundles, byOfferId);
  let merged: f64 = 0;
  for (let at = 0; at < bundles.length && !room.isFull; at += 1) {
    const bundle = unchecked(bundles[at]);
    const id = numberOf(bundle.offer.id);
    const parent = delivery.mergedOf(id);
    // Shopify joins merges of one parent and title to one line, so all of them must hold the same.
    if (parent === null || unchecked(seen[id])) continue;
    unchecked((seen[id] = true));
    merged += mergeBundle(bundle, id, parent, marked, room);
  }
  if (room.operations.length === before) return;
  const rest = formBundles(marked.rest(), lineCount, config.offers, config.rules, conversion, 0);
  if (!rest.exact || rest.minor !== formation.minor - merged) room.operations.length = before;
}
