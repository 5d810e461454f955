import type { SandboxProduct, SandboxVariant } from '../../model.ts';
import type { Cart } from '../cart/cart.ts';
import type { OfferLine } from '../cart/discounts.ts';

/** A component of a bundle line; minor units. */
export interface BundlePart {
  readonly product: SandboxProduct;
  readonly variant: SandboxVariant;
  /** units in all of the line */
  readonly quantity: number;
  /** what all of them cost, before discounts */
  readonly amount: number;
  readonly properties: Readonly<Record<string, string>>;
  /** the cart's own line that the units were put in as; null for what a bundle product is made of */
  readonly lineId: string | null;
}

/** A line as it is after the cart transform: its own self, or a bundle with its components. */
export interface TransformedLine extends OfferLine {
  readonly parts: readonly BundlePart[] | null;
}

/** What the store's cart transform makes of the lines of a cart; runs before any discount. */
export type TransformSource = (
  lines: readonly OfferLine[],
  cart: Cart,
) => Promise<{ lines: readonly TransformedLine[]; problems: readonly string[] }>;
