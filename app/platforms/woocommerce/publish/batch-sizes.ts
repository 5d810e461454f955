/**
 * A batch takes 100 objects. Products are saved one after the other: some 100 ms each, on a slow host, or with plugins
 * that work at each save, a second and more. Such a batch is not done in time, and is tried with fewer.
 */
const largest = 50;
const smallest = 6;
/** After so many full batches twice as many products are tried: what made the host slow may be over. */
const patience = 4;
/** Each larger batch that fails costs a time-out and its products twice: the next one is tried ever later. */
const mostPatience = 256;

interface BatchSize {
  readonly size: number;
  /** full batches since it last changed */
  readonly done: number;
  /** it is larger than what went through before */
  readonly grown: boolean;
  readonly patience: number;
}

/** How many products at once a store was found to take, by shop; remembered by the caller. */
export type BatchSizes = Map<string, BatchSize>;

/** How many products the next batch holds. */
export const batchSizeOf = (sizes: BatchSizes, shopId: string): number => sizes.get(shopId)?.size ?? largest;

/** A batch of `count` products went through. */
export function noteDone(sizes: BatchSizes, shopId: string, count: number): void {
  const known = sizes.get(shopId);
  // What is left over at the end says little.
  if (!known || count < known.size) return;
  if (known.size >= largest) sizes.delete(shopId);
  else if (known.done + 1 < known.patience) sizes.set(shopId, { ...known, done: known.done + 1 });
  else sizes.set(shopId, { ...known, size: Math.min(largest, known.size * 2), done: 0, grown: true });
}

/** A batch of `count` products was not done in time. @returns false where fewer would not help either */
export function noteOverrun(sizes: BatchSizes, shopId: string, count: number): boolean {
  if (count <= smallest) return false;
  const known = sizes.get(shopId);
  const inVain = known?.grown === true && known.done < known.patience;
  sizes.set(shopId, {
    size: Math.max(smallest, Math.ceil(count / 2)),
    done: 0,
    grown: false,
    patience: Math.min(mostPatience, (known?.patience ?? patience) * (inVain ? 2 : 1)),
  });
  return true;
}
