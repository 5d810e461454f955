import type { SandboxStore } from '../../model.ts';
import { split, toMinor } from '../../money.ts';
import type { OfferLine } from '../cart/discounts.ts';
import type { BundlePart, TransformedLine } from './model.ts';

/**
 * A line of a bundle product that no Function expanded: Shopify does, and shares the product's price out over the
 * components by what they cost. Any other line stays as it is.
 */
export function expandByItself(line: OfferLine, store: SandboxStore): TransformedLine {
  const components = line.variant.components ?? [];
  if (components.length === 0) return { ...line, parts: null };
  const full = components.flatMap(({ variantId, quantity }): BundlePart[] => {
    const found = store.variant(variantId);
    const units = quantity * line.quantity;
    return found
      ? [
          {
            ...found,
            quantity: units,
            amount: toMinor(found.variant.price, store.shop.currency) * units,
            properties: {},
            lineId: null,
          },
        ]
      : [];
  });
  const shares = split(
    line.unitPrice * line.quantity,
    full.map((part) => part.amount),
  );
  return { ...line, parts: full.map((part, index) => ({ ...part, amount: shares[index] ?? 0 })) };
}
