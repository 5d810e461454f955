import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeVersion } from './model.ts';
import type { Reason } from './points-of-order.ts';
import { readRules } from './store.ts';
import { kept } from './store-orders.ts';

/** What an order has given, by which rules and why, as the order's note says it. */
export interface OrderReasons {
  readonly orderId: string;
  /** as the store names it; '' where the store has it no more */
  readonly name: string;
  readonly placedAt: Date;
  readonly points: number;
  readonly version: ProgrammeVersion;
  /** id of the tier that counted; '' = none */
  readonly tier: string;
  /** what was paid in; null where the store has the order no more */
  readonly currency: string | null;
  /** they add up to `points` */
  readonly reasons: readonly Reason[];
}

/** The last order of the page before. */
export type OrderPlace = Pick<OrderReasons, 'placedAt' | 'orderId'>;

interface Row extends Omit<OrderReasons, 'version' | 'reasons'> {
  readonly version: number;
  readonly reasons: unknown;
}

/** A condition on notes `n` may follow. */
const rowsOf = ({ shopId }: ShopScope): Prisma.Sql => Prisma.sql`
    SELECT n.order_id AS "orderId", coalesce(o.name, '') AS name, n.placed_at AS "placedAt", n.points, n.version, n.tier,
      o.currency, n.reasons
    FROM loyalty_order n LEFT JOIN "order" o ON o.shop_id = n.shop_id AND o.id = n.order_id
    WHERE n.shop_id = ${shopId}::uuid`;

/** What a member's orders gave, the newest first. */
export async function readReasonsOfMember(
  scope: ShopScope,
  customerId: string,
  { before, limit }: { readonly before: OrderPlace | null; readonly limit: number },
): Promise<OrderReasons[]> {
  const [at, id] = before === null ? [null, null] : [before.placedAt, before.orderId];
  const rows = await scope.tx.$queryRaw<Row[]>`
    ${rowsOf(scope)} AND n.customer_id = ${customerId}
      AND (${at}::timestamptz IS NULL OR (n.placed_at, n.order_id) < (${at}::timestamptz, ${id}::text))
    ORDER BY n.placed_at DESC, n.order_id DESC LIMIT ${limit}`;
  return withVersions(scope, rows);
}

/** What these orders gave, by their ids; without those that were never reckoned. */
export async function readReasonsOf(
  scope: ShopScope,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderReasons>> {
  if (orderIds.length === 0) return new Map();
  const rows = await scope.tx.$queryRaw<Row[]>`
    ${rowsOf(scope)} AND n.order_id = ANY(${[...orderIds]}::text[])`;
  return new Map((await withVersions(scope, rows)).map((order) => [order.orderId, order]));
}

/** All rules that ever were in force, by their number. */
export async function readVersions(scope: ShopScope): Promise<ReadonlyMap<number, ProgrammeVersion>> {
  return new Map(((await readRules(scope))?.versions ?? []).map((version) => [version.version, version]));
}

async function withVersions(scope: ShopScope, rows: readonly Row[]): Promise<OrderReasons[]> {
  const versions = await readVersions(scope);
  return rows.flatMap(({ reasons, version: number, ...row }) => {
    const version = versions.get(number);
    return version ? [{ ...row, version, reasons: kept.parse(reasons).why }] : [];
  });
}
