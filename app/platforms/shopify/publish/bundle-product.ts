import {
  type BundleProductPublication,
  type BundleProductState,
  type BundleSupport,
  PlatformRefusal,
  type ShopRef,
} from '#app/platforms/platform.ts';
import { formatDecimal, parseDecimal } from '#app/shared/money.ts';
import {
  bundleSupportDocument,
  changeProductDocument,
  componentOptionsDocument,
  createBundleDocument,
  deleteProductDocument,
  readBundleOperationDocument,
  readBundleProductDocument,
  setBundlePriceDocument,
  updateBundleDocument,
} from '../documents/bundle-products.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import type { Answer } from '../graphql/document.ts';
import { fromGid, toGid } from '../ids.ts';

type BundleProduct = NonNullable<Answer<typeof readBundleProductDocument>['product']>;

/** Which operations the store's plan opens to apps; asked each time, because plans change. */
export async function readBundleSupport(client: AdminClient, shop: ShopRef): Promise<BundleSupport> {
  const { bundles, cartTransform } = (await client.run(shop, bundleSupportDocument)).shop.features;
  return {
    mergeLines: cartTransform.eligibleOperations.mergeOperation,
    expandLines: cartTransform.eligibleOperations.expandOperation,
    bundleProducts: bundles.eligibleForBundles,
  };
}

/**
 * Brings a bundle's product one step nearer to `bundle`: begun operations are asked about, a product that differs
 * in title or components is changed by a new operation, and price and status are set once it stands.
 */
export async function publishBundleProduct(
  client: AdminClient,
  shop: ShopRef,
  bundle: BundleProductPublication,
): Promise<BundleProductState> {
  let productId = bundle.productId;
  if (bundle.operation !== null) {
    const { productOperation: operation } = await client.run(shop, readBundleOperationDocument, {
      id: bundle.operation,
    });
    if (operation && operation.status !== 'COMPLETE')
      return { status: 'pending', operation: bundle.operation, productId };
    refuseUserErrors('productBundleOperation', operation?.userErrors ?? []);
    productId = operation?.product ? fromGid(operation.product.id) : productId;
  }
  const product =
    productId === null
      ? null
      : ((await client.run(shop, readBundleProductDocument, { id: toGid('Product', productId) })).product ?? null);
  if (!product) return begin(client, shop, bundle, null);
  if (product.title !== bundle.title || !sameComponents(product, bundle))
    return begin(client, shop, bundle, product.id);
  return finish(client, shop, bundle, product);
}

function sameComponents(product: BundleProduct, bundle: BundleProductPublication): boolean {
  const standing = product.bundleComponents.nodes.map(
    (node) => `${fromGid(node.componentVariants.nodes[0]?.id ?? node.componentProduct.id)}*${node.quantity ?? 1}`,
  );
  const wanted = bundle.components.map((part) => `${part.variantId}*${part.quantity}`);
  return standing.sort().join() === wanted.sort().join();
}

async function begin(
  client: AdminClient,
  shop: ShopRef,
  bundle: BundleProductPublication,
  id: string | null,
): Promise<BundleProductState> {
  const { nodes } = await client.run(shop, componentOptionsDocument, {
    ids: bundle.components.map((part) => toGid('ProductVariant', part.variantId)),
  });
  const components = bundle.components.map((part, index) => {
    const variant = nodes[index];
    if (!variant) throw new PlatformRefusal('COMPONENT_GONE', 'a product of the bundle is no longer in the store.');
    return {
      productId: variant.product.id,
      quantity: part.quantity,
      optionSelections: variant.product.options.map((option) => ({
        componentOptionId: option.id,
        name: option.name,
        values: variant.selectedOptions.filter(({ name }) => name === option.name).map(({ value }) => value),
      })),
    };
  });
  const input = { title: bundle.title, components, consolidatedOptions: [] };
  const payload =
    id === null
      ? (await client.run(shop, createBundleDocument, { input })).productBundleCreate
      : (await client.run(shop, updateBundleDocument, { input: { ...input, productId: id } })).productBundleUpdate;
  refuseUserErrors('productBundle', payload.userErrors);
  if (!payload.productBundleOperation) throw new PlatformRefusal('NO_OPERATION', 'Shopify began no bundle operation');
  return {
    status: 'pending',
    operation: payload.productBundleOperation.id,
    productId: id === null ? null : fromGid(id),
  };
}

async function finish(
  client: AdminClient,
  shop: ShopRef,
  bundle: BundleProductPublication,
  product: BundleProduct,
): Promise<BundleProductState> {
  const [variant] = product.variants.nodes;
  if (!variant) throw new PlatformRefusal('NO_VARIANT', 'the product of the bundle has no variant');
  const minor = (text: string | null | undefined): number | null => (text ? parseDecimal(text, bundle.currency) : null);
  const before = bundle.fullPriceMinor > bundle.priceMinor ? bundle.fullPriceMinor : null;
  if (minor(variant.price) !== bundle.priceMinor || minor(variant.compareAtPrice) !== before) {
    const price = {
      id: variant.id,
      price: formatDecimal(bundle.priceMinor, bundle.currency),
      compareAtPrice: before === null ? null : formatDecimal(before, bundle.currency),
    };
    const { productVariantsBulkUpdate } = await client.run(shop, setBundlePriceDocument, {
      productId: product.id,
      variants: [price],
    });
    refuseUserErrors('productVariantsBulkUpdate', productVariantsBulkUpdate.userErrors);
  }
  // One that only names merged lines can be reached by the cart and is found by nobody.
  await setStatus(client, shop, product, bundle.sold ? 'ACTIVE' : 'UNLISTED');
  return { status: 'ready', productId: fromGid(product.id), variantId: fromGid(variant.id) };
}

async function setStatus(
  client: AdminClient,
  shop: ShopRef,
  product: { readonly id: string; readonly status: string },
  status: string,
): Promise<void> {
  if (product.status === status) return;
  const { productUpdate } = await client.run(shop, changeProductDocument, { product: { id: product.id, status } });
  refuseUserErrors('productUpdate', productUpdate.userErrors);
}

/** Takes a bundle's product out of sale or out of the store; one that is gone already is left so. */
export async function retireBundleProduct(
  client: AdminClient,
  shop: ShopRef,
  productId: string,
  how: 'hidden' | 'removed',
): Promise<void> {
  const id = toGid('Product', productId);
  const { product } = await client.run(shop, readBundleProductDocument, { id });
  if (!product) return;
  if (how === 'hidden') return setStatus(client, shop, product, 'DRAFT');
  const { productDelete } = await client.run(shop, deleteProductDocument, { id });
  refuseUserErrors('productDelete', productDelete.userErrors);
}
