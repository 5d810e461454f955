import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';
import type { SegmentRef } from './own-segment.ts';
import { isGroup } from './rules.ts';
import { type Sql, sql } from './store-sql.ts';

/** A customer of a segment, as far as what they bought goes. */
export interface Person {
  readonly customerId: string;
  /** in the segment since */
  readonly since: Date;
  readonly orders: number;
  /** minor units of the shop's currency */
  readonly spentMinor: number;
  readonly lastOrderAt: Date | null;
  /** named group; null = never bought */
  readonly group: string | null;
}

export interface PeopleQuery {
  readonly ref: SegmentRef;
  /** beginning of a customer's id; '' = all */
  readonly search: string;
  /** of the address that was searched for */
  readonly emailHash: string | null;
  /** the last customer of the page before; '' = from the beginning */
  readonly after: string;
  readonly limit: number;
}

/** Customers of a named group or of a segment of the merchant, by id. */
export async function readPeople(scope: ShopScope, query: PeopleQuery): Promise<Person[]> {
  const { ref, search, emailHash, after, limit } = query;
  const { shopId } = scope;
  const prefix = `${inPattern(search)}%`;
  const within: Sql = isGroup(ref)
    ? sql`SELECT customer_id, group_since AS since FROM customer_score WHERE shop_id = ${shopId}::uuid AND "group" = ${ref}::text`
    : sql`SELECT m.customer_id, m.since FROM segment_member m
        JOIN segment o ON o.shop_id = m.shop_id AND o.id = m.segment_id AND o.archived_at IS NULL
        WHERE m.shop_id = ${shopId}::uuid AND m.segment_id = ${ref}::uuid`;
  return scope.tx.$queryRaw<Person[]>`
    SELECT m.customer_id AS "customerId", m.since, coalesce(s.orders, 0) AS orders,
      coalesce(s.spent_minor, 0)::float8 AS "spentMinor", s.last_order_at AS "lastOrderAt", s."group"
    FROM (${within}) m
    LEFT JOIN customer_score s ON s.shop_id = ${shopId}::uuid AND s.customer_id = m.customer_id
    WHERE m.customer_id > ${after}::text AND (${search}::text = '' OR m.customer_id LIKE ${prefix}::text OR m.customer_id IN (
      SELECT c.id FROM customer c WHERE c.shop_id = ${shopId}::uuid AND c.email_hash = ${emailHash}::text))
    ORDER BY m.customer_id LIMIT ${limit}`;
}
