import type { SandboxCustomer, SandboxOrder, SandboxProduct } from '../model.ts';
import { split, toMinor, toText } from '../money.ts';
import { orderId } from '../store-orders.ts';
import { taxIn } from '../tax.ts';

const none: never[] = [];

export interface OrderParts {
  readonly number: number;
  readonly at: Date;
  readonly currency: string;
  readonly customer: SandboxCustomer | null;
  readonly email: string | null;
  readonly nextId: () => string;
  readonly lines: readonly { product: SandboxProduct; variant: number; quantity: number; price?: string }[];
  /** a code on the whole order */
  readonly percentOff: number;
}

/** A past order of the base data. Prices include tax; shipping is free above 60. */
export function assembleOrder(parts: OrderParts): SandboxOrder {
  const { currency } = parts;
  const rows = parts.lines.map(({ product, variant, quantity, price }) => {
    const chosen = product.variants[variant];
    if (chosen === undefined) throw new Error(`${product.title} has no variant ${variant.toString()}`);
    const unit = price ?? chosen.price;
    return { product, chosen, quantity, unit, whole: toMinor(unit, currency) * quantity };
  });
  const before = rows.reduce((sum, row) => sum + row.whole, 0);
  const discount = Math.round((before * parts.percentOff) / 100);
  const shares =
    discount === 0
      ? none
      : split(
          discount,
          rows.map((row) => row.whole),
        );
  const subtotal = before - discount;
  const shipping = subtotal >= toMinor('60', currency) ? 0 : toMinor('4.9', currency);
  const total = subtotal + shipping;
  const at = parts.at.toISOString();
  return {
    id: orderId((6_100_000_000_000 + parts.number).toString()),
    name: `#${parts.number.toString()}`,
    customerId: parts.customer?.id ?? null,
    email: parts.email,
    createdAt: at,
    updatedAt: at,
    cancelledAt: null,
    currency,
    test: false,
    customAttributes: none,
    discountApplications: discount === 0 ? none : [{ title: 'WELCOME10', kind: 'CODE', targetClass: 'ORDER' }],
    lines: rows.map((row, index) => ({
      id: parts.nextId(),
      productId: row.product.id,
      variantId: row.chosen.id,
      title: row.product.title,
      sku: row.chosen.sku,
      quantity: row.quantity,
      refundedQuantity: 0,
      price: row.unit,
      customAttributes: none,
      discountAllocations:
        discount === 0 ? none : [{ amount: toText(shares[index] ?? 0, currency), applicationIndex: 0 }],
    })),
    subtotal: toText(subtotal, currency),
    totalDiscounts: toText(discount, currency),
    totalShipping: toText(shipping, currency),
    totalTax: toText(taxIn(total), currency),
    total: toText(total, currency),
    totalRefunded: toText(0, currency),
  };
}
