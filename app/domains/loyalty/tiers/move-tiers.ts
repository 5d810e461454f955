import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeRules } from '../earn-history.ts';
import { versionAt } from '../model.ts';
import { keepEntries } from './keep-entries.ts';
import { periodOf } from './period.ts';
import { nextTier } from './rules.ts';
import { noteFigures, readMemberTiers, saveTiers } from './store-tiers.ts';

/**
 * Has the tiers of locked members follow their figures by the rules in force now; without a programme in force they stay.
 * Points for reaching a tier follow the orders that brought it. A constant number of statements for any number of members.
 */
export async function moveTiers(
  scope: ShopScope,
  customerIds: readonly string[],
  rules: ProgrammeRules,
  now: Date,
): Promise<void> {
  if (customerIds.length === 0) return;
  const version = versionAt(rules.versions, now);
  const tiers = version?.settings.tiers;
  const members =
    version && tiers && tiers.levels.length > 0
      ? await readMemberTiers(scope, customerIds, periodOf(version.settings, now, rules.timeZone))
      : [];
  const moves = members.flatMap(({ figure, lastOrderAt: _lastOrderAt, known: _known, customerId, ...state }) => {
    const next = tiers ? nextTier(state, figure, tiers, now) : state;
    const same = next.tier === state.tier && next.belowSince?.getTime() === state.belowSince?.getTime();
    return same ? [] : [{ ...next, customerId, from: state.tier }];
  });
  await noteFigures(scope, members);
  await saveTiers(scope, moves, now);
  const levels = tiers?.levels ?? [];
  const rank = (id: string): number => levels.findIndex((level) => level.id === id);
  const reached = moves.flatMap(({ customerId, from, tier }) =>
    // Who skips a tier has reached it, too.
    levels.slice(rank(from) + 1, Math.max(0, rank(tier) + 1)).map(({ id }) => ({ customerId, tierId: id })),
  );
  const figures = new Map(members.map((member) => [member.customerId, member]));
  await keepEntries(scope, customerIds, { reached, figures }, rules, now);
}
