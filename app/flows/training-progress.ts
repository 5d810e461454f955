/** Where on the bar of a training in chunks its counting ends; what follows it takes the rest. A rough guess. */
const countedAt = 40;

/** How far a training is while its chunks are counted, in percent of all of it. */
export function countingPercent(counted: number, chunks: number): number {
  return chunks === 0 ? 0 : Math.floor((countedAt * Math.min(counted, chunks)) / chunks);
}

/** The same while it learns and writes. @param percent of what follows the counting */
export function percentAfterCounting(percent: number): number {
  return countedAt + Math.floor(((100 - countedAt) * percent) / 100);
}
