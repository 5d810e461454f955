import {
  enter,
  enterByTier,
  enterByViews,
  enterPresent,
  type Entry,
  noteEntered,
  type PersonalOffer,
  readOffers,
} from '#app/domains/personal-offers/index.ts';
import { readBirthdays, readLevels } from '#app/domains/loyalty/index.ts';
import { readChanges, type SegmentChange } from '#app/domains/segments/index.ts';
import { readKeenViewers } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

const changesAtOnce = 1_000;
const dayMs = 86_400_000;
/** A shop's whole segment comes in by one statement. */
const enterTimeoutMs = 120_000;

/** Notes everybody who met a trigger of a live offer that no order tells of. May run any number of times. */
export async function enterAll(
  { db, clock, secrets }: Pick<Services, 'db' | 'clock' | 'secrets'>,
  shopId: ShopId,
  signal: AbortSignal,
): Promise<void> {
  const now = clock.now();
  for (const offer of await db.inShop(shopId, (scope) => readOffers(scope, 'live'))) {
    signal.throwIfAborted();
    const { trigger } = offer.terms;
    if (trigger.type === 'segment') {
      if (trigger.present && !offer.filled)
        await db.inShop(shopId, (scope) => enterPresent(scope, offer, now), { timeoutMs: enterTimeoutMs });
      for (let cursor: string | null = offer.cursor; cursor !== null;) {
        signal.throwIfAborted();
        const after: string = cursor;
        const next = await db.inShop(shopId, (scope) => enterChanged(scope, offer, after, now));
        cursor = next === after ? null : next;
      }
    } else if (trigger.type === 'viewed') {
      const since = new Date(now.getTime() - trigger.days * dayMs);
      await db.inShop(
        shopId,
        async (scope) => {
          const viewers = await readKeenViewers(scope, { times: trigger.times, since });
          await enterByViews(scope, offer, viewers, now);
        },
        { timeoutMs: enterTimeoutMs },
      );
    } else if (trigger.type === 'birthday') {
      await db.inShop(shopId, async (scope) => {
        const birthdays = offer.countsFrom ? await readBirthdays(secrets, scope, offer.countsFrom, now) : [];
        const toEntry = ({ customerId, year }: (typeof birthdays)[number]): Entry => {
          return { offerId: offer.id, customerId, occurrence: `birthday:${String(year)}`, productId: null };
        };
        await enter(scope, birthdays.map(toEntry), now);
      });
    } else if (trigger.type === 'tier')
      await db.inShop(shopId, async (scope) => enterByTier(scope, offer, await readLevels(scope, now), now));
  }
}

/** Reads one page of changes; returns where the next begins, the same place where there is none. */
async function enterChanged(scope: ShopScope, offer: PersonalOffer, cursor: string, now: Date): Promise<string> {
  const { trigger } = offer.terms;
  const { changes, next } = await readChanges(scope, cursor, changesAtOnce);
  const segments: readonly string[] = trigger.type === 'segment' ? trigger.segments : [];
  const toEntry = ({ customerId, to, at }: SegmentChange): Entry[] =>
    to !== null && segments.includes(to)
      ? [{ offerId: offer.id, customerId, occurrence: `segment:${to}:${at.toISOString()}`, productId: null }]
      : [];
  await enter(scope, changes.flatMap(toEntry), now);
  if (next !== cursor) await noteEntered(scope, offer.id, { cursor: next });
  return next;
}
