import { armIn, isHeldOut } from '#app/shared/assignment.ts';
import type { Experiment, ExposureRow, Sighting } from '../model.ts';
import type { SplitTest } from './model.ts';
import { exposureOf, layerSaltOf } from './rules.ts';

const during = (at: Date, { startedAt, endedAt }: { startedAt: Date | null; endedAt: Date | null }): boolean =>
  startedAt !== null && startedAt <= at && (endedAt === null || at < endedAt);

/**
 * The exposures to tests that product views amount to: one a visitor and test, at the earliest moment. Every arm
 * makes product views alike, so they count all arms by one event; whoever is held out of the whole app sees no arm
 * and belongs to none. The arm is computed here, nothing that a browser claims is believed.
 */
export function testExposuresOf(
  sightings: readonly Sighting[],
  tests: readonly SplitTest[],
  periods: readonly Experiment[],
): ExposureRow[] {
  const rows = new Map<string, ExposureRow>();
  for (const { shopId, visitorId, productId, at, crowd = false } of sightings) {
    const held = periods.some(
      (one) => one.shopId === shopId && during(at, one) && isHeldOut(visitorId, one.salt, one.holdoutBps),
    );
    if (held) continue;
    for (const test of tests) {
      if (test.shopId !== shopId || !during(at, test)) continue;
      if (test.productIds.length > 0 && !(productId !== null && test.productIds.includes(productId))) continue;
      const arm = armIn(visitorId, {
        layer: layerSaltOf(test),
        from: test.bucketFrom,
        to: test.bucketTo,
        salt: test.salt,
        arms: test.arms,
      });
      if (!arm) continue;
      const experiment = exposureOf(test.id);
      const id = `${shopId} ${experiment} ${visitorId}`;
      const known = rows.get(id);
      if (known && known.firstSeenAt <= at) continue;
      rows.set(id, { shopId, experiment, visitorId, arm: arm.key, firstSeenAt: at, crowd });
    }
  }
  return [...rows.values()];
}
