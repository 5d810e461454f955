import type { ProductCard } from './model.ts';

type Variant = ProductCard['variant'];
type Texts = [id: string, handle: string, title: string, productType: string, vendor: string, imageUrl: string | null];
type Numbers = [priceMinor: number, stock: number | null, marginBps: number | null];
type Packed = [
  texts: Texts,
  tags: readonly string[],
  collectionIds: readonly string[],
  sellable: boolean,
  numbers: Numbers,
  variant: Variant,
];

/** A card as bytes, about 300 of them. */
export function packCard(card: ProductCard): Buffer {
  const packed: Packed = [
    [card.id, card.handle, card.title, card.productType, card.vendor, card.imageUrl],
    card.tags,
    card.collectionIds,
    card.sellable,
    [card.priceMinor, card.stock, card.marginBps],
    card.variant,
  ];
  return Buffer.from(JSON.stringify(packed));
}

/** @param bytes made by `packCard` in this process */
export function unpackCard(bytes: Buffer): ProductCard {
  const [texts, tags, collectionIds, sellable, numbers, variant] = JSON.parse(bytes.toString()) as Packed;
  const [id, handle, title, productType, vendor, imageUrl] = texts;
  const [priceMinor, stock, marginBps] = numbers;
  return {
    id,
    handle,
    title,
    productType,
    vendor,
    tags,
    collectionIds,
    imageUrl,
    sellable,
    priceMinor,
    stock,
    marginBps,
    variant,
  };
}
