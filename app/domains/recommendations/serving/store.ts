import pg from 'pg';
import type { Database, ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type Head, headSchema } from './head.ts';
import { inOneTrip } from './one-trip.ts';
import { unpackVoice, type Voice } from './voice.ts';

/** What an answer depends on besides the cart; a change of any number makes older answers unreachable. */
export interface ServingState {
  readonly version: number;
  /** new orders since the training */
  readonly revision: number;
  /** the merchant's rules and settings */
  readonly wishes: number;
}

/** Where the shop's answers stand; version 0 before the first training. */
export async function readServingState(db: Pick<Database, 'pool'>, shopId: ShopId): Promise<ServingState> {
  const rows = await inOneTrip<ServingState>(
    db,
    shopId,
    `SELECT coalesce((SELECT version FROM recommendation_version WHERE shop_id = '${shopId}'::uuid AND status = 'active'), 0) AS version,
       coalesce((SELECT revision FROM recommendation_version WHERE shop_id = '${shopId}'::uuid AND status = 'active'), 0) AS revision,
       coalesce((SELECT revision FROM recommendation_setting WHERE shop_id = '${shopId}'::uuid), 0) AS wishes`,
  );
  return rows[0] ?? { version: 0, revision: 0, wishes: 0 };
}

/** What all carts share, or null where the version has none (trained before voices were stored, or none). */
export async function readHead(db: Pick<Database, 'pool'>, shopId: ShopId, version: number): Promise<Head | null> {
  const rows = await fetchRows(db, shopId, version, ['']);
  return rows[0] ? headSchema.parse(JSON.parse(rows[0].data.toString())) : null;
}

/** The voices of some products, by id; those without one are left out. */
export async function fetchVoices(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  productIds: readonly string[],
): Promise<Map<string, Voice>> {
  if (productIds.length === 0) return new Map();
  const rows = await fetchRows(db, shopId, version, productIds);
  return new Map(rows.map((row) => [row.product_id, unpackVoice(row.data)]));
}

/** Products whose voices a revision after `since` has changed. */
export async function readChangedSince(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  since: number,
): Promise<string[]> {
  const rows = await inOneTrip<{ product_id: string }>(
    db,
    shopId,
    `SELECT product_id FROM recommendation_voice
     WHERE shop_id = '${shopId}'::uuid AND version = ${Math.trunc(version)} AND revision > ${Math.trunc(since)}`,
  );
  return rows.map((row) => row.product_id);
}

export interface Purchase {
  readonly productId: string;
  readonly times: number;
  readonly lastAt: Date;
}

/** A customer of more products than this owns a shop. */
const mostPurchases = 500;

/** What a customer bought and kept, the latest first. */
export async function fetchPurchases(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  customerId: string,
): Promise<Purchase[]> {
  return inOneTrip<Purchase>(
    db,
    shopId,
    `SELECT l.product_id AS "productId", count(DISTINCT o.id)::int AS times, max(o.placed_at) AS "lastAt"
     FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
     WHERE o.shop_id = '${shopId}'::uuid AND o.customer_id = ${pg.escapeLiteral(customerId)} AND o.cancelled_at IS NULL
       AND NOT o.test AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
     GROUP BY l.product_id ORDER BY max(o.placed_at) DESC LIMIT ${mostPurchases}`,
  );
}

function fetchRows(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  productIds: readonly string[],
): Promise<{ product_id: string; data: Buffer }[]> {
  const ids = productIds.map((id) => pg.escapeLiteral(id)).join();
  return inOneTrip(
    db,
    shopId,
    `SELECT product_id, data FROM recommendation_voice
     WHERE shop_id = '${shopId}'::uuid AND version = ${Math.trunc(version)} AND product_id IN (${ids})`,
  );
}

/** Writes voices of a version, replacing what stands there. */
export async function writeVoices(
  scope: ShopScope,
  version: number,
  revision: number,
  rows: readonly { readonly subjectId: string; readonly data: Uint8Array }[],
): Promise<void> {
  if (rows.length === 0) return;
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_voice (shop_id, version, product_id, revision, data)
    SELECT ${scope.shopId}::uuid, ${version}, r.id, ${revision}, decode(r.data, 'base64')
    FROM unnest(${rows.map((row) => row.subjectId)}::text[],
      ${rows.map((row) => Buffer.from(row.data).toString('base64'))}::text[]) AS r(id, data)
    ON CONFLICT (shop_id, version, product_id) DO UPDATE SET revision = EXCLUDED.revision, data = EXCLUDED.data`;
}
