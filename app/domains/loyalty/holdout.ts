import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammeVersion } from './model.ts';
import { readRules } from './store.ts';

/**
 * The share of the newest version, since when it stands, and since when there is a programme at all; null where there never
 * was a live one.
 */
export function shareSince(
  versions: readonly Pick<ProgrammeVersion, 'from' | 'settings'>[],
): { readonly holdoutBps: number; readonly since: Date; readonly begun: Date } | null {
  const newest = versions.toSorted((a, b) => b.from.getTime() - a.from.getTime());
  const holdoutBps = newest[0]?.settings.holdoutBps;
  if (holdoutBps === undefined) return null;
  const other = newest.findIndex(({ settings }) => settings.holdoutBps !== holdoutBps);
  const since = newest[(other < 0 ? newest.length : other) - 1]?.from;
  const begun = newest.at(-1)?.from;
  return since && begun ? { holdoutBps, since, begun } : null;
}

/** Which customers see no programme, and since when it is these. */
export async function readHoldout(scope: ShopScope) {
  const rules = await readRules(scope);
  const share = rules && shareSince(rules.versions);
  return share && { ...share, salt: rules.salt };
}
