import type { ShopScope } from '#app/infra/database.ts';
import { type ProgrammeSettings, type TierLevel, versionAt } from './model.ts';
import { readRules } from './store.ts';

/** Products that are kept for members of some levels. */
export interface KeptProducts {
  readonly productIds: readonly string[];
  readonly collectionIds: readonly string[];
  /** that may buy, the lowest first */
  readonly levels: readonly Pick<TierLevel, 'id' | 'name'>[];
  /** null = for good */
  readonly until: Date | null;
}

/** What the programme keeps for its members, as far as it is not over. Who is in a higher level may what a lower one may. */
export function keptProducts({ exclusives, tiers }: Pick<ProgrammeSettings, 'exclusives' | 'tiers'>, now: Date) {
  return exclusives.flatMap(({ fromLevel, productIds, collectionIds, until }): KeptProducts[] => {
    const from = tiers.levels.findIndex(({ id }) => id === fromLevel);
    const end = until === null ? null : new Date(until);
    if (from < 0 || (end !== null && end <= now)) return [];
    const levels = tiers.levels.slice(from).map(({ id, name }) => ({ id, name }));
    return [{ productIds, collectionIds, levels, until: end }];
  });
}

/** The same of the programme in force; nothing is kept while there is none. */
export async function readKeptProducts(scope: ShopScope, now: Date): Promise<KeptProducts[]> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  return version ? keptProducts(version.settings, now) : [];
}
