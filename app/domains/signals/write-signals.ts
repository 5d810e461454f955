import { recordSightings } from '#app/domains/experiments/index.ts';
import type { Database } from '#app/infra/database.ts';
import type { Signal } from './model.ts';
import { insertSignals } from './store.ts';

/**
 * Stores a batch and, in the same transaction, which visitors it exposes to their shop's experiment. Only
 * product views expose: both arms make them alike, while a held-out visitor has no impression of a widget. Of crowds
 * nothing is stored but that.
 * Sees all shops, because one batch holds signals of many.
 */
export async function writeSignals(db: Database, signals: readonly Signal[]): Promise<number> {
  return db.asSystem(async (scope) => {
    const stored = await insertSignals(
      scope,
      signals.filter(({ crowd }) => crowd !== true),
    );
    await recordSightings(
      scope,
      signals
        .filter((one) => one.kind === 'view')
        .map((one) => ({
          shopId: one.shopId,
          visitorId: one.visitorId,
          productId: one.productId,
          at: one.occurredAt,
          crowd: one.crowd === true,
        })),
    );
    return stored;
  });
}
