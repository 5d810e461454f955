import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';
import type { AnyBundle, AnyBundleForm, BundleListQuery, BundleNumbers, BundleProduct, BundleStatus } from './model.ts';
import { type BundleRow, type ItemRow, toBundle, toColumns } from './rows.ts';

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

async function withItems(scope: ShopScope, rows: readonly BundleRow[]): Promise<AnyBundle[]> {
  const items: ItemRow[] = await scope.tx.bundleItem.findMany({
    where: { shopId: scope.shopId, bundleId: { in: rows.map((row) => row.id) } },
  });
  const byBundle = groupBy(items, (item) => item.bundleId);
  return rows.map((row) => toBundle(row, byBundle.get(row.id) ?? []));
}

/**
 * One page of bundles that are not deleted. `status` filters by phase at `now`; `search` is a part of the
 * title, in any case.
 */
export async function readPage(
  scope: ShopScope,
  query: BundleListQuery,
  now: Date,
): Promise<{ bundles: AnyBundle[]; total: number }> {
  const pattern = `%${inPattern(query.search)}%`;
  const rows = await scope.tx.$queryRaw<{ id: string; total: bigint }[]>`
    WITH phased AS (
      SELECT b.id, b.title, b.updated_at,
             CASE WHEN b.status <> 'active' THEN b.status
                  WHEN b.ends_at <= ${now} THEN 'expired'
                  WHEN b.starts_at > ${now} THEN 'scheduled'
                  ELSE 'live' END AS phase
        FROM bundle b
       WHERE b.shop_id = ${scope.shopId}::uuid AND b.deleted_at IS NULL AND b.title ILIKE ${pattern}
         AND ${query.kind} IN ('all', b.kind)
    ), sold AS (
      SELECT l.bundle_id, sum(l.unit_price_minor::numeric * l.quantity - l.discount_minor) AS revenue
        FROM order_line l
        JOIN "order" o ON o.shop_id = l.shop_id AND o.id = l.order_id
       WHERE ${query.sort} = 'revenue' AND l.shop_id = ${scope.shopId}::uuid AND l.bundle_id IS NOT NULL
         AND o.cancelled_at IS NULL AND NOT o.test
       GROUP BY l.bundle_id
    )
    SELECT p.id, count(*) OVER () AS total
      FROM phased p LEFT JOIN sold s ON s.bundle_id = p.id
     WHERE ${query.status} = 'all' OR p.phase = ${query.status}
     ORDER BY CASE WHEN ${query.sort} = 'revenue' THEN coalesce(s.revenue, 0) END DESC NULLS LAST,
              CASE WHEN ${query.sort} = 'title' THEN lower(p.title) END ASC NULLS LAST,
              p.updated_at DESC, p.id
     LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
  // The total comes with the rows, so that a page behind the last one has to ask for it.
  if (rows.length === 0 && query.page > 1)
    return { bundles: [], total: (await readPage(scope, { ...query, page: 1, pageSize: 1 }, now)).total };
  const ids = rows.map((row) => row.id);
  const found = await scope.tx.bundle.findMany({ where: { shopId: scope.shopId, id: { in: ids } } });
  const bundles = await withItems(scope, found);
  return {
    bundles: ids.flatMap((id) => bundles.find((bundle) => bundle.id === id) ?? []),
    total: Number(rows[0]?.total ?? 0),
  };
}

/** One bundle that is not deleted, or null. `id` must be a UUID. */
export async function readBundle(scope: ShopScope, id: string): Promise<AnyBundle | null> {
  const row = await scope.tx.bundle.findFirst({ where: { shopId: scope.shopId, id, deletedAt: null } });
  return row ? ((await withItems(scope, [row]))[0] ?? null) : null;
}

/** Every active bundle that is not deleted, whatever its dates, oldest first. */
export async function readActive(scope: ShopScope): Promise<AnyBundle[]> {
  const rows = await scope.tx.bundle.findMany({
    where: { shopId: scope.shopId, status: 'active', deletedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return withItems(scope, rows);
}

async function writeItems(scope: ShopScope, bundleId: string, items: AnyBundleForm['items']): Promise<void> {
  await scope.tx.bundleItem.deleteMany({ where: { shopId: scope.shopId, bundleId } });
  await scope.tx.bundleItem.createMany({
    data: items.map((item, position) => ({
      shopId: scope.shopId,
      bundleId,
      position,
      ...item,
      role: item.role ?? 'part',
    })),
  });
}

/** Amounts are entered in it. */
/** Of these bundles those that are on, by title. */
export async function readActiveTitles(
  { tx, shopId }: ShopScope,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly title: string }[]> {
  return tx.bundle.findMany({
    where: { shopId, id: { in: [...ids] }, status: 'active', deletedAt: null },
    select: { id: true, title: true },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
  });
}

export async function currencyOfShop(scope: ShopScope): Promise<string> {
  const shop = await scope.tx.shop.findUniqueOrThrow({ where: { id: scope.shopId }, select: { currency: true } });
  return shop.currency;
}

/** Inserts a bundle at revision 1. @param currency of its amounts; left out = the shop's */
export async function insertBundle(
  scope: ShopScope,
  id: string,
  form: AnyBundleForm,
  now: Date,
  currency?: string,
): Promise<void> {
  await scope.tx.bundle.create({
    data: {
      shopId: scope.shopId,
      id,
      ...toColumns(form),
      currency: currency ?? (await currencyOfShop(scope)),
      createdAt: now,
      updatedAt: now,
    },
  });
  await writeItems(scope, id, form.items);
}

/** The column's: a client may send any number. */
const largestRevision = 2 ** 31 - 1;

/** Replaces a bundle if it still stands at `revision`; false when somebody else was faster or it is gone. */
export async function replaceBundle(
  scope: ShopScope,
  id: string,
  revision: number,
  form: AnyBundleForm,
  now: Date,
): Promise<boolean> {
  if (revision > largestRevision) return false;
  const { count } = await scope.tx.bundle.updateMany({
    where: { shopId: scope.shopId, id, revision, deletedAt: null },
    data: { ...toColumns(form), currency: await currencyOfShop(scope), updatedAt: now, revision: { increment: 1 } },
  });
  if (count === 1) await writeItems(scope, id, form.items);
  return count === 1;
}

/** Sets the status; false when the bundle is not there. */
export async function writeStatus(scope: ShopScope, id: string, status: BundleStatus, now: Date): Promise<boolean> {
  const { count } = await scope.tx.bundle.updateMany({
    where: { shopId: scope.shopId, id, deletedAt: null },
    data: { status, updatedAt: now, revision: { increment: 1 } },
  });
  return count === 1;
}

/** Marks as deleted (`at`) or takes the mark away (null); false when there is nothing to do so to. */
export async function writeDeleted(scope: ShopScope, id: string, at: Date | null, now: Date): Promise<boolean> {
  const { count } = await scope.tx.bundle.updateMany({
    where: { shopId: scope.shopId, id, deletedAt: at === null ? { not: null } : null },
    data: { deletedAt: at, updatedAt: now, revision: { increment: 1 } },
  });
  return count === 1;
}

/** The catalog's view of some products, with their variants in the platform's order. Unknown ids are left out. */
export async function readProducts(scope: ShopScope, ids: readonly string[]): Promise<BundleProduct[]> {
  const unique = [...new Set(ids)];
  const rows = await scope.tx.$queryRaw<
    { id: string; title: string; handle: string; image_url: string | null; gift_card: boolean; sellable: boolean }[]
  >`SELECT id, title, handle, image_url, gift_card, status = 'active' AND published AS sellable
      FROM product WHERE shop_id = ${scope.shopId}::uuid AND id = ANY(${unique}) AND deleted_at IS NULL`;
  const variants = await scope.tx.$queryRaw<
    {
      id: string;
      product_id: string;
      title: string;
      price_minor: bigint;
      cost_minor: bigint | null;
      stock: number | null;
      sell_when_out_of_stock: boolean;
    }[]
  >`SELECT id, product_id, title, price_minor, cost_minor, stock, sell_when_out_of_stock
      FROM variant WHERE shop_id = ${scope.shopId}::uuid AND product_id = ANY(${unique}) ORDER BY product_id, position, id`;
  const byProduct = groupBy(variants, (variant) => variant.product_id);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    handle: row.handle,
    imageUrl: row.image_url,
    giftCard: row.gift_card,
    sellable: row.sellable,
    variants: (byProduct.get(row.id) ?? []).map((variant) => ({
      id: variant.id,
      title: variant.title,
      priceMinor: Number(variant.price_minor),
      costMinor: variant.cost_minor === null ? null : Number(variant.cost_minor),
      stock: variant.stock,
      sellWhenOutOfStock: variant.sell_when_out_of_stock,
    })),
  }));
}

export const noNumbers: BundleNumbers = { orders: 0, unitsSold: 0, revenueMinor: 0, discountMinor: 0 };

/**
 * What each bundle sold, from the order lines that carry its mark. Refunded units are taken out in
 * proportion, half up. A bundle without sales is not in the map.
 */
export async function readNumbers(
  scope: ShopScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BundleNumbers>> {
  const rows = await scope.tx.$queryRaw<
    { bundle_id: string; orders: bigint; units: bigint; revenue: bigint; discount: bigint }[]
  >`
    SELECT l.bundle_id, count(DISTINCT l.order_id) AS orders, sum(l.quantity - l.refunded_quantity)::bigint AS units,
           sum(round((l.unit_price_minor::numeric * l.quantity - l.discount_minor) * (l.quantity - l.refunded_quantity) / l.quantity))::bigint AS revenue,
           sum(round(l.discount_minor::numeric * (l.quantity - l.refunded_quantity) / l.quantity))::bigint AS discount
      FROM order_line l
      JOIN "order" o ON o.shop_id = l.shop_id AND o.id = l.order_id
     WHERE l.shop_id = ${scope.shopId}::uuid AND l.bundle_id = ANY(${[...ids]}::uuid[])
       AND o.cancelled_at IS NULL AND NOT o.test AND l.quantity > 0
     GROUP BY l.bundle_id`;
  return new Map(
    rows.map((row) => [
      row.bundle_id,
      {
        orders: Number(row.orders),
        unitsSold: Number(row.units),
        revenueMinor: Number(row.revenue),
        discountMinor: Number(row.discount),
      },
    ]),
  );
}
