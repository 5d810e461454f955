import { hashText } from '../../shopify/generator/random.ts';
import type { SandboxOrder, SandboxRefund } from '../../shopify/model.ts';
import { toMinor } from '../../shopify/money.ts';
import type { BaseData } from '../../shopify/store.ts';
import type { WooCustomer, WooOrder, WooOrderLine, WooRefund, WooSite } from '../model.ts';
import { seconds } from '../site-time.ts';
import { splitTax } from '../tax.ts';
import { makeAddress } from './customers.ts';
import type { IdMap, PastOptions } from './from-past.ts';

const day = 86_400_000;
/** what the other currency's amounts are multiplied by */
const foreign = { currency: 'USD', rate: 1.1 };

export interface OrderFill {
  readonly site: WooSite;
  readonly options: PastOptions;
  readonly nextId: () => number;
  /** lines of orders and refunds have a row of numbers of their own */
  readonly nextItem: () => number;
  readonly ids: IdMap;
  readonly customers: ReadonlyMap<string, WooCustomer>;
}

/** Chosen by the order's own name, so that the same orders are chosen whatever came before them. */
const chosen = (name: string, why: string, share: number): boolean =>
  (hashText(`${why} ${name}`) % 10_000) / 10_000 < share;

/** The orders and refunds of the past, numbered as they came. */
export function makeWooOrders(past: BaseData, fill: OrderFill): { orders: WooOrder[]; refunds: WooRefund[] } {
  const refundsOf = new Map<string, SandboxRefund[]>();
  for (const refund of past.refunds) refundsOf.set(refund.orderId, [...(refundsOf.get(refund.orderId) ?? []), refund]);
  const newest = past.orders.at(-1)?.createdAt ?? new Date(0).toISOString();
  const orders: WooOrder[] = [];
  const refunds: WooRefund[] = [];
  for (const from of past.orders) {
    const rate = chosen(from.name, 'currency', fill.options.foreignOrders) ? foreign.rate : 1;
    const { order, lineIds } = makeOrder(from, rate, newest, fill);
    const back = refundsOf.get(from.id) ?? [];
    // A part of the cancelled ones was never paid, the rest was paid and given back.
    const unpaid = from.cancelledAt !== null && hashText(from.name) % 2 === 0;
    if (unpaid) {
      orders.push({
        ...order,
        status: 'cancelled',
        paidAt: null,
        completedAt: null,
        updatedAt: seconds(from.cancelledAt ?? ''),
      });
      continue;
    }
    const made = back.map((refund) => makeRefund(refund, from, order, lineIds, rate, fill));
    refunds.push(...made);
    const paidBack = made.reduce((sum, refund) => sum + refund.amount, 0);
    const last = made.at(-1)?.createdAt ?? order.updatedAt;
    orders.push({
      ...order,
      status: paidBack > 0 && paidBack >= totalOf(order) ? 'refunded' : order.status,
      updatedAt: last > order.updatedAt ? last : order.updatedAt,
    });
  }
  return { orders, refunds };
}

const totalOf = (order: WooOrder): number =>
  order.lines.reduce((sum, line) => sum + line.total + line.totalTax, 0) +
  (order.shippingLine === null ? 0 : order.shippingLine.total + order.shippingLine.totalTax);

function makeOrder(
  from: SandboxOrder,
  rate: number,
  newest: string,
  fill: OrderFill,
): { order: WooOrder; lineIds: ReadonlyMap<string, number> } {
  const { site } = fill;
  const minor = (text: string): number => Math.round(toMinor(text, site.currency) * rate);
  const id = fill.nextId();
  const lineIds = new Map<string, number>();
  const lines = from.lines.map((line): WooOrderLine => {
    const lineId = fill.nextItem();
    lineIds.set(line.id, lineId);
    const before = splitTax(minor(line.price) * line.quantity, site);
    const off = line.discountAllocations.reduce((sum, allocation) => sum + minor(allocation.amount), 0);
    const after = splitTax(minor(line.price) * line.quantity - off, site);
    const variationId = fill.ids.variation.get(line.variantId ?? '') ?? 0;
    return {
      id: lineId,
      name: fill.ids.name.get(line.productId ?? '') ?? line.title,
      productId: fill.ids.product.get(line.productId ?? '') ?? 0,
      variationId,
      quantity: line.quantity,
      subtotal: before.net,
      subtotalTax: before.tax,
      total: after.net,
      totalTax: after.tax,
      metaData: [],
    };
  });
  const customer = fill.customers.get(from.customerId ?? '') ?? null;
  const createdAt = seconds(from.createdAt);
  const settled = Date.parse(newest) - Date.parse(from.createdAt) > 3 * day;
  const completedAt = settled ? seconds(new Date(Date.parse(createdAt) + day).toISOString()) : null;
  const billing =
    customer?.billing ??
    ({
      ...makeAddress('Guest', from.name.replace('#', 'No. '), site.country, from.name),
      email: from.email ?? '',
    } as const);
  const shipping = splitTax(minor(from.totalShipping), site);
  const coupon = from.discountApplications[0];
  const discount = lines.reduce((sum, line) => sum + line.subtotal - line.total, 0);
  const order: WooOrder = {
    id,
    status: settled ? 'completed' : 'processing',
    currency: rate === 1 ? site.currency : foreign.currency,
    pricesIncludeTax: site.tax === 'inclusive',
    customerId: customer?.id ?? 0,
    orderKey: `wc_order_${hashText(from.id).toString(36)}${id.toString(36)}`,
    billing,
    shipping: customer?.shipping ?? withoutEmail(billing),
    paymentMethod: 'cod',
    paymentMethodTitle: 'Cash on delivery',
    transactionId: '',
    createdVia: 'checkout',
    customerNote: '',
    paidAt: completedAt ?? createdAt,
    completedAt,
    createdAt,
    updatedAt: completedAt ?? createdAt,
    lines,
    shippingLine: {
      id: fill.nextItem(),
      title: shipping.net === 0 ? 'Free shipping' : 'Flat rate',
      total: shipping.net,
      totalTax: shipping.tax,
    },
    feeLines: [],
    couponLines:
      coupon === undefined
        ? []
        : [
            {
              id: fill.nextItem(),
              code: coupon.title.toLowerCase(),
              discount,
              discountTax: lines.reduce((sum, line) => sum + line.subtotalTax - line.totalTax, 0),
            },
          ],
    taxLineId: fill.nextItem(),
    metaData: [],
  };
  return { order, lineIds };
}

function withoutEmail(billing: WooOrder['billing']): WooOrder['shipping'] {
  const { email: _email, ...address } = billing;
  return address;
}

function makeRefund(
  from: SandboxRefund,
  old: SandboxOrder,
  order: WooOrder,
  lineIds: ReadonlyMap<string, number>,
  rate: number,
  fill: OrderFill,
): WooRefund {
  const id = fill.nextId();
  const base = { id, orderId: order.id, createdAt: seconds(from.createdAt), reason: '', metaData: [] };
  const whole = toMinor(from.amount, old.currency) >= toMinor(old.total, old.currency);
  if (whole || chosen(old.name, 'refund', fill.options.refundsWithoutLines)) {
    const amount = whole ? totalOf(order) : Math.round(toMinor(from.amount, old.currency) * rate);
    return { ...base, amount, reason: 'Goodwill', lines: [] };
  }
  const lines = from.lines.flatMap((back): WooRefund['lines'] => {
    const line = order.lines.find((candidate) => candidate.id === lineIds.get(back.lineId));
    if (line === undefined) return [];
    const share = back.quantity / line.quantity;
    return [
      {
        id: fill.nextItem(),
        orderLineId: line.id,
        name: line.name,
        productId: line.productId,
        variationId: line.variationId,
        quantity: -back.quantity,
        total: -Math.round(line.total * share),
        totalTax: -Math.round(line.totalTax * share),
      },
    ];
  });
  return { ...base, amount: lines.reduce((sum, line) => sum - line.total - line.totalTax, 0), lines };
}
