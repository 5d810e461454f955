/** What Shopify last said of a shop's leaky bucket, and when. Points; points a second; milliseconds. */
export interface Bucket {
  readonly available: number;
  readonly maximum: number;
  readonly restoreRate: number;
  readonly at: number;
}

/** The points in the bucket at `now`, refilled since it was last seen. */
export function pointsAt(bucket: Bucket, now: number): number {
  const refilled = bucket.available + ((now - bucket.at) / 1000) * bucket.restoreRate;
  return Math.min(bucket.maximum, Math.max(0, refilled));
}

/**
 * Milliseconds until the bucket holds `cost` points: (cost − available) / restoreRate, at once when it does.
 * Source: shopify.dev, "Shopify API limits".
 */
export function waitFor(cost: number, bucket: Bucket, now: number): number {
  const missing = Math.min(cost, bucket.maximum) - pointsAt(bucket, now);
  return missing <= 0 ? 0 : Math.ceil((missing / bucket.restoreRate) * 1000);
}

/** Exponential pause before try number `attempt` (1 = first repeat) with full jitter; `random` in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(8_000, 250 * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
