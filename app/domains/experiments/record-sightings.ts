import type { SystemScope } from '#app/infra/database.ts';
import type { Sighting } from './model.ts';
import { exposuresOf } from './rules.ts';
import { testExposuresOf } from './split-tests/exposures.ts';
import { readTestsSince } from './split-tests/store.ts';
import { insertExposures, readPeriodsSince } from './store.ts';

/**
 * Records who was exposed to the holdout and to the tests of their shop. Callers must pass only sightings of a kind that both
 * arms produce alike (a product view, never a widget's impression, which the holdout cannot have); otherwise
 * the arms would not be comparable. The arm is computed here and nothing that a browser claims is believed.
 * Sees all shops, because one write of the intake holds sightings of many.
 */
export async function recordSightings(scope: SystemScope, sightings: readonly Sighting[]): Promise<void> {
  if (sightings.length === 0) return;
  const earliest = new Date(Math.min(...sightings.map((one) => one.at.getTime())));
  const shopIds = [...new Set(sightings.map((one) => one.shopId))];
  const periods = await readPeriodsSince(scope, shopIds, earliest);
  const tests = await readTestsSince(scope, shopIds, earliest);
  await insertExposures(scope, [...exposuresOf(sightings, periods), ...testExposuresOf(sightings, tests, periods)]);
}
