import { z } from 'zod';
import type { PlatformProduct, PlatformVariant } from '#app/platforms/platform.ts';
import { parseDecimal } from '#app/shared/money.ts';
import { fromGid } from '../ids.ts';

const image = z.object({ preview: z.object({ image: z.object({ url: z.string() }).nullish() }).nullish() }).nullish();

/** A variant as every query of ours selects it. */
export const variantNode = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullish(),
  position: z.number().int(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  inventoryQuantity: z.number().int().nullish(),
  inventoryPolicy: z.enum(['DENY', 'CONTINUE']),
  inventoryItem: z.object({ tracked: z.boolean(), unitCost: z.object({ amount: z.string() }).nullish() }),
});

export const collectionNode = z.object({ id: z.string(), handle: z.string(), title: z.string() });

/** A product without its connections. */
export const productNode = z.object({
  id: z.string(),
  handle: z.string(),
  title: z.string(),
  description: z.string(),
  productType: z.string(),
  vendor: z.string(),
  tags: z.array(z.string()),
  status: z.string(),
  publishedAt: z.string().nullish(),
  isGiftCard: z.boolean(),
  sellingPlanGroupsCount: z.object({ count: z.number().int() }).nullish(),
  featuredMedia: image,
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
});

export type ProductNode = z.infer<typeof productNode>;
export type VariantNode = z.infer<typeof variantNode>;
export type CollectionNode = z.infer<typeof collectionNode>;

const statuses: Readonly<Record<string, PlatformProduct['status']>> = {
  ACTIVE: 'active',
  DRAFT: 'draft',
  ARCHIVED: 'archived',
};

function toVariant(node: VariantNode, currency: string): PlatformVariant {
  const { unitCost, tracked } = node.inventoryItem;
  return {
    id: fromGid(node.id),
    title: node.title,
    sku: node.sku ?? '',
    position: node.position,
    priceMinor: parseDecimal(node.price, currency),
    compareAtMinor: node.compareAtPrice ? parseDecimal(node.compareAtPrice, currency) : null,
    costMinor: unitCost ? parseDecimal(unitCost.amount, currency) : null,
    stock: tracked ? (node.inventoryQuantity ?? 0) : null,
    sellWhenOutOfStock: node.inventoryPolicy === 'CONTINUE',
    imageUrl: null,
  };
}

/** `currency` is the shop's: prices of products are in it. Unlisted states (UNLISTED) are kept out of suggestions as drafts. */
export function toProduct(
  node: ProductNode,
  variants: readonly VariantNode[],
  collections: readonly CollectionNode[],
  currency: string,
): PlatformProduct {
  return {
    id: fromGid(node.id),
    handle: node.handle,
    title: node.title,
    description: node.description,
    productType: node.productType,
    vendor: node.vendor,
    tags: node.tags,
    collections: collections.map((collection) => ({
      id: fromGid(collection.id),
      handle: collection.handle,
      title: collection.title,
    })),
    status: statuses[node.status] ?? 'draft',
    published: typeof node.publishedAt === 'string' && node.publishedAt !== '',
    giftCard: node.isGiftCard,
    sellingPlans: (node.sellingPlanGroupsCount?.count ?? 0) > 0,
    imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    variants: variants.map((variant) => toVariant(variant, currency)),
  };
}
