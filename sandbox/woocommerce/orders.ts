import { randomBytes } from 'node:crypto';
import type { OrderStatus, WooOrder, WooOrderLine, WooRefund } from './model.ts';
import { orderTotals } from './rest/views/order.ts';
import type { StoreWrite, WooStore } from './store.ts';
import { splitTax } from './tax.ts';

/** A line as a shop adds it: the price as the catalogue has it, before or with tax as the site's prices are. */
export interface NewLine {
  readonly productId: number;
  readonly variationId: number;
  readonly name: string;
  readonly quantity: number;
  /** smallest units for the whole line, as the catalogue shows prices */
  readonly gross: number;
  /** what coupons take off, in the same units */
  readonly off: number;
  readonly metaData: readonly { key: string; value: unknown }[];
}

export function newLine(store: WooStore, line: NewLine): WooOrderLine {
  const before = splitTax(line.gross, store.site);
  const after = splitTax(line.gross - line.off, store.site);
  return {
    id: store.nextId(),
    name: line.name,
    productId: line.productId,
    variationId: line.variationId,
    quantity: line.quantity,
    subtotal: before.net,
    subtotalTax: before.tax,
    total: after.net,
    totalTax: after.tax,
    metaData: line.metaData.map((meta) => ({ id: store.nextId(), ...meta })),
  };
}

export const newOrderKey = (): string => `wc_order_${randomBytes(7).toString('hex').slice(0, 13)}`;

const paidStatuses: readonly OrderStatus[] = ['processing', 'completed'];
const stockTaken: readonly OrderStatus[] = ['processing', 'completed', 'on-hold'];

/** The order in another status, with the dates that follow from it. */
function withStatus(order: WooOrder, status: OrderStatus, at: string): WooOrder {
  return {
    ...order,
    status,
    paidAt: order.paidAt ?? (paidStatuses.includes(status) ? at : null),
    completedAt: order.completedAt ?? (status === 'completed' ? at : null),
    updatedAt: at,
  };
}

/** What must be written for the stock when an order goes from one status to another. */
function stockWrites(store: WooStore, order: WooOrder, from: OrderStatus | null): StoreWrite[] {
  const taken = from !== null && stockTaken.includes(from);
  const takes = stockTaken.includes(order.status);
  if (taken === takes || (order.status === 'refunded' && taken)) return [];
  return stockChange(
    store,
    order.lines.map((line) => ({ ...line, quantity: takes ? -line.quantity : line.quantity })),
  );
}

/** Stock of the lines' products moved by their quantities; only where it is managed. */
export function stockChange(
  store: WooStore,
  lines: readonly { readonly productId: number; readonly variationId: number; readonly quantity: number }[],
): StoreWrite[] {
  const writes = new Map<string, StoreWrite>();
  for (const line of lines) {
    const table = line.variationId === 0 ? 'products' : 'variations';
    const id = line.variationId === 0 ? line.productId : line.variationId;
    const known =
      writes.get(`${table}/${id.toString()}`)?.record ??
      (table === 'products' ? store.product(id) : store.variations.get(id));
    if (known === null || known === undefined || !('manageStock' in known) || !known.manageStock) continue;
    const record = { ...known, stockQuantity: (known.stockQuantity ?? 0) + line.quantity, updatedAt: store.stamp() };
    writes.set(`${table}/${id.toString()}`, { table, id, record });
  }
  return [...writes.values()];
}

/** WooCommerce counts the uses of an order's coupons back when it is cancelled. Source: wc_update_coupon_usage_counts. */
function couponWrites(store: WooStore, order: WooOrder, before: OrderStatus): StoreWrite[] {
  const gone: readonly OrderStatus[] = ['cancelled', 'failed'];
  if (!gone.includes(order.status) || gone.includes(before)) return [];
  return order.couponLines.flatMap(({ code }) => {
    const coupon = [...store.coupons.values()].find((one) => one.code === code.toLowerCase());
    if (!coupon) return [];
    const record = { ...coupon, usageCount: Math.max(0, coupon.usageCount - 1), usedBy: coupon.usedBy.slice(0, -1) };
    return [{ table: 'coupons' as const, id: coupon.id, record, quiet: true }];
  });
}

/** Sets an order's status; one that is called refunded by hand gets a refund of all that was left, without lines. */
export function setStatus(store: WooStore, known: WooOrder, next: WooOrder, status: OrderStatus): WooOrder {
  const order = withStatus(next, status, store.stamp());
  store.commit([
    { table: 'orders', id: order.id, record: order },
    ...stockWrites(store, order, known.status),
    ...couponWrites(store, order, known.status),
  ]);
  const left = refundable(store, order);
  if (status === 'refunded' && known.status !== 'refunded' && left > 0)
    refundOrder(store, order, { amount: left, reason: 'Order fully refunded.', lines: [], restock: false });
  return store.orders.get(order.id) ?? order;
}

/** Writes a new order as a checkout does: pending first, then paid, which is one change more. */
export function placeOrder(store: WooStore, order: WooOrder): WooOrder {
  const pending: WooOrder = { ...order, status: 'pending', paidAt: null, completedAt: null };
  store.commit([{ table: 'orders', id: order.id, record: pending }]);
  const paid = withStatus(pending, order.status, store.stamp());
  store.commit([{ table: 'orders', id: order.id, record: paid }, ...stockWrites(store, paid, 'pending')]);
  return paid;
}

export interface RefundInput {
  /** smallest units; null = what the lines come to */
  readonly amount: number | null;
  readonly reason: string;
  readonly lines: readonly {
    readonly orderLineId: number;
    readonly quantity: number;
    readonly total: number;
    readonly totalTax: number;
  }[];
  /** of the order's shipping; left out = nothing of it */
  readonly shipping?: { readonly total: number; readonly totalTax: number };
  readonly restock: boolean;
}

/** What is left to give back. */
function refundable(store: WooStore, order: WooOrder): number {
  return orderTotals(order).total - store.refundsOf(order.id).reduce((sum, refund) => sum + refund.amount, 0);
}

/**
 * Gives money back. Without lines it is an amount and nothing more; an order that is given back whole becomes
 * `refunded`. Null when more is asked for than is left.
 */
export function refundOrder(store: WooStore, order: WooOrder, input: RefundInput): WooRefund | null {
  const lines = input.lines.flatMap((back): WooRefund['lines'] => {
    const line = order.lines.find((candidate) => candidate.id === back.orderLineId);
    if (line === undefined) return [];
    const { productId, variationId, name } = line;
    return [
      {
        id: store.nextId(),
        orderLineId: line.id,
        name,
        productId,
        variationId,
        quantity: -back.quantity,
        total: -back.total,
        totalTax: -back.totalTax,
      },
    ];
  });
  const shipping = input.shipping && {
    id: store.nextId(),
    total: -input.shipping.total,
    totalTax: -input.shipping.totalTax,
  };
  const parts = [...lines, ...(shipping ? [shipping] : [])];
  const amount = input.amount ?? parts.reduce((sum, part) => sum - part.total - part.totalTax, 0);
  const left = refundable(store, order);
  if (amount > left) return null;
  const at = store.stamp();
  const refund: WooRefund = {
    id: store.nextId(),
    orderId: order.id,
    createdAt: at,
    amount,
    reason: input.reason,
    lines,
    ...(shipping ? { shipping } : {}),
    metaData: [],
  };
  const status: OrderStatus = amount === left && left > 0 ? 'refunded' : order.status;
  store.commit([
    { table: 'refunds', id: refund.id, record: refund },
    { table: 'orders', id: order.id, record: { ...order, status, updatedAt: at } },
    ...(input.restock
      ? stockChange(
          store,
          lines.map((line) => ({ ...line, quantity: -line.quantity })),
        )
      : []),
  ]);
  return refund;
}
