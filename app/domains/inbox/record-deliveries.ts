import type pg from 'pg';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { Delivery } from './model.ts';

/** Runs a statement on the plain pool. */
export type InboxPool = Pick<pg.Pool, 'query'>;

/**
 * Stores deliveries in one round trip and returns whether each is new, with the tenant it belongs to (null
 * while none is known). The first part of the statement lifts row-level security for this statement alone:
 * intake serves all shops.
 */
export async function recordDeliveries(pool: InboxPool, deliveries: readonly Delivery[]): Promise<(ShopId | null)[]> {
  const column = <Key extends keyof Delivery>(key: Key) => deliveries.map((delivery) => delivery[key]);
  const { rows } = await pool.query<{ shop_id: string | null }>({
    name: 'record-deliveries',
    text: `WITH every_shop AS MATERIALIZED (SELECT set_config('app.shop_id', '*', true) AS setting),
      input AS MATERIALIZED (
        SELECT input.* FROM every_shop, unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
          AS input(platform, delivery_id, shop_domain, topic, api_version, triggered_at, body) WHERE every_shop.setting = '*')
      INSERT INTO webhook_inbox (platform, delivery_id, shop_domain, shop_id, topic, api_version, triggered_at, body)
      SELECT input.platform, input.delivery_id, input.shop_domain, shop.id, input.topic, input.api_version, input.triggered_at, input.body
      FROM input LEFT JOIN shop ON shop.platform = input.platform AND shop.domain = input.shop_domain
      ON CONFLICT (platform, delivery_id) DO NOTHING
      RETURNING shop_id`,
    values: [
      column('platform'),
      column('deliveryId'),
      column('shopDomain'),
      column('topic'),
      column('apiVersion'),
      column('triggeredAt'),
      column('body'),
    ],
  });
  return rows.map((row) => (row.shop_id === null ? null : toShopId(row.shop_id)));
}
