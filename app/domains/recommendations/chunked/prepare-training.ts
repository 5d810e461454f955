import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { countBaskets } from '../freshening/store.ts';
import { runTrainingThread } from '../run-training-thread.ts';
import { readCatalog, streamOrderLines } from '../store.ts';
import { givenLines } from '../training-messages.ts';
import { openVersion } from '../version-store.ts';
import { savePlan, writePiece } from './store.ts';

/** More than this only multiplies the reading of the history. */
const mostChunks = 64;

/** In how many chunks a shop's training is to be counted; 1 where it is small enough to be trained in one go. */
export async function planChunks(services: Pick<Services, 'db' | 'config'>, shopId: ShopId): Promise<number> {
  const orders = await services.db.inShop(shopId, countBaskets);
  return Math.min(mostChunks, Math.max(1, Math.ceil(orders / services.config.TRAINING_CHUNK_ORDERS)));
}

/**
 * Opens a version and stores the history that all its chunks count on, as it stands in one snapshot of the database.
 * A bound on the orders' numbers or times would not do: a refund, a cancellation or an order that arrives late changes
 * what lies below it, and then the parts would not be parts of one whole.
 * @returns the version
 * @param onPiece called after each stored piece
 * @throws TrainingSuperseded when another training of the shop began meanwhile; the signal's reason when aborted
 */
export async function prepareTraining(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shopId: ShopId,
  chunks: number,
  onPiece: () => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const version = await db.inShop(shopId, (scope) => openVersion(scope, clock.now()));
  const catalog = await db.inShop(shopId, readCatalog);
  let piece = 0;
  const { baskets } = await runTrainingThread({
    given: givenLines(streamOrderLines(db, shopId, clock.now())),
    order: { kind: 'pack', productIds: catalog.map((item) => item.productId) },
    async onPacking(data) {
      signal.throwIfAborted();
      await db.inShop(shopId, (scope) => writePiece(scope, version, piece, data));
      piece += 1;
      await onPiece();
    },
    signal,
  });
  await db.inShop(shopId, (scope) => savePlan(scope, version, { chunks, baskets }));
  return version;
}
