import type { SandboxProduct, SandboxStore } from '../../model.ts';

type ToProduct = (product: SandboxProduct) => unknown;

interface MetafieldDrop {
  readonly type: string;
  readonly value: unknown;
}

/**
 * The metafields of one owner as Liquid reads them: `owner.metafields.namespace.key.value`. `$app` stands for the
 * app's own namespace, as in theme app extensions. References point at published products only and
 * become what `toProduct` makes of them.
 */
export function metafieldsDrop(
  store: SandboxStore,
  ownerId: string,
  toProduct: ToProduct,
): Record<string, Record<string, MetafieldDrop>> {
  const drop: Record<string, Record<string, MetafieldDrop>> = {};
  for (const metafield of store.metafieldsOf(ownerId)) {
    const space = (drop[metafield.namespace] ??= {});
    space[metafield.key] = {
      type: metafield.type,
      get value() {
        return readValue(store, metafield.type, metafield.value, toProduct);
      },
    };
  }
  const own = drop[store.appNamespace()];
  if (own) drop['$app'] = own;
  return drop;
}

function readValue(store: SandboxStore, type: string, text: string, toProduct: ToProduct): unknown {
  if (type === 'json' || type.startsWith('number')) return JSON.parse(text) as unknown;
  if (type === 'product_reference') return referencedProduct(store, text, toProduct);
  if (type === 'list.product_reference') {
    const ids = JSON.parse(text) as string[];
    return ids.map((id) => referencedProduct(store, id, toProduct)).filter((product) => product !== null);
  }
  return text;
}

function referencedProduct(store: SandboxStore, gid: string, toProduct: ToProduct): unknown {
  const product = store.products.get(gid.slice(gid.lastIndexOf('/') + 1));
  return product?.status === 'ACTIVE' && product.publishedAt !== null ? toProduct(product) : null;
}
