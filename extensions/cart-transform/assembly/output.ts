import { keyOf } from '../../bundle-discount/assembly/input';
import {
  closeList,
  closeObject,
  openList,
  openObject,
  writeKey,
  writeText,
  writeWhole,
} from '../../bundle-discount/assembly/output';
import { roomFor, Text } from '../../bundle-discount/assembly/text';
import { jsonLength } from '../../bundle-discount/assembly/utf8';

const variantGid = 'gid://shopify/ProductVariant/';

/** Some units of a line that is merged, or of a variant that takes part in an expanded line. */
export class OutputPart {
  constructor(
    /** id of the line, or of the variant */
    readonly id: Text,
    readonly quantity: f64,
    /** what one unit costs, null for a part of a merged line */
    readonly price: Text | null,
  ) {}

  /** Bytes in JSON. */
  bytes(attribute: i32): i32 {
    const digits = lengthOfWhole(this.quantity) + jsonLength(this.id);
    const price = this.price;
    if (price === null) return '{"cartLineId":,"quantity":}'.length + digits;
    const around = '{"merchandiseId":,"quantity":,"price":{"adjustment":{"fixedPricePerUnit":{"amount":""}}},}'.length;
    return around + digits + price.length + attribute;
  }
}

/** One operation: a bundle's line in place of parts, or parts in place of a bundle's line. */
export class Operation {
  readonly parts: Array<OutputPart> = new Array<OutputPart>();

  constructor(
    readonly title: Text,
    readonly bundle: Text,
    /** the line that is expanded; null = its parts are merged */
    readonly line: Text | null,
    /** the variant that stands for the merged lines */
    readonly parent: Text,
    readonly imageUrl: Text | null,
    /** per cent off the merged units */
    readonly percentage: Text,
  ) {}

  /** Bytes in JSON. */
  bytes(): i32 {
    const line = this.line;
    const attribute = '"attributes":[{"key":"_trellis_bundle","value":}]'.length + jsonLength(this.bundle);
    let bytes = jsonLength(this.title) + max(0, this.parts.length - 1);
    for (let at = 0; at < this.parts.length; at += 1) bytes += unchecked(this.parts[at]).bytes(attribute);
    if (line !== null)
      return bytes + '{"lineExpand":{"cartLineId":,"title":,"expandedCartItems":[]}}'.length + jsonLength(line);
    const image = this.imageUrl;
    if (image !== null) bytes += '"image":{"url":},'.length + jsonLength(image);
    bytes += '{"linesMerge":{"parentVariantId":,"title":,"price":{"percentageDecrease":{"value":""}},,"cartLines":[]}}'
      .length;
    return bytes + attribute + jsonLength(this.parent) + this.percentage.length;
  }
}

function lengthOfWhole(value: f64): i32 {
  let length = 1;
  for (let rest = value; rest >= 10; rest /= 10) length += 1;
  return length;
}

/** The global id of a variant. */
export function gidOf(variant: Text): Text {
  const prefix = variantGid.length;
  const at = roomFor(prefix + variant.length);
  for (let index = 0; index < prefix; index += 1) store<u8>(at + index, <u8>variantGid.charCodeAt(index));
  memory.copy(at + prefix, variant.at, variant.length);
  return new Text(at, prefix + variant.length);
}

/** Writes operations; every key is sent once. */
export class OperationWriter {
  private readonly lineExpand: i32 = keyOf('lineExpand');
  private readonly linesMerge: i32 = keyOf('linesMerge');
  private readonly cartLineId: i32 = keyOf('cartLineId');
  private readonly title: i32 = keyOf('title');
  private readonly expandedCartItems: i32 = keyOf('expandedCartItems');
  private readonly merchandiseId: i32 = keyOf('merchandiseId');
  private readonly quantity: i32 = keyOf('quantity');
  private readonly price: i32 = keyOf('price');
  private readonly adjustment: i32 = keyOf('adjustment');
  private readonly fixedPricePerUnit: i32 = keyOf('fixedPricePerUnit');
  private readonly amount: i32 = keyOf('amount');
  private readonly attributes: i32 = keyOf('attributes');
  private readonly key: i32 = keyOf('key');
  private readonly mark: i32 = keyOf('_trellis_bundle');
  private readonly value: i32 = keyOf('value');
  private readonly parentVariantId: i32 = keyOf('parentVariantId');
  private readonly image: i32 = keyOf('image');
  private readonly url: i32 = keyOf('url');
  private readonly percentageDecrease: i32 = keyOf('percentageDecrease');
  private readonly cartLines: i32 = keyOf('cartLines');

  write(operation: Operation): void {
    const line = operation.line;
    openObject(1);
    if (line !== null) this.writeExpand(operation, line);
    else this.writeMerge(operation);
    closeObject();
  }

  private writeExpand(operation: Operation, line: Text): void {
    writeKey(this.lineExpand);
    openObject(3);
    this.writeMember(this.cartLineId, line);
    this.writeMember(this.title, operation.title);
    writeKey(this.expandedCartItems);
    openList(operation.parts.length);
    for (let at = 0; at < operation.parts.length; at += 1) {
      const part = unchecked(operation.parts[at]);
      openObject(4);
      this.writeMember(this.merchandiseId, part.id);
      writeKey(this.quantity);
      writeWhole(<i32>part.quantity);
      writeKey(this.price);
      openObject(1);
      writeKey(this.adjustment);
      this.writeNested(this.fixedPricePerUnit, this.amount, part.price!);
      closeObject();
      this.writeAttributes(operation);
      closeObject();
    }
    closeList();
    closeObject();
  }

  private writeMerge(operation: Operation): void {
    const image = operation.imageUrl;
    writeKey(this.linesMerge);
    openObject(image === null ? 5 : 6);
    this.writeMember(this.parentVariantId, operation.parent);
    this.writeMember(this.title, operation.title);
    if (image !== null) {
      writeKey(this.image);
      openObject(1);
      this.writeMember(this.url, image);
      closeObject();
    }
    writeKey(this.price);
    this.writeNested(this.percentageDecrease, this.value, operation.percentage);
    this.writeAttributes(operation);
    writeKey(this.cartLines);
    openList(operation.parts.length);
    for (let at = 0; at < operation.parts.length; at += 1) {
      const part = unchecked(operation.parts[at]);
      openObject(2);
      this.writeMember(this.cartLineId, part.id);
      writeKey(this.quantity);
      writeWhole(<i32>part.quantity);
      closeObject();
    }
    closeList();
    closeObject();
  }

  private writeMember(key: i32, text: Text): void {
    writeKey(key);
    writeText(text);
  }

  /** `{"outer":{"inner":"text"}}` */
  private writeNested(outer: i32, inner: i32, text: Text): void {
    openObject(1);
    writeKey(outer);
    openObject(1);
    this.writeMember(inner, text);
    closeObject();
    closeObject();
  }

  private writeAttributes(operation: Operation): void {
    writeKey(this.attributes);
    openList(1);
    openObject(2);
    writeKey(this.key);
    writeKey(this.mark);
    this.writeMember(this.value, operation.bundle);
    closeObject();
    closeList();
  }
}
