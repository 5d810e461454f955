import { randomUUID } from 'node:crypto';
import { earnAll } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { lotTimes } from './lot-times.ts';
import { pointsOf, type ProgrammeSettings } from './model.ts';
import { type Activity, addActivities } from './store-activities.ts';

/** Gives points for something else than an order, each activity once for good. Returns what was given now. */
export async function giveActivities(
  scope: ShopScope,
  activities: readonly Activity[],
  settings: Pick<ProgrammeSettings, 'pendingDays' | 'expiry'>,
  timeZone: string,
  now: Date,
): Promise<Activity[]> {
  const fresh = await addActivities(scope, activities, now);
  if (fresh.length === 0) return fresh;
  const outcomes = await earnAll(
    scope,
    fresh.map(({ customerId, rule, kind, points, version }) => ({
      account: pointsOf(customerId),
      amount: points,
      ...lotTimes(now, settings, false, timeZone),
      // That it is given once is kept with the activities. The ledger forgets nothing, so that it is told no customer's id.
      source: { kind: 'loyalty-activity', id: randomUUID(), purpose: '' },
      at: now,
      details: { version, kind, rule },
    })),
  );
  const wrong = outcomes.find(({ code }) => code !== 'posted');
  if (wrong) throw new Error(`the ledger answered ${wrong.code} to points that were not given before`);
  return fresh;
}
