import { isOfAnotherClock, readHeldLater, type Version, yieldToShown } from '#app/domains/completeness/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { PlatformRecord } from '#app/platforms/platform.ts';
import { setBackOf } from './shop-clock.ts';

type Shown = Version & { readonly aheadMs: number };

/**
 * Records that the platform itself has just shown are the newest there are, although what we hold bears a later time,
 * where that time comes from a clock that was set back since: it gives way. To be called before they are written, in the
 * same transaction. Elsewhere the later time counts, so that whoever asked earlier and writes later changes nothing.
 */
export async function acceptShown(
  { clock }: Pick<Services, 'clock'>,
  scope: ShopScope,
  records: readonly PlatformRecord[],
): Promise<void> {
  const shown = newestOf(records);
  if (shown.size === 0) return;
  const later = await readHeldLater(scope, [...shown.values()]);
  if (later.length === 0) return;
  const setBack = setBackOf(await readShop(scope));
  // They are locked by now: nobody has written them at a later moment than this.
  const now = clock.now().getTime();
  const wrong = later.filter((held) => {
    const aheadMs = shown.get(keyOf(held))?.aheadMs ?? 0;
    return isOfAnotherClock(held.heldAt, new Date(now + aheadMs), setBack);
  });
  await yieldToShown(scope, wrong);
}

const keyOf = ({ resource, id }: Pick<Version, 'resource' | 'id'>): string => `${resource} ${id}`;

/** The newest version of each record whose platform said by which clock it shows it. */
function newestOf(records: readonly PlatformRecord[]): ReadonlyMap<string, Shown> {
  const newest = new Map<string, Shown>();
  for (const record of records) {
    if (record.aheadMs === undefined) continue;
    const version = versionOf(record);
    const known = newest.get(keyOf(version));
    if (!known || known.changedAt <= version.changedAt)
      newest.set(keyOf(version), { ...version, aheadMs: record.aheadMs });
  }
  return newest;
}

/** Which version of which record this is. */
export function versionOf(record: PlatformRecord): Version {
  const { id, updatedAt } =
    record.resource === 'products' ? record.product : record.resource === 'customers' ? record.customer : record.order;
  return { resource: record.resource, id, changedAt: updatedAt };
}
