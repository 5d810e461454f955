import type { ShopScope } from '#app/infra/database.ts';
import type { SegmentRef } from './own-segment.ts';

/** A customer went from one named group to another, or came into or left a segment of the merchant. */
export interface SegmentChange {
  readonly customerId: string;
  /** null = had not bought before, or came into the segment */
  readonly from: SegmentRef | null;
  /** null = has no order left, or left the segment */
  readonly to: SegmentRef | null;
  readonly at: Date;
}

const last = '9223372036854775807';

/** Transaction and id of the change that was read last; where it cannot be read, everything is new. */
function positionOf(cursor: string): readonly [string, string] {
  const [, transaction = '-1', id = '-1'] = /^(\d{1,19})-(\d{1,19})$/.exec(cursor) ?? [];
  return [transaction, id];
}

/**
 * Changes after a place, oldest first. Those of a transaction that is still under way are held back, with all that
 * began after it, so that nothing is passed over.
 * @param after `next` of the answer before; '' = from the beginning
 */
export async function readChanges(
  scope: ShopScope,
  after: string,
  limit: number,
): Promise<{ readonly changes: SegmentChange[]; readonly next: string }> {
  const [transaction, id] = positionOf(after);
  const rows = await scope.tx.$queryRaw<(SegmentChange & { readonly place: string })[]>`
    SELECT customer_id AS "customerId", from_group AS "from", to_group AS "to", changed_at AS at,
      changed_in::text || '-' || id::text AS place
    FROM segment_change
    WHERE shop_id = ${scope.shopId}::uuid AND (changed_in, id) > (${transaction}::bigint, ${id}::bigint)
      AND changed_in < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY changed_in, id LIMIT ${limit}`;
  const changes = rows.map(({ customerId, from, to, at }) => ({ customerId, from, to, at }));
  return { changes, next: rows.at(-1)?.place ?? after };
}

/** Forgets who came and left before then. */
export async function forgetOldChanges({ shopId, tx }: ShopScope, before: Date): Promise<void> {
  await tx.segmentChange.deleteMany({ where: { shopId, changedAt: { lt: before } } });
}

/** The place of now: what is committed later comes after it. */
export async function lastChange(scope: ShopScope): Promise<string> {
  const [row] = await scope.tx.$queryRaw<{ place: string }[]>`
    SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text AS place`;
  return `${row?.place ?? '0'}-${last}`;
}
