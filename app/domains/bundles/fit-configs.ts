import type { Result } from '#app/shared/result.ts';

interface Fitted<Bundle> {
  readonly configs: string[];
  /** what is in them, in the order in which they were given */
  readonly fitting: readonly Bundle[];
  readonly leftOut: readonly Bundle[];
}

/**
 * As many bundles as one store discount holds: what is too large by itself is left out, and where all together are, the
 * newest are. So what worked yesterday goes on working, whatever is made today.
 * @param encode of no bundle never fails
 */
export function fitConfigs<Bundle extends { readonly id: string; readonly createdAt: Date }>(
  live: readonly Bundle[],
  encode: (some: readonly Bundle[]) => Result<string[], 'config-too-large'>,
): Fitted<Bundle> {
  const all = encode(live);
  if (all.ok) return { configs: all.value, fitting: live, leftOut: [] };
  const age = (a: Bundle, b: Bundle) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
  const possible = live.filter((one) => encode([one]).ok).sort(age);
  // The first `fits` of them are known to fit, the first `over` are not.
  let [fits, over] = [0, possible.length + 1];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (encode(possible.slice(0, middle)).ok) fits = middle;
    else over = middle;
  }
  const kept = new Set(possible.slice(0, fits));
  const configs = encode(live.filter((one) => kept.has(one)));
  if (!configs.ok) throw new Error('what fitted does not fit');
  return {
    configs: configs.value,
    fitting: live.filter((one) => kept.has(one)),
    leftOut: live.filter((one) => !kept.has(one)),
  };
}
