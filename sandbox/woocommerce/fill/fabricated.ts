import { hashText } from '../../shopify/generator/random.ts';
import type { WooProduct, WooTables, WooTable } from '../model.ts';

/** Products of a very large store, numbered in a row and made only when they are read. */
export interface Fabricated {
  /** the ids that nobody has changed since, oldest first */
  ids(): Iterable<number>;
  product(id: number): WooProduct | null;
  /** when it was made, and changed */
  madeAt(id: number): string;
  /** somebody wrote this product: from now on the table has it */
  taken(id: number, record: WooTables[WooTable] | null): void;
}

const firstId = 5_000_000;
const materials = ['Oak', 'Linen', 'Brass', 'Cotton', 'Enamel', 'Wool', 'Glass', 'Cork', 'Slate', 'Bamboo'];
const goods = ['Board', 'Cushion', 'Lamp', 'Towel', 'Mug', 'Blanket', 'Vase', 'Coaster', 'Tray', 'Basket', 'Frame'];

/** `count` simple products with ids of their own; memory grows with what is written alone. */
export function fabricated(
  count: number,
  base: { readonly categories: readonly { readonly id: number }[] },
): Fabricated {
  const written = new Set<number>();
  const start = Date.parse('2024-01-01T00:00:00Z');
  const madeAt = (id: number): string => new Date(start + (id - firstId) * 60_000).toISOString();
  return {
    madeAt,
    *ids() {
      for (let index = 0; index < count; index += 1) if (!written.has(firstId + index)) yield firstId + index;
    },
    product: (id) => {
      const index = id - firstId;
      if (index < 0 || index >= count || written.has(id)) return null;
      const dice = hashText(id.toString());
      const material = materials[dice % materials.length] ?? 'Oak';
      const thing = goods[(dice >>> 8) % goods.length] ?? 'Board';
      const at = madeAt(id);
      const name = `${material} ${thing} No. ${(index + 1).toString()}`;
      const category = base.categories[(dice >>> 4) % Math.max(1, base.categories.length)];
      return {
        id,
        type: 'simple',
        status: 'publish',
        name,
        slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        description: `<p>${name}</p>\n`,
        shortDescription: '',
        featured: false,
        sku: `FAB-${(index + 1).toString().padStart(6, '0')}`,
        regularPrice: `${(4 + ((dice >>> 3) % 90)).toString()}.90`,
        salePrice: '',
        manageStock: false,
        stockQuantity: null,
        backorders: 'no',
        menuOrder: 0,
        categoryIds: category === undefined ? [] : [category.id],
        tagIds: [],
        brandIds: [],
        attributes: [],
        variationIds: [],
        upsellIds: [],
        crossSellIds: [],
        totalSales: 0,
        picture: null,
        metaData: [],
        createdAt: at,
        updatedAt: at,
      };
    },
    taken: (id) => {
      if (id >= firstId && id < firstId + count) written.add(id);
    },
  };
}
