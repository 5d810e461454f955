import type { drawer, readCart } from '#storefront/cart.ts';
import type { watchVariant } from '#storefront/form.ts';
import type { formatMoney } from '#storefront/money.ts';
import type { attribute, each, show } from './page.ts';
import type { askFor, fillCards } from './parts/cards.ts';
import type { followCart, keepFilled, productsOf } from './parts/cart.ts';

/** What the first script of the storefront lends to the second, so that nothing is loaded twice. */
export interface Core {
  readonly askFor: typeof askFor;
  readonly attribute: typeof attribute;
  readonly drawer: typeof drawer;
  readonly each: typeof each;
  readonly fillCards: typeof fillCards;
  readonly followCart: typeof followCart;
  readonly formatMoney: typeof formatMoney;
  readonly keepFilled: typeof keepFilled;
  readonly productsOf: typeof productsOf;
  readonly readCart: typeof readCart;
  readonly show: typeof show;
  readonly watchVariant: typeof watchVariant;
}

declare global {
  interface Window {
    /** the first script runs already */
    trellisStarts?: true;
    /** and has begun its work */
    trellis?: Core;
    /** so does the second */
    trellisMore?: true;
  }
}
