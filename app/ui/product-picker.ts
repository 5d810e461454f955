import { appBridge } from './app-bridge.ts';
import { askFrame } from './outside/requests.ts';

/** A product, or one variant of it, that the merchant chose. */
export interface PickedItem {
  readonly productId: string;
  /** null = any variant */
  readonly variantId: string | null;
  readonly title: string;
}

const lastPart = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);

interface PickedProduct {
  readonly id: string;
  readonly title?: string;
  readonly totalVariants?: number;
  readonly variants?: readonly { readonly id?: string }[];
}

/** Rows for a picked product: one for "any variant" when all of them were chosen, else one a variant. */
export function rowsOfPicked(product: PickedProduct): PickedItem[] {
  const title = product.title ?? '';
  const productId = lastPart(product.id);
  const variants = (product.variants ?? []).flatMap((variant) =>
    variant.id === undefined ? [] : [lastPart(variant.id)],
  );
  const all = variants.length === 0 || variants.length >= (product.totalVariants ?? variants.length);
  return all ? [{ productId, variantId: null, title }] : variants.map((variantId) => ({ productId, variantId, title }));
}

/**
 * Opens the admin's product picker with the current rows chosen; `multiple` false lets one product be chosen.
 * @returns null when the merchant closed it without choosing, or where the admin offers none
 */
export async function pickProducts(
  current: readonly { productId: string; variantId: string | null }[],
  multiple = true,
): Promise<PickedItem[] | null> {
  const bridge = appBridge();
  if (!bridge) return fromFrame((done) => askFrame('pickProducts', { current, multiple, done }));
  const ids = [...new Set(current.map((row) => row.productId))];
  const picked = await bridge.resourcePicker({
    type: 'product',
    action: 'select',
    multiple,
    filter: { variants: true, archived: false, draft: false },
    selectionIds: ids.map((id) => {
      const variants = current.flatMap((row) =>
        row.productId === id && row.variantId !== null ? [{ id: `gid://shopify/ProductVariant/${row.variantId}` }] : [],
      );
      return { id: `gid://shopify/Product/${id}`, ...(variants.length > 0 ? { variants } : {}) };
    }),
  });
  return picked ? picked.flatMap((product) => rowsOfPicked(product as PickedProduct)) : null;
}

/** What our own dialog brings; null where no frame of ours is there to show one. */
const fromFrame = <Picked>(ask: (done: (picked: Picked | null) => void) => boolean): Promise<Picked | null> =>
  new Promise((resolve) => {
    if (!ask(resolve)) resolve(null);
  });

/** A collection that the merchant chose. */
export interface PickedCollection {
  readonly collectionId: string;
  readonly title: string;
}

/**
 * Opens the admin's picker of collections with the current ones chosen.
 * @returns null when the merchant closed it without choosing, or where the admin offers none
 */
export async function pickCollections(current: readonly string[]): Promise<PickedCollection[] | null> {
  const bridge = appBridge();
  if (!bridge) return fromFrame((done) => askFrame('pickCollections', { current, done }));
  const picked = await bridge.resourcePicker({
    type: 'collection',
    action: 'select',
    multiple: true,
    selectionIds: current.map((id) => ({ id: `gid://shopify/Collection/${id}` })),
  });
  return picked ? picked.map(({ id, title }) => ({ collectionId: lastPart(id), title: title ?? '' })) : null;
}
