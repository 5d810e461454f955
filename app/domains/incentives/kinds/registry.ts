import type { BundleOffer, Offer, OfferKind, TermsKind, TermsOffer } from '../model.ts';
import { buildABox } from './build-a-box.ts';
import { buyXGetY } from './buy-x-get-y.ts';
import { cartGoals } from './cart-goals.ts';
import { fixed } from './fixed.ts';
import { gift } from './gift.ts';
import type { Kind } from './kind.ts';
import { mixAndMatch } from './mix-and-match.ts';
import { quantityBreaks } from './quantity-breaks.ts';
import { togetherOffer } from './together-offer.ts';

const kinds: { readonly [K in OfferKind]: Kind<K extends TermsKind ? TermsOffer<K> : BundleOffer> } = {
  fixed,
  'mix-and-match': mixAndMatch,
  'build-a-box': buildABox,
  'quantity-breaks': quantityBreaks,
  'buy-x-get-y': buyXGetY,
  gift,
  'cart-goals': cartGoals,
  'together-offer': togetherOffer,
};

/** The kind of an offer. Methods take the offer that asked, so that the wider type is safe. */
export function kindOf(offer: Pick<Offer, 'kind'>): Kind<Offer> {
  return kinds[offer.kind];
}

/** By number, the place in the list. */
const byCode: readonly Kind<Offer>[] = [
  fixed,
  mixAndMatch,
  buildABox,
  quantityBreaks,
  buyXGetY,
  gift,
  cartGoals,
  togetherOffer,
];

/** The kind with this number in a configuration. */
export function kindOfCode(code: unknown): Kind<Offer> | null {
  return typeof code === 'number' ? (byCode[code] ?? null) : null;
}

/** True when the offer looks at everything in the cart, not only at its own products. */
export function isOrderWide(offer: Offer): boolean {
  return kindOf(offer).orderWide?.(offer) ?? false;
}
