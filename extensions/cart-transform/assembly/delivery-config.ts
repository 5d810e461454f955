import {
  firstMember,
  kindList,
  kindMap,
  kindNumber,
  kindOfNode,
  kindText,
  lengthOfNode,
  memberOf,
  nextSibling,
  numberOfNode,
  parseJson,
  textOfNode,
} from '../../bundle-discount/assembly/json';
import { isCount, mostMinor } from '../../bundle-discount/assembly/kinds/cells';
import { Text } from '../../bundle-discount/assembly/text';
import { numbered } from '../../bundle-discount/assembly/texts';

// The keys of the metafield (`delivery-config.ts` of the definition), as bytes.
const letterM: u8 = 0x6d;
const letterN: u8 = 0x6e;
const letterV: u8 = 0x76;

/** A bundle whose sets become one line. */
export class MergedBundle {
  constructor(
    /** number of the bundle's id */
    readonly bundle: i32,
    readonly variant: Text,
    /** null = none */
    readonly imageUrl: Text | null,
  ) {}
}

/** A part of a bundle that is sold as a product. */
export class Component {
  constructor(
    readonly product: i32,
    readonly variant: i32,
    readonly quantity: f64,
    /** shop-currency minor units */
    readonly price: f64,
  ) {}
}

/** A bundle that is sold as a product of its own. */
export class NativeBundle {
  readonly components: Array<Component> = new Array<Component>();

  constructor(
    readonly bundle: Text,
    /** number of the variant that is sold */
    readonly variant: i32,
    readonly title: Text,
  ) {}
}

/** How bundles reach the cart. */
export class BundleDelivery {
  readonly merged: Array<MergedBundle> = new Array<MergedBundle>();
  readonly native: Array<NativeBundle> = new Array<NativeBundle>();

  /** The bundle with an id of this number; of several the last. */
  mergedOf(bundle: i32): MergedBundle | null {
    for (let at = this.merged.length - 1; at >= 0; at -= 1)
      if (unchecked(this.merged[at]).bundle === bundle) return unchecked(this.merged[at]);
    return null;
  }

  /** The bundle that is sold as the variant of this number; of several the last. */
  nativeOf(variant: i32): NativeBundle | null {
    for (let at = this.native.length - 1; at >= 0; at -= 1)
      if (unchecked(this.native[at]).variant === variant) return unchecked(this.native[at]);
    return null;
  }
}

function isRows(node: usize): bool {
  return node !== 0 && kindOfNode(node) === kindList;
}

function isWord(node: usize): bool {
  return kindOfNode(node) === kindText && lengthOfNode(node) > 0;
}

/** [bundle, parent variant, picture | 0]; null where a cell is not what was published. */
function readMerged(row: usize): MergedBundle | null {
  if (kindOfNode(row) !== kindList || lengthOfNode(row) < 3) return null;
  const bundle = firstMember(row);
  const variant = nextSibling(bundle);
  const picture = nextSibling(variant);
  if (!isWord(bundle) || !isWord(variant)) return null;
  const none = kindOfNode(picture) === kindNumber && numberOfNode(picture) === 0;
  if (!none && !isWord(picture)) return null;
  return new MergedBundle(numbered(textOfNode(bundle)), textOfNode(variant), none ? null : textOfNode(picture));
}

/** [bundle, variant, title, product, variant, quantity, price, …] */
function readNative(row: usize): NativeBundle | null {
  const length = kindOfNode(row) === kindList ? lengthOfNode(row) : 0;
  if (length < 7 || (length - 3) % 4 !== 0) return null;
  const bundle = firstMember(row);
  const variant = nextSibling(bundle);
  const title = nextSibling(variant);
  if (!isWord(bundle) || !isWord(variant) || !isWord(title)) return null;
  const native = new NativeBundle(textOfNode(bundle), numbered(textOfNode(variant)), textOfNode(title));
  let cell = title;
  for (let left = length - 3; left > 0; left -= 4) {
    const product = nextSibling(cell);
    const part = nextSibling(product);
    const quantity = nextSibling(part);
    cell = nextSibling(quantity);
    if (!isWord(product) || !isWord(part) || !isCount(quantity, 1, mostMinor) || !isCount(cell, 0, mostMinor))
      return null;
    native.components.push(
      new Component(
        numbered(textOfNode(product)),
        numbered(textOfNode(part)),
        numberOfNode(quantity),
        numberOfNode(cell),
      ),
    );
  }
  return native;
}

/** Reads the metafield; null when any of it is not what the server writes, so that nothing is half understood. */
export function decodeDelivery(text: Text): BundleDelivery | null {
  const root = parseJson(text);
  if (root === 0 || kindOfNode(root) !== kindMap) return null;
  const version = memberOf(root, letterV);
  const merged = memberOf(root, letterM);
  const native = memberOf(root, letterN);
  if (version === 0 || !isCount(version, 1, 1) || !isRows(merged) || !isRows(native)) return null;
  const delivery = new BundleDelivery();
  let row = firstMember(merged);
  for (let left = lengthOfNode(merged); left > 0; left -= 1) {
    const bundle = readMerged(row);
    if (bundle === null) return null;
    delivery.merged.push(bundle);
    row = nextSibling(row);
  }
  row = firstMember(native);
  for (let left = lengthOfNode(native); left > 0; left -= 1) {
    const bundle = readNative(row);
    if (bundle === null) return null;
    delivery.native.push(bundle);
    row = nextSibling(row);
  }
  return delivery;
}
