import type { ShopScope } from '#app/infra/database.ts';
import { versionAt } from '../model.ts';
import { readRules } from '../store.ts';

const dayMs = 86_400_000;

/** Tiers of the programme in force, the lowest first, and before when an order was placed that cannot come back any more. */
export async function readLevels(scope: ShopScope, now: Date) {
  const rules = await readRules(scope);
  const settings = rules && versionAt(rules.versions, now)?.settings;
  return {
    ids: settings?.tiers.levels.map(({ id }) => id) ?? [],
    settledBefore: new Date(now.getTime() - (settings?.pendingDays ?? 0) * dayMs),
  };
}
