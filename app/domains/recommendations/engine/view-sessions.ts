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

interface Visit {
  readonly visitor: number;
  at: number;
  readonly products: Set<string>;
}

/** Collects visits; of a program's hundred thousand views nothing is kept. */
export function collectViews(): ViewSessions {
  const visits: Visit[] = [];
  let ofVisitor = { visitor: -1, first: 0, views: 0 };
  return {
    add(visitor, productId, at) {
      if (visitor !== ofVisitor.visitor) ofVisitor = { visitor, first: visits.length, views: 0 };
      ofVisitor.views += 1;
      if (ofVisitor.views > mostViews) {
        visits.length = ofVisitor.first;
        return;
      }
      const last = visits.length > ofVisitor.first ? visits.at(-1) : undefined;
      if (last === undefined || at - last.at > pauseMs) visits.push({ visitor, at, products: new Set([productId]) });
      else {
        last.at = at;
        // One more than may be is enough to know.
        if (last.products.size <= mostProducts) last.products.add(productId);
      }
    },
    finish: (itemIndex) =>
      visits
        .filter(({ products }) => products.size > 1 && products.size <= mostProducts)
        .map(({ visitor, at, products }) => ({
          visitor,
          at,
          items: [...products].flatMap((productId) => itemIndex.get(productId) ?? []),
        }))
        .filter(({ items }) => items.length > 1),
  };
}
