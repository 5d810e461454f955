import { mergePlatformState, type Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';

/** Clocks that differ by less are the same: an answer is dated in whole seconds, and takes some. */
const enoughMs = 60_000;
/** A difference is written down anew when it moves by more than this. */
const moveMs = 20_000;

/**
 * How far the platform's clock is ahead of ours, milliseconds; 0 where it is about the same. What an answer tells is kept
 * for the webhooks, which do not say when they were sent.
 * @param seenMs by the newest answer; null where it did not tell
 */
export async function skewOfShop(
  { db }: Pick<Services, 'db'>,
  { id, platformState }: Pick<Shop, 'id' | 'platformState'>,
  seenMs: number | null,
): Promise<number> {
  const known = platformState.clockSkewMs ?? 0;
  if (seenMs === null) return known;
  const skewMs = Math.abs(seenMs) < enoughMs ? 0 : Math.round(seenMs);
  if (Math.abs(skewMs - known) > moveMs)
    await db.inShop(id, (scope) => mergePlatformState(scope, { clockSkewMs: skewMs }));
  return skewMs;
}
