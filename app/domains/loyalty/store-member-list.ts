import type { ShopScope } from '#app/infra/database.ts';
import { inPattern } from '#app/infra/like.ts';

/** A member as the list shows them. */
export interface MemberRow {
  readonly customerId: string;
  readonly joinedAt: Date;
  readonly source: string;
  /** id; '' = none */
  readonly tier: string;
  readonly available: number;
  readonly pending: number;
}

export interface MemberQuery {
  /** beginning of a customer's id, or the hash of an address; '' = all */
  readonly search: string;
  readonly emailHash: string | null;
  readonly tier: string | null;
  /** the last member of the page before; '' = from the beginning */
  readonly after: string;
  readonly limit: number;
}

/** Members by id, with their points. */
export async function readMemberPage(scope: ShopScope, query: MemberQuery): Promise<MemberRow[]> {
  const { search, emailHash, tier, after, limit } = query;
  const prefix = `${inPattern(search)}%`;
  return scope.tx.$queryRaw<MemberRow[]>`
    SELECT m.customer_id AS "customerId", m.joined_at AS "joinedAt", m.source, m.tier,
      coalesce(a.available, 0)::float8 AS available, coalesce(a.pending, 0)::float8 AS pending
    FROM loyalty_member m
    LEFT JOIN ledger_account a ON a.shop_id = m.shop_id AND a.owner_kind = 'customer' AND a.owner_id = m.customer_id AND a.unit = 'points'
    WHERE m.shop_id = ${scope.shopId}::uuid AND m.customer_id > ${after}
      AND (${tier}::text IS NULL OR m.tier = ${tier})
      AND (${search} = '' OR m.customer_id LIKE ${prefix} OR m.customer_id IN (
        SELECT c.id FROM customer c WHERE c.shop_id = m.shop_id AND c.email_hash = ${emailHash}))
    ORDER BY m.customer_id LIMIT ${limit}`;
}

/** A customer of the store who does not take part. */
export interface OtherRow {
  readonly customerId: string;
  /** when the account was made */
  readonly since: Date;
}

/** Customers of the store who are no members, by their number or the hash of their address; the first `limit`. */
export async function readOthers(
  { tx, shopId }: ShopScope,
  { search, emailHash, limit }: Pick<MemberQuery, 'search' | 'emailHash' | 'limit'>,
): Promise<OtherRow[]> {
  return tx.$queryRaw<OtherRow[]>`
    SELECT c.id AS "customerId", c.platform_created_at AS since FROM customer c
    WHERE c.shop_id = ${shopId}::uuid AND c.deleted_at IS NULL AND (c.id = ${search} OR c.email_hash = ${emailHash})
      AND NOT EXISTS (SELECT 1 FROM loyalty_member m WHERE m.shop_id = c.shop_id AND m.customer_id = c.id)
    ORDER BY c.id LIMIT ${limit}`;
}
