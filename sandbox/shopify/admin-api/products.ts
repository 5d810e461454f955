import type { SandboxCollection, SandboxProduct, SandboxVariant } from '../model.ts';
import { inOrder, sorted } from './connections.ts';
import type { AdminContext, Listers, Resolvers } from './context.ts';
import { search, type SearchFields } from './search.ts';
import { gid, idIn, money } from './values.ts';

/** A variant with its product, as the API's fields need both. */
export interface VariantNode {
  readonly id: string;
  readonly variant: SandboxVariant;
  readonly product: SandboxProduct;
}
export const variantNode = (product: SandboxProduct, variant: SandboxVariant): VariantNode => ({
  id: variant.id,
  product,
  variant,
});

const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const productFields: SearchFields<SandboxProduct> = {
  default: { kind: 'text', of: (product) => [product.title, product.productType, product.vendor, ...product.tags] },
  updated_at: { kind: 'time', of: (product) => product.updatedAt },
  created_at: { kind: 'time', of: (product) => product.createdAt },
  id: { kind: 'id', of: (product) => product.id },
  title: { kind: 'text', of: (product) => product.title },
  handle: { kind: 'text', of: (product) => product.handle },
  status: { kind: 'text', of: (product) => product.status },
  vendor: { kind: 'text', of: (product) => product.vendor },
  product_type: { kind: 'text', of: (product) => product.productType },
  tag: { kind: 'text', of: (product) => product.tags },
};

const sum = (product: SandboxProduct): number =>
  product.variants.reduce((total, variant) => total + (variant.tracked ? variant.inventoryQuantity : 0), 0);

function image(context: AdminContext, product: SandboxProduct) {
  if (product.imageUrl === null) return null;
  const url = context.sandboxUrl + product.imageUrl;
  return {
    id: gid('ProductImage', product.id),
    url,
    src: url,
    originalSrc: url,
    altText: product.title,
    width: 800,
    height: 800,
  };
}

function media(context: AdminContext, product: SandboxProduct) {
  const picture = image(context, product);
  return picture === null
    ? []
    : [
        {
          __typename: 'MediaImage',
          id: gid('MediaImage', product.id),
          alt: product.title,
          image: picture,
          preview: { image: picture },
          mediaContentType: 'IMAGE',
          status: 'READY',
          createdAt: product.createdAt,
          updatedAt: product.updatedAt,
        },
      ];
}

export const productResolvers: Resolvers<SandboxProduct> = {
  'Product.id': (product) => gid('Product', product.id),
  'Product.legacyResourceId': (product) => product.id,
  'Product.description': (product) => plainText(product.descriptionHtml),
  'Product.totalInventory': sum,
  'Product.tracksInventory': (product) => product.variants.some((variant) => variant.tracked),
  'Product.sellingPlanGroupsCount': (product) => ({ count: product.sellingPlanGroups ?? 0, precision: 'EXACT' }),
  'Product.variantsCount': (product) => ({ count: product.variants.length, precision: 'EXACT' }),
  'Product.hasOnlyDefaultVariant': (product) =>
    product.variants.length === 1 && product.variants[0]?.title === 'Default Title',
  'Product.featuredMedia': (product, _args, context) => media(context, product)[0] ?? null,
  'Product.featuredImage': (product, _args, context) => image(context, product),
  'Product.onlineStoreUrl': (product, _args, context) =>
    product.status === 'ACTIVE' && product.publishedAt !== null
      ? `${context.sandboxUrl}/products/${product.handle}`
      : null,
  'Product.onlineStorePreviewUrl': (product, _args, context) => `${context.sandboxUrl}/products/${product.handle}`,
  'Product.category': () => null,
  'Product.options': (product) => [
    {
      id: gid('ProductOption', product.id),
      name: product.variants.length > 1 ? 'Size' : 'Title',
      position: 1,
      values: product.variants.map((variant) => variant.title),
    },
  ],
  'Product.priceRangeV2': (product, _args, context) => {
    const prices = product.variants.map((variant) => variant.price).sort((a, b) => Number(a) - Number(b));
    return {
      minVariantPrice: money(prices[0] ?? '0', context.store.shop.currency),
      maxVariantPrice: money(prices.at(-1) ?? '0', context.store.shop.currency),
    };
  },
};

export const variantResolvers: Resolvers<VariantNode> = {
  'ProductVariant.id': ({ variant }) => gid('ProductVariant', variant.id),
  'ProductVariant.legacyResourceId': ({ variant }) => variant.id,
  'ProductVariant.title': ({ variant }) => variant.title,
  'ProductVariant.displayName': ({ variant, product }) => `${product.title} - ${variant.title}`,
  'ProductVariant.sku': ({ variant }) => variant.sku,
  'ProductVariant.barcode': () => null,
  'ProductVariant.position': ({ variant }) => variant.position,
  'ProductVariant.price': ({ variant }) => variant.price,
  'ProductVariant.compareAtPrice': ({ variant }) => variant.compareAtPrice,
  'ProductVariant.inventoryQuantity': ({ variant }) => variant.inventoryQuantity,
  'ProductVariant.inventoryPolicy': ({ variant }) => variant.inventoryPolicy,
  'ProductVariant.sellableOnlineQuantity': ({ variant }) => variant.inventoryQuantity,
  'ProductVariant.availableForSale': ({ variant }) =>
    !variant.tracked || variant.inventoryPolicy === 'CONTINUE' || variant.inventoryQuantity > 0,
  'ProductVariant.taxable': () => true,
  'ProductVariant.inventoryItem': (node) => node,
  'ProductVariant.product': ({ product }) => product,
  'ProductVariant.image': () => null,
  'ProductVariant.createdAt': ({ product }) => product.createdAt,
  'ProductVariant.updatedAt': ({ product }) => product.updatedAt,
  'ProductVariant.selectedOptions': ({ variant, product }) => [
    { name: product.variants.length > 1 ? 'Size' : 'Title', value: variant.title },
  ],
  'InventoryItem.id': ({ variant }) => gid('InventoryItem', variant.inventoryItemId),
  'InventoryItem.legacyResourceId': ({ variant }) => variant.inventoryItemId,
  'InventoryItem.unitCost': ({ variant }, _args, context) =>
    variant.unitCost === null ? null : money(variant.unitCost, context.store.shop.currency),
  'InventoryItem.tracked': ({ variant }) => variant.tracked,
  'InventoryItem.sku': ({ variant }) => variant.sku,
  'InventoryItem.requiresShipping': () => true,
  'InventoryItem.variant': (node) => node,
  'InventoryItem.createdAt': ({ product }) => product.createdAt,
  'InventoryItem.updatedAt': ({ product }) => product.updatedAt,
};

export const collectionResolvers: Resolvers<SandboxCollection> = {
  'Collection.id': (collection) => gid('Collection', collection.id),
  'Collection.legacyResourceId': (collection) => collection.id,
  'Collection.description': () => '',
  'Collection.productsCount': (collection, _args, context) => ({
    count: [...context.store.products.values()].filter((product) => product.collectionIds.includes(collection.id))
      .length,
    precision: 'EXACT',
  }),
};

export const productLists: Listers<SandboxProduct> = {
  'Product.variants': (product) =>
    inOrder(
      product.variants.map((variant) => variantNode(product, variant)),
      (node) => node.id,
    ),
  'Product.collections': (product, _args, context) =>
    inOrder(
      product.collectionIds.flatMap((id) => context.store.collections.get(id) ?? []),
      (collection) => collection.id,
    ),
  'Product.media': (product, _args, context) => inOrder(media(context, product), (item) => item.id),
  'Product.images': (product, _args, context) =>
    inOrder(
      media(context, product).map((item) => item.image),
      (item) => item.id,
    ),
};

export const catalogLists: Listers<unknown> = {
  'QueryRoot.products': (_source, args, context) =>
    sorted(
      search(context.store.products.values(), args, productFields, 'products', context),
      args,
      {
        ID: () => '',
        RELEVANCE: () => '',
        UPDATED_AT: (product) => product.updatedAt,
        CREATED_AT: (product) => product.createdAt,
        TITLE: (product) => product.title.toLowerCase(),
        VENDOR: (product) => product.vendor,
        PRODUCT_TYPE: (product) => product.productType,
        INVENTORY_TOTAL: sum,
      },
      'ID',
    ),
  'QueryRoot.productVariants': (_source, args, context) =>
    sorted(
      search(
        [...context.store.products.values()].flatMap((product) =>
          product.variants.map((variant) => variantNode(product, variant)),
        ),
        args,
        {
          id: { kind: 'id', of: (node) => node.id },
          sku: { kind: 'text', of: (node) => node.variant.sku },
          product_id: { kind: 'id', of: (node) => node.product.id },
          updated_at: { kind: 'time', of: (node) => node.product.updatedAt },
        },
        'productVariants',
        context,
      ),
      args,
      { ID: () => '', SKU: (node) => node.variant.sku, TITLE: (node) => node.variant.title },
      'ID',
    ),
  'QueryRoot.collections': (_source, args, context) =>
    sorted(
      search(
        context.store.collections.values(),
        args,
        {
          id: { kind: 'id', of: (collection) => collection.id },
          title: { kind: 'text', of: (collection) => collection.title },
          handle: { kind: 'text', of: (collection) => collection.handle },
        },
        'collections',
        context,
      ),
      args,
      { ID: () => '', TITLE: (collection) => collection.title },
      'ID',
    ),
  'InventoryItem.variants': (source) => inOrder([source as VariantNode], (node) => node.id),
  'Collection.products': (source, args, context) =>
    sorted(
      [...context.store.products.values()].filter((product) =>
        product.collectionIds.includes((source as SandboxCollection).id),
      ),
      args,
      { ID: () => '', COLLECTION_DEFAULT: () => '', TITLE: (product) => product.title },
      'COLLECTION_DEFAULT',
    ),
};

export const catalogQueries: Resolvers<unknown> = {
  'QueryRoot.product': (_source, args, context) =>
    context.store.products.get(idIn(args['id'], 'Product') ?? '') ?? null,
  'QueryRoot.productVariant': (_source, args, context) => findVariant(context, idIn(args['id'], 'ProductVariant')),
  'QueryRoot.collection': (_source, args, context) =>
    context.store.collections.get(idIn(args['id'], 'Collection') ?? '') ?? null,
  'QueryRoot.inventoryItem': (_source, args, context) => findInventoryItem(context, idIn(args['id'], 'InventoryItem')),
  'QueryRoot.productsCount': (_source, args, context) => ({
    count: search(context.store.products.values(), args, productFields, 'productsCount', context).length,
    precision: 'EXACT',
  }),
};

export function findVariant(context: AdminContext, id: string | null): VariantNode | null {
  const found = id === null ? null : context.store.variant(id);
  return found === null ? null : variantNode(found.product, found.variant);
}

export function findInventoryItem(context: AdminContext, id: string | null): VariantNode | null {
  for (const product of context.store.products.values()) {
    const variant = product.variants.find((candidate) => candidate.inventoryItemId === id);
    if (variant !== undefined) return variantNode(product, variant);
  }
  return null;
}
