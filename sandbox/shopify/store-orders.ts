import type {
  RefundBeside,
  SandboxOrder,
  SandboxOrderDraft,
  SandboxProduct,
  SandboxRefund,
  SandboxVariant,
} from './model.ts';
import { toMinor, toText } from './money.ts';

/** The order that a checkout's draft becomes. */
export function newOrder(
  draft: SandboxOrderDraft,
  given: { nextId: () => string; at: string; currency: string; number: number },
): SandboxOrder {
  return {
    ...draft,
    id: orderId(given.nextId()),
    name: `#${given.number.toString()}`,
    createdAt: given.at,
    updatedAt: given.at,
    cancelledAt: null,
    currency: given.currency,
    test: false,
    lines: draft.lines.map((line) => ({ ...line, id: given.nextId(), refundedQuantity: 0 })),
    totalRefunded: toText(0, given.currency),
  };
}

/** Order ids are above 2^53, as a part of Shopify's own are: a client that reads them as numbers loses digits. */
export function orderId(digits: string): string {
  return (820_982_911_000_000_000n + BigInt(digits)).toString();
}

/** A cancelled order is paid back in full: what earlier refunds left over, shipping included, by one more refund. */
export function cancelledOrder(
  order: SandboxOrder,
  given: { nextId: () => string; at: string },
): { order: SandboxOrder; refund: SandboxRefund | null } {
  if (order.cancelledAt !== null) throw new Error(`order ${order.name} is cancelled already`);
  const { currency } = order;
  const left = order.lines
    .map((line) => ({ lineId: line.id, quantity: line.quantity - line.refundedQuantity }))
    .filter((line) => line.quantity > 0);
  const goods = left.length === 0 ? null : refundedOrder(order, left, { ...given, restock: true });
  const amount = toMinor(order.total, currency) - toMinor(order.totalRefunded, currency);
  return {
    order: { ...(goods?.order ?? order), cancelledAt: given.at, updatedAt: given.at, totalRefunded: order.total },
    refund: goods && {
      ...goods.refund,
      amount: toText(amount, currency),
      // Earlier refunds may have given shipping back already, and more.
      shipping: toText(Math.max(0, amount - toMinor(goods.refund.amount, currency)), currency),
    },
  };
}

/**
 * The order and its refund after `lines` were given back. Each unit is paid back at what the line cost after
 * its discounts; the last units take what is left, so that a full refund returns the line to the cent.
 */
export function refundedOrder(
  order: SandboxOrder,
  lines: readonly { lineId: string; quantity: number }[],
  given: { nextId: () => string; at: string; restock: boolean; beside?: RefundBeside | undefined },
): { order: SandboxOrder; refund: SandboxRefund } {
  const currency = order.currency;
  const beside = given.beside ?? {};
  let amount = toMinor(beside.shipping ?? '0', currency) + toMinor(beside.beyond ?? '0', currency);
  const refundLines: SandboxRefund['lines'] = [];
  const changed = order.lines.map((line) => {
    const quantity = lines.find((candidate) => candidate.lineId === line.id)?.quantity ?? 0;
    if (quantity === 0) return line;
    if (quantity < 0 || line.refundedQuantity + quantity > line.quantity)
      throw new Error(`${line.title}: only ${(line.quantity - line.refundedQuantity).toString()} can be refunded`);
    const discount = line.discountAllocations.reduce(
      (sum, allocation) => sum + toMinor(allocation.amount, currency),
      0,
    );
    const paid = toMinor(line.price, currency) * line.quantity - discount;
    const upTo = (units: number): number => Math.floor((paid * units) / line.quantity);
    const subtotal = upTo(line.refundedQuantity + quantity) - upTo(line.refundedQuantity);
    amount += subtotal;
    refundLines.push({ id: given.nextId(), lineId: line.id, quantity, subtotal: toText(subtotal, currency) });
    return { ...line, refundedQuantity: line.refundedQuantity + quantity };
  });
  if (refundLines.length === 0 && amount === 0) throw new Error('a refund needs a line or an amount');
  const refund: SandboxRefund = {
    id: given.nextId(),
    orderId: order.id,
    createdAt: given.at,
    restock: given.restock,
    lines: refundLines,
    amount: toText(amount, currency),
    ...beside,
  };
  const totalRefunded = toText(toMinor(order.totalRefunded, currency) + amount, currency);
  return { order: { ...order, lines: changed, totalRefunded, updatedAt: given.at }, refund };
}

/** The products whose stock changes, with the new stock; untracked variants keep theirs. */
export function stockAfter(
  changes: readonly { variantId: string; by: number }[],
  find: (variantId: string) => { product: SandboxProduct; variant: SandboxVariant } | null,
): SandboxProduct[] {
  const products = new Map<string, SandboxProduct>();
  for (const { variantId, by } of changes) {
    const found = find(variantId);
    if (found === null || by === 0 || !found.variant.tracked) continue;
    const product = products.get(found.product.id) ?? found.product;
    products.set(product.id, {
      ...product,
      variants: product.variants.map((variant) =>
        variant.id === variantId ? { ...variant, inventoryQuantity: variant.inventoryQuantity + by } : variant,
      ),
    });
  }
  return [...products.values()];
}
