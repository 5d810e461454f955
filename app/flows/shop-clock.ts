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

/**
 * How far the platform's clock is ahead of ours, milliseconds, by one answer after the other; 0 where it is about the
 * same. What they tell is kept for the webhooks, which do not say when they were sent.
 * @returns takes what an answer tells, null where it does not
 */
export function followClock(
  { db }: Pick<Services, 'db'>,
  { id, platformState }: Pick<Shop, 'id' | 'platformState'>,
): (seenMs: number | null) => Promise<number> {
  let known = platformState.clockSkewMs ?? 0;
  return async (seenMs) => {
    const skewMs = seenMs === null ? known : settledSkew(known, seenMs);
    if (skewMs !== known) await db.inShop(id, (scope) => mergePlatformState(scope, { clockSkewMs: skewMs }));
    known = skewMs;
    return known;
  };
}
