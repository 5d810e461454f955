import type { RuleProduct } from '../merchandising/model.ts';
import type { CardMarks } from './marks.ts';

/** Everything that rules and the storefront need to know of a product, read at once. */
export interface ProductCard extends RuleProduct {
  readonly handle: string;
  readonly title: string;
  readonly imageUrl: string | null;
  /** may be offered now: active, published, no gift card, something in stock */
  readonly sellable: boolean;
  /** the first variant that can be bought, null where none can */
  readonly variant: { readonly id: string; readonly priceMinor: number; readonly imageUrl: string | null } | null;
  /** where they lie ready, see `marksOf` */
  readonly marks?: CardMarks;
}
