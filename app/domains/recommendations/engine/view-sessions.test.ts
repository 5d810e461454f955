import { describe, expect, it } from 'vitest';
import { collectViews } from './view-sessions.ts';

const minute = 60_000;
const itemIndex = new Map(Array.from({ length: 5 }, (_, item) => [`p${String(item)}`, item]));

/** Of each visitor a visit to two products that ends at a moment of its own. */
function visitsThatEnd(ends: readonly number[], most: number) {
  const views = collectViews(most);
  ends.forEach((end, visitor) => {
    views.add(visitor, 'p1', end - minute);
    views.add(visitor, 'p2', end);
  });
  return views.finish(itemIndex);
}

describe('visits that are kept', () => {
  const ends = Array.from({ length: 5_000 }, (_, visitor) => ((visitor * 7_919) % 5_000) * 1_000);

  it('are the latest, visitor after visitor, however many there were', () => {
    const kept = visitsThatEnd(ends, 100);
    expect(kept).toEqual(visitsThatEnd(ends, Infinity).filter(({ at }) => at >= 4_900_000));
    expect(kept).toHaveLength(100);
  });

  it('are all of them where there are no more', () => {
    expect(visitsThatEnd(ends.slice(0, 100), 100)).toHaveLength(100);
  });

  it('are the first of those that ended at the same moment', () => {
    const same = visitsThatEnd(new Array<number>(1_000).fill(minute), 40);
    expect(same.map(({ visitor }) => visitor)).toEqual(Array.from({ length: 40 }, (_, visitor) => visitor));
  });

  it('are not pushed out by visits to a single product', () => {
    const views = collectViews(10);
    views.add(0, 'p1', 0);
    views.add(0, 'p2', 1);
    for (let visitor = 1; visitor < 1_000; visitor += 1) views.add(visitor, 'p3', visitor * minute);
    expect(views.finish(itemIndex)).toEqual([{ visitor: 0, at: 1, items: [1, 2] }]);
  });
});
