import type { BundleOffer, Offer, OfferKind, TermsKind, TermsOffer } from '../model.ts';
import { buildABoxOnServer } from './build-a-box.ts';
import { buyXGetYOnServer } from './buy-x-get-y.ts';
import { cartGoalsOnServer } from './cart-goals.ts';
import { fixed } from './fixed.ts';
import { giftOnServer } from './gift.ts';
import type { KindOnServer } from './kind.ts';
import { mixAndMatch } from './mix-and-match.ts';
import { quantityBreaksOnServer } from './quantity-breaks.ts';
import { setOnServer } from './sets.ts';
import { togetherOfferOnServer } from './together-offer.ts';

const kinds: { readonly [K in OfferKind]: KindOnServer<K extends TermsKind ? TermsOffer<K> : BundleOffer> } = {
  fixed: /* @__PURE__ */ setOnServer(fixed),
  'mix-and-match': /* @__PURE__ */ setOnServer(mixAndMatch),
  'build-a-box': buildABoxOnServer,
  'quantity-breaks': quantityBreaksOnServer,
  'buy-x-get-y': buyXGetYOnServer,
  gift: giftOnServer,
  'cart-goals': cartGoalsOnServer,
  'together-offer': togetherOfferOnServer,
};

/** What the server knows of the kind of an offer. Methods take the offer that asked, so the wider type is safe. */
export function kindOnServer(offer: Pick<Offer, 'kind'>): KindOnServer<Offer> {
  return kinds[offer.kind];
}
