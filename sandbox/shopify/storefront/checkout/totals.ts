import { toMinor, toText } from '../../money.ts';
import { taxIn } from '../../tax.ts';
import type { SandboxOrderDraft } from '../../model.ts';
import type { PricedCart } from '../cart/priced-cart.ts';
import { orderLines } from '../transform/order-lines.ts';

/** The store's one delivery rate, free from a subtotal on; main units of any currency. */
export const flatRate = '4.90';
const freeFrom = '60.00';

export interface CheckoutTotals {
  /** minor units; `subtotal` is after all discounts of the goods */
  readonly subtotal: number;
  readonly shippingBefore: number;
  readonly shipping: number;
  readonly total: number;
  readonly saved: number;
}

/** What the shopper pays. Prices include taxes, as is usual in the euro area. */
export function checkoutTotals(priced: PricedCart): CheckoutTotals {
  const shippingBefore = priced.subtotal >= toMinor(freeFrom, priced.currency) ? 0 : toMinor(flatRate, priced.currency);
  const off = Math.round((shippingBefore * (priced.shippingDiscount?.percentage ?? 0)) / 100);
  const shipping = shippingBefore - Math.min(shippingBefore, off);
  return {
    subtotal: priced.subtotal,
    shippingBefore,
    shipping,
    total: priced.subtotal + shipping,
    saved: priced.subtotalBefore - priced.subtotal + shippingBefore - shipping,
  };
}

function shippingDiscountOf(
  { shippingDiscount, currency }: PricedCart,
  { shippingBefore, shipping }: CheckoutTotals,
): Pick<SandboxOrderDraft, 'shippingDiscount'> {
  const off = shippingBefore - shipping;
  if (shippingDiscount === null || off === 0) return {};
  const { applicationIndex } = shippingDiscount;
  return { shippingDiscount: { amount: toText(off, currency), applicationIndex } };
}

/** The order that the paid checkout becomes; the discounts are allocated to lines to the last minor unit. */
export function orderDraft(
  priced: PricedCart,
  buyer: Pick<SandboxOrderDraft, 'customerId' | 'address'> & { email: string },
  nextId: () => string,
): SandboxOrderDraft {
  const text = (minor: number): string => toText(minor, priced.currency);
  const totals = checkoutTotals(priced);
  const pairs = (values: Readonly<Record<string, string>>): { key: string; value: string }[] =>
    Object.entries(values).map(([key, value]) => ({ key, value }));
  return {
    customerId: buyer.customerId,
    email: buyer.email,
    ...(buyer.address ? { address: buyer.address } : {}),
    customAttributes: pairs(priced.cart.attributes),
    discountApplications: priced.applied.map((discount) => ({
      title: discount.title,
      kind: discount.kind,
      targetClass: discount.targetClass,
    })),
    lines: orderLines(priced, nextId),
    subtotal: text(totals.subtotal),
    totalDiscounts: text(totals.saved),
    totalShipping: text(totals.shipping),
    ...shippingDiscountOf(priced, totals),
    totalTax: text(taxIn(totals.total)),
    total: text(totals.total),
  };
}
