import { z } from 'zod';
import type { Database, ShopScope, SystemScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { Given } from '../training-messages.ts';
import { holdOpenVersion } from '../version-store.ts';
import type { BasketPieces } from './pack-training.ts';

/** What is remembered of a version while it is trained in chunks. */
const planSchema = z.object({
  chunks: z.number().int().positive(),
  baskets: z
    .object({ pieces: z.number().int().positive(), products: z.number().int().nonnegative() })
    .nullable()
    .default(null),
});

export interface ChunkPlan {
  /** in how many the co-purchases are counted */
  readonly chunks: number;
  /** which pieces of the history a chunk is counted from; null = all, of a plan that does not say */
  readonly baskets: BasketPieces | null;
  readonly begunAt: Date;
}

/** Stores a piece of the packed history. @throws TrainingSuperseded */
export async function writePiece(scope: ShopScope, version: number, piece: number, data: Uint8Array): Promise<void> {
  await holdOpenVersion(scope, version);
  await scope.tx.recommendationSnapshot.create({
    data: { shopId: scope.shopId, version, piece, data: Uint8Array.from(data) },
  });
}

/** Says that the whole history is stored: from now on any worker may count. @throws TrainingSuperseded */
export async function savePlan(
  scope: ShopScope,
  version: number,
  { chunks, baskets }: Omit<ChunkPlan, 'begunAt'>,
): Promise<void> {
  await holdOpenVersion(scope, version);
  await scope.tx.recommendationVersion.updateMany({
    where: { shopId: scope.shopId, version },
    data: { stats: { chunks, baskets: baskets && { ...baskets } } },
  });
}

/** The plan of a version that is trained in chunks; null where it is finished, superseded or not yet stored whole. */
export async function readPlan(scope: ShopScope, version: number): Promise<ChunkPlan | null> {
  const row = await scope.tx.recommendationVersion.findFirst({
    where: { shopId: scope.shopId, version, status: 'training' },
  });
  const plan = planSchema.safeParse(row?.stats);
  return row !== null && plan.success ? { ...plan.data, begunAt: row.createdAt } : null;
}

/** The packed history, piece by piece. @param most only so many, from the first on */
export async function* givenPieces(
  db: Pick<Database, 'inShop'>,
  shopId: ShopId,
  version: number,
  most = Infinity,
): AsyncGenerator<Given> {
  for (let piece = 0; piece < most; piece += 1) {
    const row = await db.inShop(shopId, ({ tx }) =>
      tx.recommendationSnapshot.findFirst({ where: { shopId, version, piece }, select: { data: true } }),
    );
    if (row === null) return;
    yield { kind: 'piece', data: row.data };
  }
}

/** The packed history and then every counted chunk. */
export async function* givenWork(db: Pick<Database, 'inShop'>, shopId: ShopId, version: number): AsyncGenerator<Given> {
  yield* givenPieces(db, shopId, version);
  for (const chunk of await db.inShop(shopId, (scope) => countedChunks(scope, version))) {
    const row = await db.inShop(shopId, ({ tx }) =>
      tx.recommendationChunk.findFirst({ where: { shopId, version, chunk }, select: { data: true } }),
    );
    if (row !== null) yield { kind: 'chunk', chunk, data: row.data };
  }
}

export interface ChunksLeft {
  /** chunks that are counted */
  readonly done: number;
  readonly total: number;
  /** numbers of those that are not, ascending */
  readonly missing: readonly number[];
  readonly baskets: BasketPieces | null;
}

/** How far a training in chunks is; null where it is finished, superseded or not yet prepared. */
export async function chunksLeft(scope: ShopScope, version: number): Promise<ChunksLeft | null> {
  const plan = await readPlan(scope, version);
  if (plan === null) return null;
  const counted = new Set(await countedChunks(scope, version));
  const missing = Array.from({ length: plan.chunks }, (_, chunk) => chunk).filter((chunk) => !counted.has(chunk));
  return { done: counted.size, total: plan.chunks, missing, baskets: plan.baskets };
}

/** Numbers of the chunks that are counted, ascending. */
async function countedChunks(scope: ShopScope, version: number): Promise<number[]> {
  const rows = await scope.tx.recommendationChunk.findMany({
    where: { shopId: scope.shopId, version },
    select: { chunk: true },
    orderBy: { chunk: 'asc' },
  });
  return rows.map((row) => row.chunk);
}

/** Stores a counted chunk, unless another worker has done the same meanwhile. @throws TrainingSuperseded */
export async function writeChunk(scope: ShopScope, version: number, chunk: number, data: Uint8Array): Promise<void> {
  await holdOpenVersion(scope, version);
  await scope.tx.recommendationChunk.createMany({
    data: [{ shopId: scope.shopId, version, chunk, data: Uint8Array.from(data) }],
    skipDuplicates: true,
  });
}

/**
 * Deletes what chunks were counted from and what came of them, in all shops: of trainings that are over and of those
 * that began before `before`, which failed or which nobody took up again.
 */
export async function deleteOldChunkWork(scope: SystemScope, before: Date): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE recommendation_version SET status = 'failed' WHERE status = 'training' AND created_at < ${before}`;
  await scope.tx.$executeRaw`
    DELETE FROM recommendation_snapshot w WHERE NOT EXISTS (SELECT 1 FROM recommendation_version v
      WHERE v.shop_id = w.shop_id AND v.version = w.version AND v.status = 'training')`;
  await scope.tx.$executeRaw`
    DELETE FROM recommendation_chunk w WHERE NOT EXISTS (SELECT 1 FROM recommendation_version v
      WHERE v.shop_id = w.shop_id AND v.version = w.version AND v.status = 'training')`;
}
