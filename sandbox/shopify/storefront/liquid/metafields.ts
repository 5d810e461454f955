import type { SandboxStore } from '../../model.ts';
import { type ProductDrop, productDrop } from './product-drop.ts';

interface MetafieldDrop {
  readonly type: string;
  readonly value: unknown;
}

/**
 * The metafields of one owner as Liquid reads them: `owner.metafields.namespace.key.value`. `$app` stands for the
 * app's own namespace, as in theme app extensions. References point at published products only.
 */
export function metafieldsDrop(store: SandboxStore, ownerId: string): Record<string, Record<string, MetafieldDrop>> {
  const drop: Record<string, Record<string, MetafieldDrop>> = {};
  for (const metafield of store.metafieldsOf(ownerId)) {
    const space = (drop[metafield.namespace] ??= {});
    space[metafield.key] = {
      type: metafield.type,
      get value() {
        return readValue(store, metafield.type, metafield.value);
      },
    };
  }
  const own = drop[store.appNamespace()];
  if (own) drop['$app'] = own;
  return drop;
}

function readValue(store: SandboxStore, type: string, text: string): unknown {
  if (type === 'json' || type.startsWith('number')) return JSON.parse(text) as unknown;
  if (type === 'product_reference') return referencedProduct(store, text);
  if (type === 'list.product_reference') {
    const ids = JSON.parse(text) as string[];
    return ids.map((id) => referencedProduct(store, id)).filter((product) => product !== null);
  }
  return text;
}

function referencedProduct(store: SandboxStore, gid: string): ProductDrop | null {
  const product = store.products.get(gid.slice(gid.lastIndexOf('/') + 1));
  return product?.status === 'ACTIVE' && product.publishedAt !== null ? productDrop(store, product) : null;
}
