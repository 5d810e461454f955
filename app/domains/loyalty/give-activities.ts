import { earnAll, reverseAll } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { lotTimes, settledAt } from './lot-times.ts';
import { pointsOf, type ProgrammeSettings } from './model.ts';
import { type Activity, type ActivityKey, addActivities, type Given, removeActivities } from './store-activities.ts';

/**
 * Gives points for something else than an order, each activity once until it is taken back. Returns what was given now.
 * @param orderOf when the order was placed that brought an activity: its points wait as that order's do; null = none did
 */
export async function giveActivities(
  scope: ShopScope,
  activities: readonly Activity[],
  settings: Pick<ProgrammeSettings, 'pendingDays' | 'expiry'>,
  timeZone: string,
  now: Date,
  orderOf: (activity: Activity) => Date | null = () => null,
): Promise<Activity[]> {
  const fresh = await addActivities(scope, activities, now);
  if (fresh.length === 0) return fresh;
  const outcomes = await earnAll(
    scope,
    fresh.map((activity) => {
      const placedAt = orderOf(activity);
      const waits = placedAt !== null && settledAt(placedAt, settings) > now;
      return {
        account: pointsOf(activity.customerId),
        amount: activity.points,
        ...lotTimes(waits ? placedAt : now, settings, waits, timeZone),
        source: sourceOf(activity),
        at: now,
        details: detailsOf(activity),
      };
    }),
  );
  const wrong = outcomes.find(({ code }) => code !== 'posted');
  if (wrong) throw new Error(`the ledger answered ${wrong.code} to points that were not given before`);
  return fresh;
}

/** Takes points for activities back, once; what was spent of them becomes a debt. Returns whether there were any. */
export async function takeBackActivities(
  scope: ShopScope,
  activities: readonly ActivityKey[],
  now: Date,
): Promise<boolean> {
  const gone = await removeActivities(scope, activities, now);
  const outcomes = await reverseAll(
    scope,
    gone.map((activity) => ({
      original: sourceOf(activity),
      amount: null,
      source: { ...sourceOf(activity), purpose: 'back' },
      at: now,
      details: detailsOf(activity),
    })),
  );
  const wrong = outcomes.find(({ code }) => code !== 'posted');
  if (wrong) throw new Error(`the ledger answered ${wrong.code} to points that were given`);
  return gone.length > 0;
}

/** That it is given once is kept with the activities. The ledger forgets nothing, so that it is told no customer's id. */
const sourceOf = ({ sourceId }: Given) => ({ kind: 'loyalty-activity', id: sourceId, purpose: '' });
const detailsOf = ({ version, kind, rule }: Activity) => ({ version, kind, rule });
