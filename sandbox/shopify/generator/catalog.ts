import type { SandboxCollection, SandboxProduct, SandboxVariant } from '../model.ts';
import { toText } from '../money.ts';
import { assortment, type TypeOfGoods } from './assortment.ts';
import type { Random } from './random.ts';
import { taxRate } from '../tax.ts';

export interface Catalog {
  readonly products: SandboxProduct[];
  readonly collections: SandboxCollection[];
}

/** A product's address in the storefront. */
export function handleOf(title: string): string {
  return (
    title
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'product'
  );
}

/** Products of the made-up store, the first `limit` of them, spread over all types. */
export function makeCatalog(random: Random, start: Date, limit: number): Catalog {
  const names = [...new Set(assortment.map((goods) => goods.collection))];
  const collections = names.map((title, index): SandboxCollection => ({
    id: (450_000_000_001 + index).toString(),
    handle: handleOf(title),
    title,
  }));
  const products: SandboxProduct[] = [];
  const rounds = Math.max(...assortment.map((goods) => goods.products.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const goods of assortment) {
      const title = goods.products[round];
      if (title === undefined || products.length >= limit) continue;
      products.push(makeProduct(random, start, goods, title, products.length, collections));
    }
  }
  return { products, collections };
}

function makeProduct(
  random: Random,
  start: Date,
  goods: TypeOfGoods,
  title: string,
  index: number,
  collections: readonly SandboxCollection[],
): SandboxProduct {
  const id = (8_100_000_000_001 + index).toString();
  const [low, high] = goods.price;
  const major = Math.round(low + (high - low) * random.next() ** 1.6);
  const priceMinor = major * 100 + (random.chance(0.5) ? -5 : 0);
  const status = random.chance(0.03) ? 'DRAFT' : 'ACTIVE';
  const soldOut = random.chance(0.05);
  const hasCost = random.chance(0.85);
  const created = new Date(start.getTime() - random.int(5, 400) * 86_400_000).toISOString();
  const sizes = goods.sizes ?? ['Default Title'];
  const variants = sizes.map((size, position): SandboxVariant => {
    const minor = priceMinor + position * Math.round((priceMinor * 0.25) / 100) * 100;
    return {
      id: (44_100_000_000_001 + index * 10 + position).toString(),
      inventoryItemId: (46_100_000_000_001 + index * 10 + position).toString(),
      title: size,
      sku: `${goods.type.slice(0, 3).toUpperCase()}-${(index + 1).toString().padStart(3, '0')}${sizes.length > 1 ? `-${(position + 1).toString()}` : ''}`,
      position: position + 1,
      price: toText(minor, 'EUR'),
      compareAtPrice: random.chance(0.08) ? toText(Math.round(minor * 1.25), 'EUR') : null,
      unitCost: hasCost
        ? toText(Math.round(((minor * goods.cost) / (1 + taxRate)) * (0.85 + random.next() * 0.3)), 'EUR')
        : null,
      tracked: true,
      inventoryQuantity: soldOut ? 0 : random.int(12, 260),
      inventoryPolicy: 'DENY',
    };
  });
  const collection = collections.find((candidate) => candidate.title === goods.collection);
  return {
    id,
    handle: handleOf(title),
    title,
    productType: goods.type,
    vendor: random.pick(goods.vendors),
    descriptionHtml: `<p>${title}, made for every day. Part of our ${goods.collection.toLowerCase()} range.</p>`,
    tags: [...goods.tags, ...(random.chance(0.2) ? ['gift'] : [])],
    collectionIds: collection === undefined ? [] : [collection.id],
    status,
    publishedAt: status === 'ACTIVE' ? created : null,
    isGiftCard: false,
    imageUrl: `/images/products/${id}.svg`,
    createdAt: created,
    updatedAt: created,
    variants,
  };
}
