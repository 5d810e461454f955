import type { SandboxProduct, SandboxStore, SandboxVariant } from '../../model.ts';
import { toMinor } from '../../money.ts';
import type { Cart } from './cart.ts';
import type { BundlePart, TransformedLine, TransformSource } from '../transform/model.ts';
import { chooseDiscounts, type AppliedDiscount, type DiscountOffer, type OfferLine } from './discounts.ts';

export interface LineAllocation {
  readonly title: string;
  /** minor units */
  readonly amount: number;
  /** index into `applied` */
  readonly applicationIndex: number;
}

export interface PricedLine {
  readonly key: string;
  readonly product: SandboxProduct;
  readonly variant: SandboxVariant;
  readonly quantity: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly unitPrice: number;
  /** product discounts of this line, without its share of order discounts */
  readonly discount: number;
  readonly allocations: readonly LineAllocation[];
  /** its shares of order discounts */
  readonly orderAllocations: readonly LineAllocation[];
  /** what a bundle line is made of; null for any other line */
  readonly parts: readonly BundlePart[] | null;
}

/** A cart with what applies to it. Amounts are minor units of the shop's currency. */
export interface PricedCart {
  readonly cart: Cart;
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly subtotalBefore: number;
  readonly subtotal: number;
  readonly applied: readonly AppliedDiscount[];
  readonly orderDiscounts: readonly { title: string; amount: number }[];
  readonly shippingDiscount: { title: string; percentage: number; applicationIndex: number } | null;
  readonly codes: readonly { code: string; applicable: boolean }[];
  /** a Function that failed: Shopify leaves it out and shows the merchant a log; the sandbox shows it on the page */
  readonly problems: readonly string[];
}

/** The offers that hold for a cart: native codes and what the Function answers. */
export type OfferSource = (
  lines: readonly OfferLine[],
  cart: Cart,
) => Promise<{ offers: readonly DiscountOffer[]; problems: readonly string[] }>;

/** Prices a cart as Shopify does: the best set of discounts that may combine. Lines of vanished products drop out. */
export async function priceCart(
  store: SandboxStore,
  cart: Cart,
  offersFor: OfferSource,
  transform: TransformSource = (lines) =>
    Promise.resolve({ lines: lines.map((line) => ({ ...line, parts: null })), problems: [] }),
): Promise<PricedCart> {
  const currency = store.shop.currency;
  const found = cart.lines.flatMap((line) => {
    const known = store.variant(line.variantId);
    return known ? [{ line, ...known, unitPrice: toMinor(known.variant.price, currency) }] : [];
  });
  const ownLines = found.map(({ line, product, variant, unitPrice }) => ({
    id: line.key,
    quantity: line.quantity,
    unitPrice,
    product,
    variant,
    properties: line.properties,
  }));
  // Discounts see the cart as the transform left it: a bundle is one line, its components are no lines any more.
  const transformed = await transform(ownLines, cart);
  const offerLines = transformed.lines;
  cart.bundles = mergedLines(offerLines);
  const { offers, problems } = found.length === 0 ? { offers: [], problems: [] } : await offersFor(offerLines, cart);
  const chosen = chooseDiscounts(offerLines, offers);
  const lines = offerLines.map(({ id, quantity, unitPrice, product, variant, properties, parts }): PricedLine => {
    const of = (scope: 'PRODUCT' | 'ORDER'): LineAllocation[] =>
      chosen.allocations
        .filter(
          (allocation) =>
            allocation.lineId === id && chosen.applied[allocation.applicationIndex]?.targetClass === scope,
        )
        .map(({ amount, applicationIndex, title }) => ({ amount, applicationIndex, title }));
    const allocations = of('PRODUCT');
    return {
      key: id,
      product,
      variant,
      quantity,
      properties,
      unitPrice,
      discount: allocations.reduce((sum, allocation) => sum + allocation.amount, 0),
      allocations,
      orderAllocations: of('ORDER'),
      parts,
    };
  });
  const subtotalBefore = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const saved = chosen.allocations.reduce((sum, allocation) => sum + allocation.amount, 0);
  const shippingIndex = chosen.applied.findIndex((discount) => discount.targetClass === 'SHIPPING');
  const shipping = chosen.applied[shippingIndex];
  return {
    cart,
    currency,
    lines,
    subtotalBefore,
    subtotal: subtotalBefore - saved,
    applied: chosen.applied,
    orderDiscounts: chosen.applied.flatMap((discount, index) =>
      discount.targetClass === 'ORDER'
        ? [
            {
              title: discount.shown,
              amount: chosen.allocations.reduce((sum, a) => sum + (a.applicationIndex === index ? a.amount : 0), 0),
            },
          ]
        : [],
    ),
    shippingDiscount: shipping
      ? { title: shipping.title, percentage: shipping.shippingPercentage, applicationIndex: shippingIndex }
      : null,
    codes: cart.codes.map((code) => ({
      code,
      applicable: chosen.applied.some((discount) => discount.code?.toLowerCase() === code.toLowerCase()),
    })),
    problems: [...transformed.problems, ...problems],
  };
}

/** Which lines of the cart a merged one stands for, so that a change of it reaches them. */
function mergedLines(lines: readonly TransformedLine[]): NonNullable<Cart['bundles']> {
  return new Map(
    lines.flatMap(({ id, quantity, parts }) => {
      const units = (parts ?? []).flatMap((part) =>
        part.lineId === null ? [] : [{ key: part.lineId, units: part.quantity / quantity }],
      );
      return units.length === 0 ? [] : [[id, { quantity, units }] as const];
    }),
  );
}
