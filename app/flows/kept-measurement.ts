import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { Services } from '#app/infra/services.ts';

/** How long a measurement is kept: this many times what it took, so that it costs a hundredth of the time at most. */
const keepTimesCost = 100;
const longestKeptSeconds = 3600;

/**
 * What a holdout shows. Small shops always see it as it is now; where adding up takes a second, it is a minute or two old.
 * @param key names shop, holdout and period
 */
export async function keptMeasurement(
  { cache, clock }: Pick<Services, 'cache' | 'clock'>,
  { key, since }: { readonly key: string; readonly since: Date },
  measure: () => Promise<ExperimentResult>,
): Promise<ExperimentResult> {
  const known = await cache.get(key);
  if (known !== null) return { ...(JSON.parse(known) as Exclude<ExperimentResult, { status: 'off' }>), since };
  const begun = clock.now();
  const result = await measure();
  const seconds = Math.floor(((clock.now().getTime() - begun.getTime()) * keepTimesCost) / 1000);
  // What took under a tenth of a second is not worth keeping.
  if (seconds >= 10) await cache.set(key, JSON.stringify(result), Math.min(seconds, longestKeptSeconds));
  return result;
}
