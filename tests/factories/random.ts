/** A number in [0, 1) from a seed, the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The seed of tests with faults, the same at every run, so that a failure comes back where it came from. `CHAOS_SEED`
 * looks elsewhere; it stands in the tests' names.
 */
export const chaosSeed = Number(process.env['CHAOS_SEED'] ?? 20_261_122);
