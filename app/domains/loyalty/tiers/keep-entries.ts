import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeRules } from '../earn-history.ts';
import { giveActivities, takeBackActivities } from '../give-activities.ts';
import { versionAt } from '../model.ts';
import type { Activity } from '../store-activities.ts';
import { periodOf } from './period.ts';
import { entryMove } from './rules.ts';
import { type Entry, entryKey, readEntries, renewEntries } from './store-entries.ts';
import { type Figure, readBestFigures } from './store-tiers.ts';

/**
 * Gives points for reaching a tier, which wait as the latest order that counts does, and takes them back when the order goes
 * that brought it: by the figures of their moment as they stand now. Once in a lifetime, told however often.
 * @param reached tiers that members have come into now
 * @param figures of members by the rules in force now
 */
export async function keepEntries(
  scope: ShopScope,
  customerIds: readonly string[],
  {
    reached,
    figures,
  }: {
    readonly reached: readonly Pick<Entry, 'customerId' | 'tierId'>[];
    readonly figures: ReadonlyMap<string, Figure>;
  },
  { versions, timeZone }: ProgrammeRules,
  now: Date,
): Promise<void> {
  const version = versionAt(versions, now);
  const entries = await readEntries(scope, customerIds);
  const enoughThen = await readEnoughThen(scope, entries, { versions, timeZone });
  const moves = entries.map((entry) => {
    const level = version?.settings.tiers.levels.find(({ id }) => id === entry.tierId);
    const figure = figures.get(entry.customerId)?.figure;
    const enoughNow = level !== undefined && figure !== undefined && figure >= level.at;
    return { entry, move: entryMove(entry.stands, enoughThen.has(entry), enoughNow) };
  });
  const those = (wanted: (typeof moves)[number]['move']) =>
    moves.filter(({ move }) => move === wanted).map(({ entry }) => entry);
  await takeBackActivities(
    scope,
    those('take-back').map(({ customerId, tierId }) => entryKey(customerId, tierId)),
    now,
  );
  if (!version) return;
  await renewEntries(scope, those('renew'), version.version, now);
  const due = new Map([...reached, ...those('give')].map((one) => [`${one.customerId} ${one.tierId}`, one]));
  const activities = [...due.values()].flatMap(({ customerId, tierId }): Activity[] => {
    const points = version.settings.tiers.levels.find(({ id }) => id === tierId)?.entryPoints ?? 0;
    return points === 0 ? [] : [{ ...entryKey(customerId, tierId), kind: 'tier', version: version.version, points }];
  });
  const lastOrderOf = ({ customerId }: Activity) => figures.get(customerId)?.lastOrderAt ?? null;
  await giveActivities(scope, activities, version.settings, timeZone, now, lastOrderOf);
}

/** Of which standing entries what is left of their figures reaches the tier; of a tier that its version does not have, too. */
async function readEnoughThen(
  scope: ShopScope,
  entries: readonly Entry[],
  { versions, timeZone }: Pick<ProgrammeRules, 'versions' | 'timeZone'>,
): Promise<ReadonlySet<Entry>> {
  const standing = entries.flatMap((entry) => {
    const version = versions.find((one) => one.version === entry.version);
    const least = version?.settings.tiers.levels.find(({ id }) => id === entry.tierId)?.at ?? 0;
    return entry.stands && version ? [{ entry, version, least }] : [];
  });
  const figures = await readBestFigures(
    scope,
    standing.map(({ entry: { customerId, at }, version }) => {
      const { spans, ...period } = periodOf(version.settings, at, timeZone);
      return { ...period, customerId, spans: spans.map(({ since, until }) => ({ since, until: until ?? at })) };
    }),
  );
  return new Set(standing.flatMap(({ entry, least }, at) => ((figures[at]?.figure ?? 0) >= least ? [entry] : [])));
}
