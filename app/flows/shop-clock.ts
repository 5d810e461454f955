import { type SetBack, setBackAfter } from '#app/domains/completeness/index.ts';
import { mergePlatformState, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';

/** Clocks that differ by less are the same: an answer is dated in whole seconds, and takes some. */
const enoughMs = 60_000;
/** A difference is written down anew when it moves by more than this. */
const moveMs = 20_000;

/**
 * The difference to go by, milliseconds. One that is known stays until the answers are clearly off it: near the least
 * that counts it would come and go with each answer.
 * @param seenMs by the newest answer
 */
export function settledSkew(known: number, seenMs: number): number {
  if (Math.abs(seenMs - known) <= moveMs) return known;
  const enough = known === 0 ? enoughMs : enoughMs - moveMs;
  return Math.abs(seenMs) < enough ? 0 : Math.round(seenMs);
}

/** What is known of a platform's clock that was set back. */
export function setBackOf({ platformState }: Pick<Shop, 'platformState'>): SetBack | null {
  const { clockSetBack: known } = platformState;
  return known === undefined ? null : { from: new Date(known.from), until: new Date(known.until) };
}

/** Since when nobody may have looked at the platform's clock: each reconciliation does. Null before the first is through. */
function lastLook({ platformState }: Pick<Shop, 'platformState'>): Date | null {
  const [oldest] = Object.values(platformState.reconciledUntil ?? {}).sort();
  return oldest === undefined ? null : new Date(oldest);
}

/**
 * How far the platform's clock is ahead of ours, milliseconds, by one answer after the other; 0 where it is about the
 * same. What they tell is kept for the webhooks, which do not say when they were sent.
 * @returns takes what an answer tells, null where it does not
 */
export function followClock(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shop: Pick<Shop, 'id' | 'platformState'>,
): (seenMs: number | null) => Promise<number> {
  // The first look is noted also where there is no difference: a clock that nobody knew was not set back.
  let known = shop.platformState.clockSkewMs ?? null;
  let setBack = setBackOf(shop);
  const before = lastLook(shop);
  return async (seenMs) => {
    if (seenMs === null) return known ?? 0;
    const skewMs = settledSkew(known ?? 0, seenMs);
    if (skewMs === known) return known;
    setBack = setBackAfter(setBack, { before, beforeSkewMs: known, now: clock.now(), skewMs });
    const clockSetBack = setBack && { from: setBack.from.toISOString(), until: setBack.until.toISOString() };
    await db.inShop(shop.id, (scope) =>
      mergePlatformState(scope, { clockSkewMs: skewMs, ...(clockSetBack === null ? {} : { clockSetBack }) }),
    );
    known = skewMs;
    return known;
  };
}
