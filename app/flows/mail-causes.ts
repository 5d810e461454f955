import { readReachedTiers, readRewardTitles } from '#app/domains/loyalty/index.ts';
import { readOrderNames } from '#app/domains/orders/index.ts';
import { readGrantTitles } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

type Names = (scope: ShopScope, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Who knows the names of what mails are about, by the kind of their source. */
const names: Readonly<Record<string, Names>> = {
  referral: readOrderNames,
  'personal-offer': readGrantTitles,
  'loyalty-reward': readRewardTitles,
  'loyalty-tier': readReachedTiers,
};

interface Source {
  readonly sourceKind: string;
  readonly sourceId: string;
}

/** What mails were about, as people call it: a function of their sources; null where it has no name, or is gone. */
export async function readCauses(
  scope: ShopScope,
  sources: readonly Source[],
): Promise<(source: Source) => string | null> {
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [kind, some] of Map.groupBy(sources, ({ sourceKind }) => sourceKind)) {
    const read = Object.hasOwn(names, kind) ? names[kind] : undefined;
    if (read) found.set(kind, await read(scope, [...new Set(some.map(({ sourceId }) => sourceId))]));
  }
  return ({ sourceKind, sourceId }) => found.get(sourceKind)?.get(sourceId) ?? null;
}
