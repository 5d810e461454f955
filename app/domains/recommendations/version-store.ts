import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { StoredSurface, Suggestion } from './model.ts';
import { renewPending } from './freshening/store.ts';
import { tooOldMs } from './serving/held-shops.ts';
import type { StoredCustomerVoice } from './serving/customer-voice.ts';
import { writeVoices } from './serving/store.ts';

/** One stored list. */
export interface SuggestionRow {
  readonly surface: StoredSurface;
  readonly subjectId: string;
  readonly suggestions: readonly Suggestion[];
}

/** What carts are answered from: a product's packed voice (`serving/voice.ts`), or under '' what all products share. */
export interface VoiceRow {
  readonly surface: 'voices';
  readonly subjectId: string;
  readonly suggestions: readonly [];
  readonly data: Uint8Array;
}

/** What a customer's own past says in their carts (`serving/customer-voice.ts`). */
export interface CustomerVoiceRow {
  readonly surface: 'for-cart';
  readonly subjectId: string;
  readonly suggestions: readonly [];
  readonly voice: StoredCustomerVoice;
}

/** Everything that a training stores. */
export type ListRow = SuggestionRow | VoiceRow | CustomerVoiceRow;

/** Another training of the shop has begun since: this one must not write any more. */
export class TrainingSuperseded extends Error {
  constructor() {
    super('a later training of this shop has taken over');
    this.name = 'TrainingSuperseded';
  }
}

/** Removes what earlier, unfinished trainings left behind and opens a new version. The active one stays as it is. */
export async function openVersion(scope: ShopScope, now: Date): Promise<number> {
  // Two trainings that start together must not take the same number.
  await scope.tx
    .$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`recommendations ${scope.shopId}`}, 0))`;
  const unfinished = await scope.tx.recommendationVersion.findMany({
    where: { shopId: scope.shopId, status: { in: ['training', 'failed'] } },
    select: { version: true },
  });
  const versions = unfinished.map((row) => row.version);
  if (versions.length > 0) {
    for (const version of versions) await emptyVersion(scope, version);
    for (const version of versions) await deleteChunkWork(scope, version);
    await scope.tx.recommendationVersion.deleteMany({ where: { shopId: scope.shopId, version: { in: versions } } });
  }
  const last = await scope.tx.recommendationVersion.aggregate({
    where: { shopId: scope.shopId },
    _max: { version: true },
  });
  // Numbers of removed versions are not used again: a writer that was believed dead must find its own number gone.
  const version = Math.max(last._max.version ?? 0, ...versions) + 1;
  await scope.tx.recommendationVersion.create({
    data: { shopId: scope.shopId, version, status: 'training', createdAt: now },
  });
  return version;
}

/** Deletes the lists that a try of this training has written before it was stopped. */
export async function emptyVersion(scope: ShopScope, version: number): Promise<void> {
  const where = { shopId: scope.shopId, version };
  await scope.tx.recommendation.deleteMany({ where });
  await scope.tx.recommendationVoice.deleteMany({ where });
}

/** Deletes what the chunks of a version were counted from and what came of it. */
export async function deleteChunkWork(scope: ShopScope, version: number): Promise<void> {
  const where = { shopId: scope.shopId, version };
  await scope.tx.recommendationSnapshot.deleteMany({ where });
  await scope.tx.recommendationChunk.deleteMany({ where });
}

/** Keeps a version that is still being trained from being taken over until the transaction ends. @throws TrainingSuperseded */
export async function holdOpenVersion(scope: ShopScope, version: number): Promise<void> {
  const open = await scope.tx.$queryRaw<unknown[]>`
    SELECT 1 FROM recommendation_version
    WHERE shop_id = ${scope.shopId}::uuid AND version = ${version} AND status = 'training' FOR SHARE`;
  if (open.length === 0) throw new TrainingSuperseded();
}

/** Writes a batch of lists into a version that is still being trained. @throws TrainingSuperseded */
export async function writeLists(scope: ShopScope, version: number, rows: readonly ListRow[]): Promise<void> {
  await holdOpenVersion(scope, version);
  const lists = rows.flatMap((row): readonly StoredRow[] => {
    if (row.surface === 'voices') return [];
    const { surface, subjectId } = row;
    return [{ surface, subjectId, items: row.surface === 'for-cart' ? row.voice : row.suggestions }];
  });
  if (lists.length > 0) await upsertRows(scope, version, lists);
  await writeVoices(
    scope,
    version,
    0,
    rows.filter((row) => row.surface === 'voices'),
  );
}

/** Writes lists of a version, replacing what stands there. */
export async function upsertLists(scope: ShopScope, version: number, rows: readonly SuggestionRow[]): Promise<void> {
  await upsertRows(
    scope,
    version,
    rows.map(({ surface, subjectId, suggestions }) => ({ surface, subjectId, items: suggestions })),
  );
}

interface StoredRow {
  readonly surface: string;
  readonly subjectId: string;
  readonly items: readonly unknown[];
}

async function upsertRows(scope: ShopScope, version: number, rows: readonly StoredRow[]): Promise<void> {
  await scope.tx.$executeRaw`
    INSERT INTO recommendation (shop_id, version, surface, subject_id, items)
    SELECT ${scope.shopId}::uuid, ${version}, r.surface, r.subject_id, r.items::jsonb
    FROM unnest(${rows.map((row) => row.surface)}::text[], ${rows.map((row) => row.subjectId)}::text[],
      ${rows.map((row) => JSON.stringify(row.items))}::text[]) AS r(surface, subject_id, items)
    ON CONFLICT (shop_id, version, surface, subject_id) DO UPDATE SET items = EXCLUDED.items`;
}

/**
 * Makes a version the one that readers see, in one switch. What was ordered after the last order that taught it is to
 * be added. @throws TrainingSuperseded
 */
export async function activateVersion(
  scope: ShopScope,
  version: number,
  stats: Prisma.InputJsonObject,
  lastOrderAt: Date | null,
  now: Date,
): Promise<void> {
  await scope.tx.recommendationVersion.updateMany({
    where: { shopId: scope.shopId, status: 'active' },
    data: { status: 'retired' },
  });
  const switched = await scope.tx.recommendationVersion.updateMany({
    where: { shopId: scope.shopId, version, status: 'training' },
    data: { status: 'active', activeAt: now, stats },
  });
  if (switched.count === 0) throw new TrainingSuperseded();
  // Somebody who asked to be forgotten while it trained has no orders any more.
  await scope.tx.$executeRaw`
    DELETE FROM recommendation r WHERE r.shop_id = ${scope.shopId}::uuid AND r.version = ${version} AND r.surface IN ('for-you', 'for-cart')
      AND NOT EXISTS (SELECT 1 FROM "order" o WHERE o.shop_id = r.shop_id AND o.customer_id = r.subject_id)`;
  const { createdAt } = await scope.tx.recommendationVersion.findFirstOrThrow({
    where: { shopId: scope.shopId, version },
    select: { createdAt: true },
  });
  await renewPending(scope, createdAt, lastOrderAt ?? new Date(0), now);
}

/** Processes answer carts from a version until they have read of the next one; an answer under way may take a little longer. */
const readOnMs = tooOldMs + 2_000;

/**
 * Deletes the lists of retired versions, and their voices once every process has heard of the active one; the version
 * rows stay as a record, the latest twenty of them.
 */
export async function deleteRetired(scope: ShopScope, now: Date): Promise<void> {
  await scope.tx.$executeRaw`
    DELETE FROM recommendation r USING recommendation_version v
    WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'retired' AND r.shop_id = v.shop_id AND r.version = v.version`;
  await scope.tx.$executeRaw`
    DELETE FROM recommendation_voice WHERE shop_id = ${scope.shopId}::uuid AND version = ANY(ARRAY(
      SELECT v.version FROM recommendation_version v
      WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'retired' AND NOT EXISTS (
        SELECT FROM recommendation_version a WHERE a.shop_id = v.shop_id AND a.status = 'active'
          AND a.active_at > ${new Date(now.getTime() - readOnMs)}
          AND v.version = (SELECT max(version) FROM recommendation_version WHERE shop_id = v.shop_id AND status = 'retired'))))`;
  await scope.tx.$executeRaw`
    DELETE FROM recommendation_version WHERE shop_id = ${scope.shopId}::uuid AND status = 'retired'
      AND version < (SELECT max(version) - 20 FROM recommendation_version WHERE shop_id = ${scope.shopId}::uuid)`;
}

/** What stands in the products' metafields, by digest. */
export async function readPublished(scope: ShopScope, productIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.tx.recommendationPublication.findMany({
    where: { shopId: scope.shopId, productId: { in: [...productIds] } },
    select: { productId: true, digest: true },
  });
  return new Map(rows.map((row) => [row.productId, row.digest]));
}

export async function savePublished(
  scope: ShopScope,
  rows: readonly { productId: string; digest: string; standing: string | null }[],
  now: Date,
): Promise<void> {
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_publication AS known (shop_id, product_id, digest, version, published_at)
    SELECT ${scope.shopId}::uuid, r.product_id, r.digest,
      coalesce((SELECT max(v.version) FROM recommendation_version v WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'active'), 0), ${now}
    FROM unnest(${rows.map((row) => row.productId)}::text[], ${rows.map((row) => row.digest)}::text[]) AS r(product_id, digest)
    ON CONFLICT (shop_id, product_id) DO UPDATE SET digest = EXCLUDED.digest, version = EXCLUDED.version, published_at = EXCLUDED.published_at
    WHERE known.digest = ANY(${rows.flatMap((row) => row.standing ?? [])}::text[]) OR known.digest NOT LIKE 'stale-%'`;
}

/**
 * Marks as out of date what stands in the store of products whose lists name one of `productIds`, and of these
 * products themselves where they have lists. Every mark is a new one, so that a publication under way, which
 * may have read the old state, cannot wipe it out.
 */
export async function markStale(scope: ShopScope, productIds: readonly string[], now: Date): Promise<number> {
  return scope.tx.$executeRaw`
    INSERT INTO recommendation_publication (shop_id, product_id, digest, version, published_at)
    SELECT v.shop_id, r.subject_id, 'stale-' || gen_random_uuid()::text, v.version, ${now}::timestamptz
    FROM recommendation_version v
    JOIN recommendation r ON r.shop_id = v.shop_id AND r.version = v.version AND r.surface IN ('together', 'similar')
    WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'active' AND (r.subject_id = ANY(${[...productIds]}::text[])
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(r.items) AS item WHERE item->>'productId' = ANY(${[...productIds]}::text[])))
    GROUP BY v.shop_id, r.subject_id, v.version
    ON CONFLICT (shop_id, product_id) DO UPDATE SET digest = EXCLUDED.digest`;
}

/** Products that are still there and whose lists in the store are out of date. */
export async function readStale(scope: ShopScope): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM recommendation_publication r JOIN product p ON p.shop_id = r.shop_id AND p.id = r.product_id
    WHERE r.shop_id = ${scope.shopId}::uuid AND r.digest LIKE 'stale-%' AND p.deleted_at IS NULL ORDER BY p.id`;
  return rows.map((row) => row.id);
}
