/** One visit: different products that were looked at one after the other. */
export interface ViewSession {
  /** counts through the visitors; nothing else is known of them */
  readonly visitor: number;
  /** ms since 1970 of the last view */
  readonly at: number;
  /** numbers of the products in the order in which they were first looked at */
  readonly items: readonly number[];
}

/** Takes views by visitor and, of one visitor, in time order. */
export interface ViewSessions {
  add(visitor: number, productId: string, at: number): void;
  /** those that say something, visitor after visitor, oldest first */
  finish(itemIndex: ReadonlyMap<string, number>): ViewSession[];
}

/** Who looks at nothing for so long and comes back makes another visit. */
const pauseMs = 30 * 60_000;
/** Who looks at more products in one visit is looking for nothing, or is a program. */
const mostProducts = 40;
/** Who looks at more in a quarter is a program. */
const mostViews = 1_000;

/** So many visits are learnt from: more say hardly anything new. */
const mostVisits = 100_000;

interface Visit {
  readonly visitor: number;
  at: number;
  readonly products: Set<string>;
}

type KeptVisit = Omit<Visit, 'products'> & { readonly products: readonly string[] };

/**
 * Collects visits; of a program's hundred thousand views nothing is kept, and of visits to a single product neither.
 * Of more than `most` the latest are kept, whoever they are of, so that a training holds however much is looked at.
 */
export function collectViews(most = mostVisits): ViewSessions {
  let kept: KeptVisit[] = [];
  let visitor = -1;
  let views = 0;
  let visits: Visit[] = [];
  function endVisitor(): void {
    for (const { visitor, at, products } of visits)
      if (products.size > 1 && products.size <= mostProducts) kept.push({ visitor, at, products: [...products] });
    visits = [];
    // Not at each visitor: finding the latest takes a look at all.
    if (kept.length > most * 1.25) kept = latestOf(kept, most);
  }
  return {
    add(ofVisitor, productId, at) {
      if (ofVisitor !== visitor) {
        endVisitor();
        visitor = ofVisitor;
        views = 0;
      }
      views += 1;
      if (views > mostViews) {
        visits = [];
        return;
      }
      const last = visits.at(-1);
      if (last === undefined || at - last.at > pauseMs) visits.push({ visitor, at, products: new Set([productId]) });
      else {
        last.at = at;
        // One more than may be is enough to know.
        if (last.products.size <= mostProducts) last.products.add(productId);
      }
    },
    finish(itemIndex) {
      endVisitor();
      return latestOf(kept, most)
        .map(({ visitor, at, products }) => ({
          visitor,
          at,
          items: products.flatMap((productId) => itemIndex.get(productId) ?? []),
        }))
        .filter(({ items }) => items.length > 1);
    },
  };
}

/** The latest visits in the order they have; of those that ended at the same moment the first ones. */
function latestOf(visits: KeptVisit[], most: number): KeptVisit[] {
  if (visits.length <= most) return visits;
  const ends = Float64Array.from(visits, (visit) => visit.at).sort();
  const earliest = ends[ends.length - most] ?? Infinity;
  let ties = most - ends.reduce((later, end) => (end > earliest ? later + 1 : later), 0);
  return visits.filter(({ at }) => at > earliest || (at === earliest && (ties -= 1) >= 0));
}
