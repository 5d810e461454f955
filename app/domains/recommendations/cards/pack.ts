import { type CardMarks, makeMarks } from './marks.ts';
import type { ProductCard } from './model.ts';

type Variant = ProductCard['variant'];
type Texts = [handle: string, title: string, productType: string, vendor: string, imageUrl: string | null];
type Numbers = [priceMinor: number, stock: number | null, marginBps: number | null];
type Packed = [
  texts: Texts,
  tags: readonly string[],
  collectionIds: readonly string[],
  numbers: Numbers,
  variant: Variant,
];

/** Before the marks: whether it can be sold, how many marks there are, how many of them are tags; filled up to 16 bytes. */
const place = { sellable: 0, marks: 4, tags: 8 } as const;
const headBytes = 16;
const markBytes = 8;

/** A card as bytes, about 500 of them: numbers that every answer looks at, then JSON of the rest. */
export function packCard(card: ProductCard): Buffer {
  const { numbers, tags } = makeMarks(card);
  const packed: Packed = [
    [card.handle, card.title, card.productType, card.vendor, card.imageUrl],
    card.tags,
    card.collectionIds,
    [card.priceMinor, card.stock, card.marginBps],
    card.variant,
  ];
  const text = JSON.stringify(packed);
  const textAt = headBytes + numbers.byteLength;
  const bytes = Buffer.alloc(textAt + Buffer.byteLength(text));
  bytes.writeUInt32LE(card.sellable ? 1 : 0, place.sellable);
  bytes.writeUInt32LE(numbers.length, place.marks);
  bytes.writeUInt32LE(tags, place.tags);
  numbers.forEach((mark, nth) => bytes.writeDoubleLE(mark, headBytes + nth * markBytes));
  bytes.write(text, textAt);
  return bytes;
}

/**
 * @param bytes made by `packCard` in this process; read when something is asked of the card, so that they must not
 * change, and stay in memory as long as the card
 */
export const unpackCard = (bytes: Buffer, id: string): ProductCard => new HeldCard(bytes, id);

/** Of forty cards that an answer chooses from four are shown: the others' texts are never taken apart. */
class HeldCard implements ProductCard {
  readonly id: string;
  readonly sellable: boolean;
  readonly #bytes: Buffer;
  #marks: CardMarks | null = null;
  #whole: Packed | null = null;

  constructor(bytes: Buffer, id: string) {
    this.id = id;
    this.sellable = bytes.readUInt32LE(place.sellable) === 1;
    this.#bytes = bytes;
  }

  get marks(): CardMarks {
    this.#marks ??= readMarks(this.#bytes);
    return this.#marks;
  }

  get #packed(): Packed {
    if (this.#whole === null) {
      const textAt = headBytes + this.#bytes.readUInt32LE(place.marks) * markBytes;
      this.#whole = JSON.parse(this.#bytes.toString('utf8', textAt)) as Packed;
    }
    return this.#whole;
  }

  get handle() {
    return this.#packed[0][0];
  }
  get title() {
    return this.#packed[0][1];
  }
  get productType() {
    return this.#packed[0][2];
  }
  get vendor() {
    return this.#packed[0][3];
  }
  get imageUrl() {
    return this.#packed[0][4];
  }
  get tags() {
    return this.#packed[1];
  }
  get collectionIds() {
    return this.#packed[2];
  }
  get priceMinor() {
    return this.#packed[3][0];
  }
  get stock() {
    return this.#packed[3][1];
  }
  get marginBps() {
    return this.#packed[3][2];
  }
  get variant() {
    return this.#packed[4];
  }
}

function readMarks(bytes: Buffer): CardMarks {
  const [length, tags] = [bytes.readUInt32LE(place.marks), bytes.readUInt32LE(place.tags)];
  const from = bytes.byteOffset + headBytes;
  const numbers =
    from % markBytes === 0
      ? new Float64Array(bytes.buffer, from, length)
      : new Float64Array(bytes.buffer.slice(from, from + length * markBytes));
  return { numbers, tags };
}
