import type { Tx } from '#app/infra/database.ts';
import type { CatalogProduct, CatalogVariant } from './model.ts';

type ProductRow = NonNullable<Awaited<ReturnType<Tx['product']['findFirst']>>>;
type VariantRow = NonNullable<Awaited<ReturnType<Tx['variant']['findFirst']>>>;

const amount = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** True when a shopper can put the variant into the cart now. */
export function canBuy(variant: Pick<CatalogVariant, 'stock' | 'sellWhenOutOfStock'>): boolean {
  return variant.stock === null || variant.stock > 0 || variant.sellWhenOutOfStock;
}

export function toCatalogProduct(row: ProductRow, variantRows: readonly VariantRow[]): CatalogProduct {
  const variants = variantRows.map((variant) => ({
    id: variant.id,
    title: variant.title,
    sku: variant.sku,
    priceMinor: Number(variant.priceMinor),
    compareAtMinor: amount(variant.compareAtMinor),
    costMinor: amount(variant.costMinor),
    stock: variant.stock,
    sellWhenOutOfStock: variant.sellWhenOutOfStock,
    imageUrl: variant.imageUrl,
  }));
  const { id, handle, title, productType, vendor, tags, collectionIds, published, giftCard, imageUrl, deletedAt } = row;
  const status = row.status as CatalogProduct['status'];
  const available = published && status === 'active' && deletedAt === null && variants.some(canBuy);
  return {
    id,
    handle,
    title,
    productType,
    vendor,
    tags,
    collectionIds,
    status,
    published,
    giftCard,
    imageUrl,
    deletedAt,
    available,
    variants,
  };
}
