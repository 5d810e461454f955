import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { runTrainingThread } from '../run-training-thread.ts';
import { TrainingSuperseded } from '../version-store.ts';
import { chunksLeft, givenPieces, writeChunk } from './store.ts';

/**
 * Counts one chunk of a training and stores it. May be done again, also by two at once: the result is the same and is
 * kept once.
 * @throws the signal's reason when aborted
 */
export async function countTrainingChunk(
  { db }: Pick<Services, 'db'>,
  shopId: ShopId,
  { version, chunk }: { version: number; chunk: number },
  signal: AbortSignal,
): Promise<'counted' | 'known' | 'superseded'> {
  const left = () => db.inShop(shopId, (scope) => chunksLeft(scope, version));
  const before = await left();
  if (before === null) return 'superseded';
  if (!before.missing.includes(chunk)) return 'known';
  try {
    const { data } = await runTrainingThread({
      given: givenPieces(db, shopId, version, before.baskets?.pieces),
      order: { kind: 'count', chunk, of: before.total, products: before.baskets?.products ?? null },
      signal,
    });
    await db.inShop(shopId, (scope) => writeChunk(scope, version, chunk, data), { timeoutMs: 120_000 });
    return 'counted';
  } catch (error) {
    if (error instanceof TrainingSuperseded) return 'superseded';
    // Its history goes with a training: half of one is no error of ours then.
    if (!signal.aborted && (await left()) === null) return 'superseded';
    throw error;
  }
}
