import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';
import type { CatalogPage, CatalogProduct, CatalogSearch } from './model.ts';
import { toCatalogProduct } from './rows.ts';

const pageSize = 25;

/** Products by title, handle, vendor, type or SKU for pickers and look-ups; deleted ones are left out. Pages count from 1. */
export async function searchProducts(scope: ShopScope, search: CatalogSearch): Promise<CatalogPage> {
  const size = Math.min(100, search.pageSize ?? pageSize);
  const page = Math.max(1, search.page ?? 1);
  const text = inPattern(search.search?.trim() ?? '');
  const contains = { contains: text, mode: 'insensitive' } as const;
  const matching =
    text === ''
      ? {}
      : { OR: [{ title: contains }, { handle: contains }, { vendor: contains }, { productType: contains }] };
  const bySku =
    text === ''
      ? []
      : await scope.tx.variant.findMany({
          where: { shopId: scope.shopId, sku: { startsWith: text, mode: 'insensitive' } },
          select: { productId: true },
          take: 100,
        });
  const where = {
    shopId: scope.shopId,
    deletedAt: null,
    ...(search.activeOnly ? { status: 'active', published: true } : {}),
    ...(bySku.length === 0
      ? matching
      : { OR: [...(matching.OR ?? []), { id: { in: bySku.map((row) => row.productId) } }] }),
  };
  const rows = await scope.tx.product.findMany({
    where,
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    skip: (page - 1) * size,
    take: size,
  });
  const total = await scope.tx.product.count({ where });
  return { products: await withVariants(scope, rows), total, page, pageSize: size };
}

/** The named products, in no particular order; unknown ids are missing from the answer. */
export async function readProducts(scope: ShopScope, ids: readonly string[]): Promise<CatalogProduct[]> {
  const rows = await scope.tx.product.findMany({ where: { shopId: scope.shopId, id: { in: [...ids] } } });
  return withVariants(scope, rows);
}

/** The products with these handles that are not deleted, in no particular order; unknown handles are missing. */
export async function readProductsByHandle(scope: ShopScope, handles: readonly string[]): Promise<CatalogProduct[]> {
  const rows = await scope.tx.product.findMany({
    where: { shopId: scope.shopId, handle: { in: [...handles] }, deletedAt: null },
  });
  return withVariants(scope, rows);
}

/** Numbers of products that can be sold and of all that are not deleted. */
export async function countProducts(
  scope: ShopScope,
): Promise<{ products: number; published: number; withCost: number }> {
  const where = { shopId: scope.shopId, deletedAt: null };
  const products = await scope.tx.product.count({ where });
  const published = await scope.tx.product.count({ where: { ...where, published: true, status: 'active' } });
  const costs = await scope.tx.$queryRaw<{ n: bigint }[]>`
    SELECT count(DISTINCT product_id) AS n FROM variant WHERE shop_id = ${scope.shopId}::uuid AND cost_minor IS NOT NULL`;
  return { products, published, withCost: Number(costs[0]?.n ?? 0) };
}

type ProductRow = Parameters<typeof toCatalogProduct>[0];

async function withVariants(scope: ShopScope, rows: readonly ProductRow[]): Promise<CatalogProduct[]> {
  const variants = await scope.tx.variant.findMany({
    where: { shopId: scope.shopId, productId: { in: rows.map((row) => row.id) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  const byProduct = new Map<string, typeof variants>();
  for (const variant of variants) {
    const known = byProduct.get(variant.productId);
    if (known) known.push(variant);
    else byProduct.set(variant.productId, [variant]);
  }
  return rows.map((row) => toCatalogProduct(row, byProduct.get(row.id) ?? []));
}
