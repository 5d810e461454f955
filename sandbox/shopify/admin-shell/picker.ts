import type { SandboxProduct } from '../model.ts';
import type { Shop } from '../shop.ts';

const limit = 60;

/** Products as App Bridge's resource picker gives them to an app. */
export function pickerProducts(shop: Shop, query: string, ids: readonly string[]): object[] {
  const wanted = query.trim().toLowerCase();
  const products = [...shop.store.products.values()];
  const chosen = products.filter((product) => ids.includes(`gid://shopify/Product/${product.id}`));
  const found = products
    .filter((product) => !chosen.includes(product) && product.title.toLowerCase().includes(wanted))
    .slice(0, limit);
  return [...chosen, ...found].map((product) => pickerProduct(shop, product));
}

/** Collections as App Bridge's resource picker gives them to an app. */
export function pickerCollections(shop: Shop, query: string, ids: readonly string[]): object[] {
  const wanted = query.trim().toLowerCase();
  const products = [...shop.store.products.values()];
  const collections = [...shop.store.collections.values()];
  const chosen = collections.filter((collection) => ids.includes(`gid://shopify/Collection/${collection.id}`));
  const found = collections
    .filter((collection) => !chosen.includes(collection) && collection.title.toLowerCase().includes(wanted))
    .slice(0, limit);
  return [...chosen, ...found].map(({ id, handle, title }) => ({
    id: `gid://shopify/Collection/${id}`,
    title,
    handle,
    description: '',
    descriptionHtml: '',
    image: null,
    productsAutomaticallySortedCount: 0,
    productsCount: products.filter((product) => product.collectionIds.includes(id)).length,
    productsManuallySortedCount: 0,
    publicationCount: 1,
    ruleSet: null,
    seo: { description: null, title: null },
    sortOrder: 'BEST_SELLING',
    storefrontId: `gid://shopify/Collection/${id}`,
    templateSuffix: null,
    updatedAt: new Date(0).toISOString(),
    availablePublicationCount: 1,
  }));
}

function pickerProduct(shop: Shop, product: SandboxProduct): object {
  const image =
    product.imageUrl === null
      ? []
      : [
          {
            id: `gid://shopify/ProductImage/${product.id}`,
            altText: product.title,
            originalSrc: shop.sandboxUrl() + product.imageUrl,
          },
        ];
  return {
    id: `gid://shopify/Product/${product.id}`,
    title: product.title,
    handle: product.handle,
    descriptionHtml: product.descriptionHtml,
    productType: product.productType,
    vendor: product.vendor,
    tags: product.tags,
    status: product.status,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    publishedAt: product.publishedAt,
    availablePublicationCount: product.publishedAt === null ? 0 : 1,
    hasOnlyDefaultVariant: product.variants.length === 1,
    templateSuffix: null,
    totalInventory: product.variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0),
    totalVariants: product.variants.length,
    tracksInventory: product.variants.some((variant) => variant.tracked),
    images: image,
    options: [
      {
        id: `gid://shopify/ProductOption/${product.id}`,
        name: product.variants.length > 1 ? 'Size' : 'Title',
        position: 1,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    variants: product.variants.map((variant) => ({
      id: `gid://shopify/ProductVariant/${variant.id}`,
      title: variant.title,
      displayName: `${product.title} - ${variant.title}`,
      sku: variant.sku,
      barcode: null,
      price: variant.price,
      compareAtPrice: variant.compareAtPrice,
      position: variant.position,
      inventoryQuantity: variant.inventoryQuantity,
      inventoryPolicy: variant.inventoryPolicy,
      inventoryManagement: variant.tracked ? 'SHOPIFY' : 'NOT_MANAGED',
      availableForSale: !variant.tracked || variant.inventoryQuantity > 0 || variant.inventoryPolicy === 'CONTINUE',
      inventoryItem: { id: `gid://shopify/InventoryItem/${variant.inventoryItemId}` },
      product: { id: `gid://shopify/Product/${product.id}` },
      requiresShipping: true,
      taxable: true,
      createdAt: product.createdAt,
      updatedAt: product.updatedAt,
    })),
  };
}

/** What `shopify.app.extensions()` answers: where the theme's blocks and embeds stand. */
export function themeExtension(shop: Shop): object[] {
  const blocks = shop.extensions().themeBlocks;
  if (blocks.length === 0) return [];
  return [
    {
      handle: 'theme-app-extension',
      type: 'theme_app_extension',
      activations: blocks.map((block) => {
        const active = shop.store.themeBlocks.get(block.handle)?.active === true;
        const target =
          block.target === 'section'
            ? `template--${block.templates[0] ?? 'index'}/main/${block.handle}`
            : `current/${block.target}/${block.handle}`;
        return {
          target: block.target,
          handle: block.handle,
          name: block.name,
          status: active ? 'active' : 'available',
          activations: active ? [{ target, themeId: 'gid://shopify/OnlineStoreTheme/1' }] : [],
        };
      }),
    },
  ];
}
