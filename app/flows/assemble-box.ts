import { productsOfAssembledBox } from '#app/domains/bundles/index.ts';
import {
  type AdjustedSuggestion,
  type CartCandidates,
  type CartServing,
  finishCart,
  type ProductCard,
} from '#app/domains/recommendations/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import type { CartVisitor, VisitorReader } from './cart-affinity.ts';

export interface BoxAsk extends CartVisitor {
  /** id of a bundle */
  readonly box: string;
  /** what the box is to begin with, where it may hold it: the page's product */
  readonly products: readonly string[];
  readonly limit: number;
}

export interface AssembledBox {
  readonly list: readonly AdjustedSuggestion[];
  readonly cards: ReadonlyMap<string, ProductCard>;
}

const contentsMs = 60_000;
const mostBoxes = 2_000;

interface Contents {
  readonly products: Promise<string[] | null>;
  readonly until: number;
}

/**
 * Assembles boxes: the page's product, then of what the merchant lets go into one what goes best with it, moved by what
 * the visitor is after, without what they have, as the merchant's rules for the cart want it. Nothing where the bundle
 * is not live or not assembled. What may go into a box is read once a minute.
 */
export function createBoxAssembler(
  services: Pick<Services, 'db' | 'clock'>,
  serving: CartServing,
  visitors: VisitorReader,
) {
  const { db, clock } = services;
  const known = createLru<Contents>(mostBoxes);

  function contentsOf(shopId: ShopId, box: string): Promise<string[] | null> {
    const key = `${shopId} ${box}`;
    const now = clock.now();
    const held = known.get(key);
    if (held && now.getTime() < held.until) return held.products;
    const products = db.inShop(shopId, (scope) => productsOfAssembledBox(scope, box, now));
    products.catch(() => known.delete(key));
    known.set(key, { products, until: now.getTime() + contentsMs });
    return products;
  }

  return {
    async assemble(
      shopId: ShopId,
      ask: BoxAsk,
      aim: (candidates: CartCandidates) => Promise<CartCandidates>,
    ): Promise<AssembledBox> {
      const among = await contentsOf(shopId, ask.box);
      if (among === null) return { list: [], cards: new Map() };
      const found = serving.candidatesAmong(shopId, ask.products, among, ask.customerId).then(aim);
      const isAnybody = ask.visitorId === null && ask.customerId === null;
      const [candidates, visitor] = await Promise.all([
        found,
        isAnybody ? null : visitors.read(shopId, ask, found, 'cart'),
      ]);
      // Rules bring in what they pin, which may not belong into this box.
      const inBox = new Set(among);
      const { cards } = candidates;
      const first = ask.products.filter((id) => inBox.has(id) && cards.get(id)?.sellable === true).map(asAsked);
      const others = finishCart(candidates, visitor, cards.size).filter((one) => inBox.has(one.productId));
      return { list: [...first, ...others].slice(0, ask.limit), cards };
    },
  };
}

/** What no source had to think of: it stands there because it was asked about. */
const asAsked = (productId: string): AdjustedSuggestion => ({
  productId,
  score: 0,
  source: 'popular',
  reason: { support: 0, lift: 1, because: null },
  adjustments: [{ kind: 'asked' }],
});
