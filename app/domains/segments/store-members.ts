import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type RuleGroup, segmentRule } from './language.ts';
import type { OwnSegment, SegmentProblem, SegmentRef } from './own-segment.ts';
import { isGroup } from './rules.ts';
import { meeting, type Ruled, type ShopFacts } from './store-rules.ts';
import { changedIn } from './store-scoring.ts';
import { type Sql, sql } from './store-sql.ts';

/** Segments whose members are those of their conditions, so that single customers can come and go. */
async function readFilled({ shopId, tx }: ShopScope): Promise<Ruled[]> {
  const rows = await tx.segment.findMany({
    where: { shopId, archivedAt: null, filledRevision: { equals: tx.segment.fields.revision } },
    select: { id: true, definition: true },
    orderBy: { id: 'asc' },
  });
  // What another version wrote and this one cannot read must not stop an order.
  return rows.flatMap(({ id, definition }) => {
    const { data } = segmentRule.safeParse(definition);
    return data ? [{ id, definition: data }] : [];
  });
}

/**
 * Compares these customers with all segments of the merchant anew and notes who came and who left: two statements,
 * however many customers and segments there are. May run any number of times.
 */
export async function refreshMembers(
  scope: ShopScope,
  customerIds: readonly string[],
  factsOf: () => Promise<ShopFacts>,
): Promise<void> {
  if (customerIds.length === 0) return;
  const [first, ...others] = await readFilled(scope);
  if (!first) return;
  // In one order for all who compare at once.
  const ids = [...new Set(customerIds)].sort();
  await replaceMembers(scope, [first, ...others], ids, await factsOf(), true);
}

/**
 * Compares all customers with one segment. Changes are noted where it had its members by these conditions before;
 * else nobody came or left by themselves.
 * @throws what PostgreSQL says where it takes longer than `patienceMs`, see `isTooHeavy`
 * @returns false where it changed or was archived meanwhile
 */
export async function fillSegment(
  scope: ShopScope,
  segment: OwnSegment,
  facts: ShopFacts,
  patienceMs: number,
): Promise<boolean> {
  const { id, definition, revision } = segment;
  const { shopId, tx } = scope;
  if (definition === null) return false;
  await readAllWithin(scope, patienceMs);
  // Two fillings of one segment follow each other.
  const held = await tx.$queryRaw<{ filled: boolean }[]>`
    SELECT filled_revision = revision AS filled FROM segment
    WHERE shop_id = ${shopId}::uuid AND id = ${id}::uuid AND revision = ${revision} AND archived_at IS NULL FOR UPDATE`;
  if (!held[0]) return false;
  await replaceMembers(scope, [{ id, definition }], null, facts, held[0].filled);
  await tx.segment.updateMany({
    where: { shopId, id },
    data: { filledRevision: revision, filledAt: facts.now, problem: null },
  });
  return true;
}

async function replaceMembers(
  { shopId, tx }: ShopScope,
  segments: readonly [Ruled, ...Ruled[]],
  only: readonly string[] | null,
  { now, ...facts }: ShopFacts,
  noted: boolean,
): Promise<void> {
  const segmentIds = segments.map(({ id }) => id);
  const among = only === null ? sql`true` : sql`m.customer_id = ANY(${[...only]}::text[])`;
  await tx.$executeRaw`
    WITH found AS MATERIALIZED (${meeting(shopId, { now, ...facts }, segments, only)}),
    gone AS (
      DELETE FROM segment_member m
      WHERE shop_id = ${shopId}::uuid AND segment_id = ANY(${segmentIds}::uuid[]) AND ${among}
        AND NOT EXISTS (SELECT 1 FROM found f WHERE f.segment_id = m.segment_id AND f.customer_id = m.customer_id)
      RETURNING segment_id, customer_id),
    came AS (
      INSERT INTO segment_member (shop_id, segment_id, customer_id, since)
      SELECT ${shopId}::uuid, segment_id, customer_id, ${now} FROM found f
      WHERE NOT EXISTS (SELECT 1 FROM segment_member m
        WHERE m.shop_id = ${shopId}::uuid AND m.segment_id = f.segment_id AND m.customer_id = f.customer_id)
      ORDER BY segment_id, customer_id
      ON CONFLICT DO NOTHING RETURNING segment_id, customer_id)
    INSERT INTO segment_change (shop_id, customer_id, from_group, to_group, changed_at, changed_in)
    SELECT ${shopId}::uuid, customer_id, from_group, to_group, ${now}::timestamptz, ${changedIn} FROM (
      SELECT customer_id, NULL AS from_group, segment_id::text AS to_group FROM came
      UNION ALL SELECT customer_id, segment_id::text, NULL FROM gone) one
    WHERE ${noted}::boolean`;
}

/** Notes why a segment's customers could not be compared. */
export async function noteProblem(scope: ShopScope, segment: OwnSegment, problem: SegmentProblem): Promise<void> {
  const { id, revision } = segment;
  await scope.tx.segment.updateMany({ where: { shopId: scope.shopId, id, revision }, data: { problem } });
}

/** Customers who were scored at or after a moment, because an order of theirs came; by id, those after `after`. */
export async function readScoredSince(
  { shopId, tx }: ShopScope,
  since: Date,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.customerScore.findMany({
    where: { shopId, scoredAt: { gte: since }, customerId: { gt: after } },
    select: { customerId: true },
    orderBy: { customerId: 'asc' },
    take: limit,
  });
  return rows.map(({ customerId }) => customerId);
}

/** What a segment with these conditions would hold. */
export interface Preview {
  readonly customers: number;
  /** minor units, by all their orders */
  readonly spentMinor: number;
  readonly sample: readonly { readonly customerId: string; readonly spentMinor: number; readonly orders: number }[];
}

/**
 * For the rest of the transaction PostgreSQL gives up what takes longer, joins all customers in memory, and reads whole
 * tables rather than row by row: it cannot know how many meet a condition, and a guess of a few makes it look through
 * all for each.
 */
const readAllWithin = ({ tx }: ShopScope, milliseconds: number) =>
  tx.$executeRaw`SELECT set_config('statement_timeout', ${String(milliseconds)}, true),
    set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)`;

/**
 * Counts who would be in a segment; those who spent most are the sample.
 * @throws what PostgreSQL says where it takes longer than `patienceMs`, see `isTooHeavy`
 */
export async function previewSegment(
  scope: ShopScope,
  definition: RuleGroup,
  facts: ShopFacts,
  patienceMs: number,
): Promise<Preview> {
  const { shopId, tx } = scope;
  await readAllWithin(scope, patienceMs);
  const [row] = await tx.$queryRaw<{ customers: number; spent: number; sample: Preview['sample'] | null }[]>`
    WITH found AS MATERIALIZED (${meeting(shopId, facts, [{ id: noSegment, definition }], null)})
    SELECT count(*)::int AS customers, coalesce(sum(spent), 0)::float8 AS spent, (
      SELECT json_agg(json_build_object('customerId', customer_id, 'spentMinor', coalesce(spent, 0), 'orders',
        coalesce(orders, 0)) ORDER BY spent DESC NULLS LAST, customer_id)
      FROM (SELECT * FROM found ORDER BY spent DESC NULLS LAST, customer_id LIMIT 5) f) AS sample
    FROM found`;
  return { customers: row?.customers ?? 0, spentMinor: row?.spent ?? 0, sample: row?.sample ?? [] };
}

const noSegment = '00000000-0000-0000-0000-000000000000';

/** PostgreSQL gave a statement up for taking too long; Prisma packs the driver's error into its own. */
export function isTooHeavy(error: unknown): boolean {
  for (let inner: unknown = error, depth = 0; typeof inner === 'object' && inner !== null && depth < 5; depth += 1) {
    const { code, originalCode, meta, cause } = inner as Record<string, unknown>;
    if (code === '57014' || originalCode === '57014') return true;
    inner = (meta as Record<string, unknown> | undefined)?.['driverAdapterError'] ?? cause;
  }
  return false;
}

/**
 * Who is in a segment now, as a statement with the one column customer_id, to be joined in a statement of a store.
 * @param ref see `isSegmentRef`; nobody is in one that does not exist or is archived
 */
export const membersOf = (shopId: ShopId, ref: SegmentRef): Sql =>
  isGroup(ref)
    ? sql`SELECT customer_id FROM customer_score WHERE shop_id = ${shopId}::uuid AND "group" = ${ref}::text`
    : sql`SELECT m.customer_id FROM segment_member m
        JOIN segment s ON s.shop_id = m.shop_id AND s.id = m.segment_id AND s.archived_at IS NULL
        WHERE m.shop_id = ${shopId}::uuid AND m.segment_id = ${ref}::uuid`;

/**
 * Segments that were made or changed and whose customers are still being looked for, at night at the latest, as a statement
 * with the one column ref. One that takes too long is none of them: the merchant is told of it.
 */
export const stillFilling = (shopId: ShopId): Sql => sql`
  SELECT id::text AS ref FROM segment WHERE shop_id = ${shopId}::uuid AND archived_at IS NULL
    AND filled_revision <> revision AND problem IS NULL`;

/** Which segments these customers are in now: their group, and those of the merchant. */
export async function readSegmentsOf(
  scope: ShopScope,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SegmentRef[]>> {
  const rows = await scope.tx.$queryRaw<{ id: string; ref: SegmentRef }[]>`
    SELECT customer_id AS id, "group" AS ref FROM customer_score
    WHERE shop_id = ${scope.shopId}::uuid AND customer_id = ANY(${[...customerIds]}::text[])
    UNION ALL
    SELECT m.customer_id, m.segment_id::text FROM segment_member m
    JOIN segment s ON s.shop_id = m.shop_id AND s.id = m.segment_id AND s.archived_at IS NULL
    WHERE m.shop_id = ${scope.shopId}::uuid AND m.customer_id = ANY(${[...customerIds]}::text[])
    ORDER BY 1, 2`;
  const byCustomer = Map.groupBy(rows, ({ id }) => id);
  return new Map([...byCustomer].map(([id, refs]) => [id, refs.map(({ ref }) => ref)]));
}
