import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Tagging } from './tag.ts';

/** Customers of the store who are in a segment with a tag now. */
const wanted = (shopId: ShopId) => Prisma.sql`
  SELECT c.id AS customer_id, t.tag, c.tags FROM segment_tag t
  JOIN (
    SELECT customer_id, "group" AS ref FROM customer_score WHERE shop_id = ${shopId}::uuid
    UNION ALL
    SELECT m.customer_id, m.segment_id::text FROM segment_member m
    JOIN segment s ON s.shop_id = m.shop_id AND s.id = m.segment_id AND s.archived_at IS NULL
    WHERE m.shop_id = ${shopId}::uuid) m ON m.ref = t.ref
  JOIN customer c ON c.shop_id = ${shopId}::uuid AND c.id = m.customer_id AND c.deleted_at IS NULL
  WHERE t.shop_id = ${shopId}::uuid`;

/**
 * Notes who is to get and who is to lose a tag. A tag that a customer had before we gave it is the merchant's, and is
 * left as it is. May run any number of times.
 * @param again also those whom the store refused before
 */
export async function planTags({ shopId, tx }: ShopScope, again: boolean): Promise<void> {
  const isWanted = Prisma.sql`EXISTS (
    SELECT 1 FROM wanted w WHERE w.customer_id = k.customer_id AND w.tag = k.tag)`;
  const refused = again ? Prisma.sql`'removing', 'refused'` : Prisma.sql`'removing'`;
  await tx.$executeRaw`
    WITH wanted AS MATERIALIZED (${wanted(shopId)}),
    left_alone AS (
      DELETE FROM customer_tag k WHERE shop_id = ${shopId}::uuid AND state = 'refused' AND NOT ${isWanted}),
    leaving AS (
      UPDATE customer_tag k SET state = 'removing'
      WHERE shop_id = ${shopId}::uuid AND state IN ('adding', 'placed') AND NOT ${isWanted}),
    back AS (
      UPDATE customer_tag k SET state = 'adding', reason = NULL
      WHERE shop_id = ${shopId}::uuid AND state IN (${refused}) AND ${isWanted})
    INSERT INTO customer_tag (shop_id, customer_id, tag, state)
    SELECT ${shopId}::uuid, customer_id, tag, 'adding' FROM wanted w
    WHERE NOT EXISTS (SELECT 1 FROM unnest(w.tags) own WHERE lower(own) = lower(w.tag))
    ORDER BY customer_id, tag
    ON CONFLICT DO NOTHING`;
}

/** Whether a segment has this tag still. */
const isAsked = (shopId: ShopId) => Prisma.sql`EXISTS (
  SELECT 1 FROM segment_tag t WHERE t.shop_id = ${shopId}::uuid AND t.tag = k.tag)`;

/**
 * What is to change on some customers, by customer; empty when the store is in line. A tag that nobody wants any more is
 * given to nobody.
 */
export async function nextTaggings({ shopId, tx }: ShopScope, customers: number): Promise<Tagging[]> {
  const rows = await tx.$queryRaw<{ id: string; tag: string; state: string }[]>`
    WITH next AS (
      (SELECT customer_id FROM customer_tag k WHERE shop_id = ${shopId}::uuid AND state = 'adding' AND ${isAsked(shopId)}
        ORDER BY customer_id LIMIT ${customers})
      UNION
      (SELECT customer_id FROM customer_tag WHERE shop_id = ${shopId}::uuid AND state = 'removing'
        ORDER BY customer_id LIMIT ${customers})
      ORDER BY customer_id LIMIT ${customers})
    SELECT customer_id AS id, tag, state FROM customer_tag k
    WHERE shop_id = ${shopId}::uuid AND customer_id IN (SELECT customer_id FROM next)
      AND (state <> 'adding' OR ${isAsked(shopId)})
    ORDER BY customer_id, tag`;
  return [...Map.groupBy(rows, ({ id }) => id)].map(([customerId, own]) => {
    const tags = (...states: string[]) => own.flatMap(({ tag, state }) => (states.includes(state) ? [tag] : []));
    return { customerId, add: tags('adding'), remove: tags('removing'), all: tags('adding', 'placed') };
  });
}

/**
 * Notes what the store has done. What was wanted otherwise meanwhile stays to be done.
 * @param refused why the store changed nothing, by customer
 */
export async function noteTagged(
  { shopId, tx }: ShopScope,
  taggings: readonly Tagging[],
  refused: ReadonlyMap<string, string>,
): Promise<void> {
  const pairs = (which: 'add' | 'remove', done: boolean) =>
    taggings
      .filter(({ customerId }) => refused.has(customerId) !== done)
      .flatMap((one) => one[which].map((tag) => ({ id: one.customerId, tag })));
  const among = (some: readonly { readonly id: string; readonly tag: string }[]) => Prisma.sql`
    shop_id = ${shopId}::uuid AND (customer_id, tag) IN (
      SELECT * FROM unnest(${some.map(({ id }) => id)}::text[], ${some.map(({ tag }) => tag)}::text[]))`;
  const added = pairs('add', true);
  await tx.$executeRaw`UPDATE customer_tag SET state = 'placed' WHERE state = 'adding' AND ${among(added)}`;
  // Who is gone from the store, or may not be changed, carries what they carry: nothing of it is ours any more.
  const removed = [...pairs('remove', true), ...pairs('remove', false)];
  await tx.$executeRaw`DELETE FROM customer_tag WHERE state = 'removing' AND ${among(removed)}`;
  const not = pairs('add', false);
  if (not.length === 0) return;
  await tx.$executeRaw`
    UPDATE customer_tag k SET state = 'refused', reason = left(n.reason, 300)
    FROM unnest(${not.map(({ id }) => id)}::text[], ${not.map(({ id }) => refused.get(id) ?? '')}::text[]) AS n(id, reason)
    WHERE k.customer_id = n.id AND state = 'adding' AND ${among(not)}`;
}

/** Notes that the store is in line, or why it is not. */
export async function noteSynced({ shopId, tx }: ShopScope, now: Date, problem: string | null): Promise<void> {
  const data = problem === null ? { syncedAt: now, problem } : { problem: problem.slice(0, 300) };
  await tx.segmentTag.updateMany({ where: { shopId }, data });
}
