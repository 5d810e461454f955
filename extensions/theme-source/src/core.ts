import type { addLines, drawer } from './cart.ts';
import type { formatMoney } from './money.ts';
import type { attribute, each, show, watchVariant } from './page.ts';
import type { readVisitor } from './visitor.ts';

/** What the parts of the storefront script share, so that no helper is loaded twice. */
export interface Core {
  readonly addLines: typeof addLines;
  readonly drawer: typeof drawer;
  readonly formatMoney: typeof formatMoney;
  readonly attribute: typeof attribute;
  readonly each: typeof each;
  readonly show: typeof show;
  readonly readVisitor: typeof readVisitor;
  readonly watchVariant: typeof watchVariant;
}
