import type { SandboxCollection, SandboxProduct, SandboxStore } from '../model.ts';
import { productDrop } from './liquid/product-drop.ts';

export const pageSize = 24;

/** True for what shoppers may see. */
export function isPublished(product: SandboxProduct): boolean {
  return product.status === 'ACTIVE' && product.publishedAt !== null;
}

export interface Pagination {
  readonly current: number;
  readonly pages: number;
  readonly previous: string | null;
  readonly next: string | null;
}

/** One page of `items`; a page beyond the end is the last one. */
export function paginate<T>(
  items: readonly T[],
  page: number,
  address: (page: number) => string,
): { items: T[]; pagination: Pagination } {
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  const current = Math.min(Math.max(1, Number.isInteger(page) ? page : 1), pages);
  return {
    items: items.slice((current - 1) * pageSize, current * pageSize),
    pagination: {
      current,
      pages,
      previous: current > 1 ? address(current - 1) : null,
      next: current < pages ? address(current + 1) : null,
    },
  };
}

/** The collection at `handle`; `all` is every published product. */
export function findCollection(
  store: SandboxStore,
  handle: string,
  allTitle: string,
): { title: string; handle: string; products: SandboxProduct[] } | null {
  const published = [...store.products.values()].filter((product) => isPublished(product));
  if (handle === 'all') return { title: allTitle, handle, products: published };
  const collection = [...store.collections.values()].find((candidate) => candidate.handle === handle);
  return collection
    ? {
        title: collection.title,
        handle,
        products: published.filter((product) => product.collectionIds.includes(collection.id)),
      }
    : null;
}

/** Products whose words begin with every word of the search. */
export function searchProducts(store: SandboxStore, terms: string): SandboxProduct[] {
  const words = terms
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return [...store.products.values()].filter((product) => {
    if (!isPublished(product)) return false;
    const known = `${product.title} ${product.productType} ${product.vendor} ${product.tags.join(' ')}`
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => known.some((each) => each.startsWith(word)));
  });
}

/** Liquid's `collection` without its products. */
export function collectionCard(
  store: SandboxStore,
  collection: SandboxCollection,
): { title: string; url: string; image: string | null } {
  const first = [...store.products.values()].find(
    (product) => isPublished(product) && product.collectionIds.includes(collection.id),
  );
  return { title: collection.title, url: `/collections/${collection.handle}`, image: first?.imageUrl ?? null };
}

/** Others of the same collection or type, the page's product left out. */
export function relatedProducts(
  store: SandboxStore,
  product: SandboxProduct,
  count: number,
): ReturnType<typeof productDrop>[] {
  const others: ReturnType<typeof productDrop>[] = [];
  for (const candidate of store.products.values()) {
    if (others.length >= count) break;
    const near = candidate.productType === product.productType && candidate.productType !== '';
    if (candidate.id === product.id || !near || !isPublished(candidate)) continue;
    const drop = productDrop(store, candidate);
    if (drop.available) others.push(drop);
  }
  return others;
}
