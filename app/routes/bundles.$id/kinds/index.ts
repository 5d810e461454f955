import type { BundleKind } from '#app/domains/bundles/index.ts';
import { buildABox } from './build-a-box.tsx';
import { buyXGetY } from './buy-x-get-y.tsx';
import { cartGoals } from './cart-goals.tsx';
import { fixedSet } from './fixed-set.tsx';
import { gift } from './gift.tsx';
import type { KindEditor } from './kind-editor.ts';
import { mixAndMatch } from './mix-and-match.tsx';
import { quantityBreaks } from './quantity-breaks.tsx';
import { togetherOffer } from './together-offer.tsx';

export const kindEditors: Readonly<Record<BundleKind, KindEditor>> = {
  fixed: fixedSet,
  'mix-and-match': mixAndMatch,
  'build-a-box': buildABox,
  'quantity-breaks': quantityBreaks,
  'buy-x-get-y': buyXGetY,
  gift,
  'cart-goals': cartGoals,
  'together-offer': togetherOffer,
};
