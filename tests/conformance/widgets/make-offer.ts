import type { KindTerms, OfferItem, TermsKind } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';

type Head = Omit<BundlePublication, 'kind' | 'terms'>;

function head(id: string, items: readonly OfferItem[], more: Partial<Head> = {}): Head {
  return {
    id,
    title: `Offer ${id}`,
    pickCount: 0,
    discount: { type: 'percentage', basisPoints: 1_500 },
    currency: 'EUR',
    startsAt: null,
    endsAt: null,
    items,
    ...more,
  };
}

/** A part of an offer; ids are those of `pages.ts`. */
export function part(productId: number, more: Partial<OfferItem> = {}): OfferItem {
  return { productId: String(productId), variantId: null, quantity: 1, ...more };
}

/** A set of fixed parts or of any N. */
export function set(
  kind: 'fixed' | 'mix-and-match',
  id: string,
  items: readonly OfferItem[],
  more: Partial<Head> = {},
): BundlePublication {
  return { ...head(id, items, more), kind };
}

/** An offer of a kind with terms. */
export function offer<K extends TermsKind>(
  kind: K,
  id: string,
  terms: KindTerms[K],
  items: readonly OfferItem[],
  more: Partial<Head> = {},
): BundlePublication {
  return { ...head(id, items, more), kind, terms } as BundlePublication;
}

export const percent = (basisPoints: number) => ({ type: 'percentage', basisPoints }) as const;
export const amount = (minor: number) => ({ type: 'amount', minor }) as const;
/** One to buy, three to choose from. */
export const choice = [
  part(1, { role: 'buy' }),
  part(2, { role: 'get' }),
  part(3, { role: 'get' }),
  part(4, { role: 'get' }),
];
