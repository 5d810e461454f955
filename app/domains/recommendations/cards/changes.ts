/**
 * Which products have changed lately, for those who keep what they made of them. Readings are numbered through all
 * shops, so that a number from before this memory began is told apart.
 */
export interface ProductChanges {
  /** the number of the last reading */
  reading(): number;
  /**
   * Takes in what was read.
   * @param changed every product that a transaction changed which was not seen as finished before; null = too many
   * @returns products to be read anew; null = all of them
   */
  take(changed: readonly ProductChange[] | null): readonly string[] | null;
  /** None of these has changed since that reading. */
  untouched(productIds: readonly string[], since: number): boolean;
}

/** A product and the transaction that changed it last. */
export type ProductChange = readonly [productId: string, changedIn: string];

/** Changed products that are remembered; with more the memory begins anew. */
const mostRemembered = 10_000;

let lastReading = 0;

export function createProductChanges(): ProductChanges {
  let reading = (lastReading += 1);
  let floor = reading;
  let changedAt = new Map<string, number>();
  /** A transaction that goes on for long makes what finished after its start come again and again. */
  let before = new Map<string, string>();

  return {
    reading: () => reading,
    take(changed) {
      reading = lastReading += 1;
      if (changed === null || changedAt.size + changed.length > mostRemembered) {
        floor = reading;
        changedAt = new Map();
        before = new Map(changed);
        return changed === null ? null : changed.map(([id]) => id);
      }
      const news = changed.filter(([id, changedIn]) => before.get(id) !== changedIn).map(([id]) => id);
      for (const id of news) changedAt.set(id, reading);
      before = new Map(changed);
      return news;
    },
    untouched: (productIds, since) => since >= floor && productIds.every((id) => (changedAt.get(id) ?? 0) <= since),
  };
}
