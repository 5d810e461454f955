import { DiscountConfig } from '../../bundle-discount/assembly/decode-config';
import { mostMinor, mostUnits, variantPrefix } from '../../bundle-discount/assembly/earned';
import { formBundles } from '../../bundle-discount/assembly/form-bundles';
import {
  elementOf,
  isNull,
  keyOf,
  lengthOf,
  readText,
  valueOf,
  readTextAfter,
} from '../../bundle-discount/assembly/input';
import { CartLine, Offer } from '../../bundle-discount/assembly/model';
import { formatDecimal, parseDecimal, splitByWeights } from '../../bundle-discount/assembly/money';
import { Conversion } from '../../bundle-discount/assembly/rate';
import { sameText, Text } from '../../bundle-discount/assembly/text';
import { numberOf, textOf } from '../../bundle-discount/assembly/texts';
import { BundleDelivery, NativeBundle } from './delivery-config';
import { gidOf, Operation, OutputPart } from './output';
import { Room } from './room';

const nothing = new Text(0, 0);

/** The offers with this id: one or none. */
function offersOf(config: DiscountConfig, bundle: Text): Array<Offer> {
  const offers = new Array<Offer>();
  for (let at = 0; at < config.offers.length; at += 1)
    if (sameText(unchecked(config.offers[at]).id, bundle)) offers.push(unchecked(config.offers[at]));
  return offers;
}

/** The components as lines of a cart of their own; null where one cannot be that. */
function linesOf(native: NativeBundle, conversion: Conversion, config: DiscountConfig): Array<CartLine> | null {
  const lines = new Array<CartLine>();
  let full: f64 = 0;
  for (let at = 0; at < native.components.length; at += 1) {
    const part = unchecked(native.components[at]);
    if (part.quantity > mostUnits) return null;
    const price = conversion.nearest(part.price);
    const cost = config.costOf(part.product, textOf(part.variant));
    full += price * part.quantity;
    // Without ids the lines of a pool keep the order of the components.
    lines.push(new CartLine(at, 0, part.product, part.variant, part.quantity, price, cost, false, false));
  }
  return full > mostMinor ? null : lines;
}

/** One part, or two a minor unit apart where the amount does not divide by its units. */
function addParts(operation: Operation, variant: i32, total: f64, quantity: f64, digits: i32): void {
  const id = gidOf(textOf(variant));
  const low = Math.floor(total / quantity);
  const higher = total - low * quantity;
  if (higher > 0) operation.parts.push(new OutputPart(id, higher, formatDecimal(low + 1, digits)));
  if (quantity > higher) operation.parts.push(new OutputPart(id, quantity - higher, formatDecimal(low, digits)));
}

/** A line of a bundle product as its components; null where it is Shopify's to expand. */
function expansionOf(
  id: Text,
  shown: f64,
  native: NativeBundle,
  config: DiscountConfig,
  conversion: Conversion,
  digits: i32,
): Operation | null {
  if (!(shown >= 0)) return null;
  const lines = linesOf(native, conversion, config);
  if (lines === null) return null;
  const offers = offersOf(config, native.bundle);
  const formation = formBundles(lines, lines.length, offers, config.rules, conversion, 0);
  if (!formation.tried) return null;
  const weights = new Array<f64>();
  let full: f64 = 0;
  for (let at = 0; at < lines.length; at += 1) {
    weights.push(unchecked(lines[at]).price * unchecked(lines[at]).quantity);
    full += unchecked(weights[at]);
  }
  // Never dearer than the price that stood on the bundle's page, however the market rounds it.
  const shares = splitByWeights(Math.max(formation.minor, full - shown), weights);
  const operation = new Operation(native.title, native.bundle, id, nothing, null, nothing);
  for (let at = 0; at < lines.length; at += 1) {
    const line = unchecked(lines[at]);
    addParts(operation, line.variant, unchecked(weights[at]) - unchecked(shares[at]), line.quantity, digits);
  }
  return operation;
}

/** Expands each line of a bundle product, as long as there is room for it. @returns whether there was for all */
export function expandNative(
  cartLines: u64,
  config: DiscountConfig,
  delivery: BundleDelivery,
  conversion: Conversion,
  digits: i32,
  room: Room,
): bool {
  if (delivery.native.length === 0) return true;
  const keyOfItem = keyOf('item');
  const keyOfId = keyOf('id');
  const keyOfPlan = keyOf('plan');
  const keyOfCost = keyOf('cost');
  const keyOfEach = keyOf('each');
  const keyOfAmount = keyOf('amount');
  for (let place = 0; place < lengthOf(cartLines); place += 1) {
    const line = elementOf(cartLines, place);
    const variant = numberOf(readTextAfter(valueOf(valueOf(line, keyOfItem), keyOfId), variantPrefix));
    // A text without a number is -1, as which nothing is sold.
    const native = delivery.nativeOf(variant);
    if (native === null || !isNull(valueOf(line, keyOfPlan))) continue;
    const amount = readText(valueOf(valueOf(valueOf(line, keyOfCost), keyOfEach), keyOfAmount));
    const id = readText(valueOf(line, keyOfId));
    const operation = expansionOf(id, parseDecimal(amount, digits), native, config, conversion, digits);
    if (operation === null) continue;
    if (!room.fits(operation)) return false;
    room.operations.push(operation);
  }
  return true;
}
