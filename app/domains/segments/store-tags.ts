import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { SegmentRef } from './own-segment.ts';
import { mostTags, type SegmentTag } from './tag.ts';

/** The tag that the customers of a segment carry in the store; null = none. */
export async function findSegmentTag({ shopId, tx }: ShopScope, ref: SegmentRef): Promise<SegmentTag | null> {
  const row = await tx.segmentTag.findUnique({ where: { shopId_ref: { shopId, ref } } });
  if (!row) return null;
  const states = await tx.customerTag.groupBy({
    by: ['state'],
    where: { shopId, tag: row.tag },
    _count: { _all: true },
  });
  const count = (...wanted: string[]) =>
    states.reduce((sum, { state, _count }) => sum + (wanted.includes(state) ? _count._all : 0), 0);
  const { tag, syncedAt, problem } = row;
  return {
    ...{ tag, syncedAt, problem },
    placed: count('placed'),
    waiting: count('adding', 'removing'),
    refused: count('refused'),
  };
}

type TagSaved =
  | { readonly code: 'saved' }
  /** another segment has it */
  | { readonly code: 'taken'; readonly by: SegmentRef }
  | { readonly code: 'too-many' };

/** From now on the customers of a segment carry this tag; what they carried before for it goes. */
export async function saveSegmentTag(scope: ShopScope, ref: SegmentRef, tag: string, now: Date): Promise<TagSaved> {
  const { shopId, tx } = scope;
  // Two pages that save at once follow each other.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`segment tags ${shopId}`}, 0))::text`;
  const others = await tx.segmentTag.findMany({ where: { shopId, ref: { not: ref } }, orderBy: { ref: 'asc' } });
  const taken = others.find((one) => one.tag.toLowerCase() === tag.toLowerCase());
  if (taken) return { code: 'taken', by: taken.ref };
  if (others.length >= mostTags) return { code: 'too-many' };
  await tx.segmentTag.upsert({
    where: { shopId_ref: { shopId, ref } },
    create: { shopId, ref, tag, createdAt: now },
    update: { tag, problem: null },
  });
  return { code: 'saved' };
}

/** The customers of a segment carry no tag of ours any more. */
export async function removeSegmentTag({ shopId, tx }: ShopScope, ref: SegmentRef): Promise<void> {
  await tx.segmentTag.deleteMany({ where: { shopId, ref } });
}

/** Tags by the segment that has them. */
export async function readSegmentTags({ shopId, tx }: ShopScope): Promise<ReadonlyMap<SegmentRef, string>> {
  const rows = await tx.segmentTag.findMany({ where: { shopId }, select: { ref: true, tag: true } });
  return new Map(rows.map(({ ref, tag }) => [ref, tag]));
}

/** Shops that want tags, or whose stores still hold some that nobody wants. Sees all shops: the schedule is one for all. */
export async function findShopsWithTags(scope: SystemScope): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM shop s WHERE EXISTS (SELECT 1 FROM segment_tag t WHERE t.shop_id = s.id)
      OR EXISTS (SELECT 1 FROM customer_tag c WHERE c.shop_id = s.id)`;
  return rows.map(({ id }) => toShopId(id));
}

/** Tags of ours go over to the customer whom another became; those not wanted there are taken away later. */
export async function joinTags({ shopId, tx }: ShopScope, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO customer_tag (shop_id, customer_id, tag, state)
    SELECT ${shopId}::uuid, ${into}, tag, 'adding' FROM customer_tag
    WHERE shop_id = ${shopId}::uuid AND customer_id = ${from} AND state IN ('adding', 'placed', 'removing')
    ON CONFLICT DO NOTHING`;
  await tx.customerTag.deleteMany({ where: { shopId, customerId: from } });
}
