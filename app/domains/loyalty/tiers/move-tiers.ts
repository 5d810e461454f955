import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeRules } from '../earn-history.ts';
import { giveActivities } from '../give-activities.ts';
import { localTime, startOfDay } from '../local-time.ts';
import { versionAt } from '../model.ts';
import { nextTier, periodStart } from './rules.ts';
import { readMemberTiers, saveTiers } from './store-tiers.ts';

/**
 * Has the tiers of locked members follow their figures by the rules in force now; without a programme in force they stay.
 * Points for reaching a tier are given once in a lifetime. A constant number of statements for any number of members.
 */
export async function moveTiers(
  scope: ShopScope,
  customerIds: readonly string[],
  { versions, timeZone }: ProgrammeRules,
  now: Date,
): Promise<void> {
  const version = versionAt(versions, now);
  const tiers = version?.settings.tiers;
  if (!version || !tiers || tiers.levels.length === 0) return;
  const since = periodStart(tiers.period, now, startOfDay(localTime(now, timeZone).year - 1, 1, 1, timeZone));
  const { currency } = version.settings;
  const members = await readMemberTiers(scope, customerIds, { measure: tiers.measure, since, currency });
  const moves = members.flatMap(({ figure, customerId, ...state }) => {
    const next = nextTier(state, figure, tiers, now);
    const same = next.tier === state.tier && next.belowSince?.getTime() === state.belowSince?.getTime();
    return same ? [] : [{ ...next, customerId, from: state.tier }];
  });
  await saveTiers(scope, moves, now);
  const rank = (id: string): number => tiers.levels.findIndex((level) => level.id === id);
  const entries = moves.flatMap(({ customerId, from, tier }) =>
    // Who skips a tier has reached it, too.
    tiers.levels.slice(rank(from) + 1, Math.max(0, rank(tier) + 1)).flatMap(({ id, entryPoints }) =>
      entryPoints === 0
        ? []
        : [
            {
              customerId,
              rule: `tier:${id}`,
              reference: '',
              kind: 'tier',
              version: version.version,
              points: entryPoints,
            },
          ],
    ),
  );
  await giveActivities(scope, entries, version.settings, timeZone, now);
}
