import { addressOf } from '../homes.ts';
import type { SandboxOrder, SandboxRefund, SandboxStore } from '../model.ts';
import { toMinor } from '../money.ts';
import { compareIds, inOrder, sorted } from './connections.ts';
import type { AdminContext, Listers, Resolvers } from './context.ts';
import { application, currentQuantity, discountOf, type LineNode, paidFor, shippingLine } from './order-lines.ts';
import { search, type SearchFields } from './search.ts';
import { gid, idIn, minorBag, moneyBag } from './values.ts';

const sixtyDays = 60 * 86_400_000;

/** Without `read_all_orders` an app sees the last 60 days only. */
function visible(context: AdminContext, order: SandboxOrder): boolean {
  return (
    context.scopes.has('read_all_orders') || Date.parse(order.createdAt) >= context.store.now().getTime() - sixtyDays
  );
}

export function findOrder(context: AdminContext, id: string | null): SandboxOrder | null {
  const order = id === null ? undefined : context.store.orders.get(id);
  return order !== undefined && visible(context, order) ? order : null;
}

const orderFields: SearchFields<SandboxOrder> = {
  default: { kind: 'text', of: (order) => [order.name, order.email ?? ''] },
  updated_at: { kind: 'time', of: (order) => order.updatedAt },
  created_at: { kind: 'time', of: (order) => order.createdAt },
  processed_at: { kind: 'time', of: (order) => order.createdAt },
  id: { kind: 'id', of: (order) => order.id },
  name: { kind: 'text', of: (order) => [order.name, order.name.slice(1)] },
  email: { kind: 'text', of: (order) => order.email },
  customer_id: { kind: 'id', of: (order) => order.customerId },
  test: { kind: 'text', of: (order) => order.test.toString() },
  status: { kind: 'text', of: (order) => [order.cancelledAt === null ? 'open' : 'cancelled', 'any'] },
};

const currentPaid = (order: SandboxOrder): number =>
  order.lines.reduce(
    (total, line) => total + Math.round((paidFor(line, order) * currentQuantity(line)) / line.quantity),
    0,
  );

export function financialStatus(order: SandboxOrder): 'PAID' | 'REFUNDED' | 'PARTIALLY_REFUNDED' {
  const refunded = toMinor(order.totalRefunded, order.currency);
  return refunded === 0 ? 'PAID' : refunded >= toMinor(order.total, order.currency) ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
}

/** Invoices go where parcels go. */
function mailingAddress(store: SandboxStore, order: SandboxOrder) {
  const home = addressOf(store, order);
  return (
    home && {
      ...home,
      id: gid('MailingAddress', order.id),
      address2: null,
      countryCodeV2: 'DE',
      country: 'Germany',
      provinceCode: 'BE',
    }
  );
}

const bag = (pick: (order: SandboxOrder) => string) => (order: SandboxOrder) => moneyBag(pick(order), order.currency);

export const orderResolvers: Resolvers<SandboxOrder> = {
  'Order.id': (order) => gid('Order', order.id),
  'Order.legacyResourceId': (order) => order.id,
  'Order.processedAt': (order) => order.createdAt,
  'Order.closedAt': () => null,
  'Order.cancelReason': (order) => (order.cancelledAt === null ? null : 'OTHER'),
  'Order.currencyCode': (order) => order.currency,
  'Order.presentmentCurrencyCode': (order) => order.currency,
  'Order.displayFinancialStatus': financialStatus,
  'Order.displayFulfillmentStatus': () => 'UNFULFILLED',
  'Order.customer': (order, _args, context) =>
    order.customerId === null ? null : (context.store.customers.get(order.customerId) ?? null),
  'Order.discountCodes': (order) =>
    order.discountApplications.filter((applied) => applied.kind === 'CODE').map((applied) => applied.title),
  'Order.discountCode': (order) => order.discountApplications.find((applied) => applied.kind === 'CODE')?.title ?? null,
  'Order.email': (order) => order.email,
  'Order.phone': () => null,
  'Order.shippingAddress': (order, _args, context) => mailingAddress(context.store, order),
  'Order.billingAddress': (order, _args, context) => mailingAddress(context.store, order),
  'Order.refunds': (order, _args, context) => refundsOf(context.store, order),
  'Order.note': () => null,
  'Order.tags': () => [],
  'Order.sourceName': () => 'web',
  'Order.taxesIncluded': () => true,
  'Order.confirmed': () => true,
  'Order.edited': () => false,
  'Order.subtotalLineItemsQuantity': (order) => order.lines.reduce((total, line) => total + line.quantity, 0),
  'Order.currentSubtotalLineItemsQuantity': (order) =>
    order.lines.reduce((total, line) => total + currentQuantity(line), 0),
  'Order.subtotalPriceSet': bag((order) => order.subtotal),
  'Order.totalPriceSet': bag((order) => order.total),
  'Order.totalDiscountsSet': bag((order) => order.totalDiscounts),
  'Order.totalShippingPriceSet': bag((order) => order.totalShipping),
  'Order.shippingLine': shippingLine,
  'Order.totalTaxSet': bag((order) => order.totalTax),
  'Order.totalRefundedSet': bag((order) => order.totalRefunded),
  // Above zero is in the merchant's favour.
  'Order.refundDiscrepancySet': (order, _args, { store }) =>
    minorBag(
      refundsOf(store, order).reduce((sum, { beyond }) => sum - toMinor(beyond ?? '0', order.currency), 0),
      order.currency,
    ),
  'Order.totalRefundedShippingSet': (order, _args, { store }) =>
    minorBag(
      refundsOf(store, order).reduce((sum, { shipping }) => sum + toMinor(shipping ?? '0', order.currency), 0),
      order.currency,
    ),
  'Order.totalReceivedSet': bag((order) => order.total),
  'Order.currentSubtotalPriceSet': (order) => minorBag(currentPaid(order), order.currency),
  'Order.currentTotalPriceSet': (order) =>
    minorBag(toMinor(order.total, order.currency) - toMinor(order.totalRefunded, order.currency), order.currency),
  'Order.currentTotalDiscountsSet': (order) =>
    minorBag(
      order.lines.reduce(
        (total, line) => total + Math.round((discountOf(line, order) * currentQuantity(line)) / line.quantity),
        0,
      ),
      order.currency,
    ),
  'Order.netPaymentSet': (order) =>
    minorBag(toMinor(order.total, order.currency) - toMinor(order.totalRefunded, order.currency), order.currency),
};

/** An order's refunds, oldest first. */
export function refundsOf(store: SandboxStore, order: SandboxOrder): SandboxRefund[] {
  if (order.totalRefunded === '0' || Number(order.totalRefunded) === 0) return [];
  return [...store.refunds.values()]
    .filter((refund) => refund.orderId === order.id)
    .sort((a, b) => compareIds(a.id, b.id));
}

export const refundResolvers: Resolvers<SandboxRefund> = {
  'Refund.id': (refund) => gid('Refund', refund.id),
  'Refund.legacyResourceId': (refund) => refund.id,
  'Refund.updatedAt': (refund) => refund.createdAt,
  'Refund.note': () => null,
  'Refund.order': (refund, _args, context) => findOrder(context, refund.orderId),
  'Refund.totalRefundedSet': (refund, _args, context) => moneyBag(refund.amount, context.store.shop.currency),
};

export const orderLists: Listers<SandboxOrder> = {
  'Order.lineItems': (order) =>
    inOrder(
      order.lines.map((line): LineNode => ({ id: line.id, order, line })),
      (node) => node.id,
    ),
  'Order.discountApplications': (order) =>
    inOrder(
      order.discountApplications.map((_, index) => application(order, index)),
      (applied) => applied.index.toString(),
    ),
};

export const refundLists: Listers<SandboxRefund> = {
  'Refund.refundLineItems': (refund, _args, context) => {
    const order = context.store.orders.get(refund.orderId);
    const nodes = refund.lines.flatMap((part) => {
      const line = order?.lines.find((candidate) => candidate.id === part.lineId);
      if (order === undefined || line === undefined) return [];
      const subtotalSet = moneyBag(part.subtotal, order.currency);
      return [
        {
          id: gid('RefundLineItem', part.id),
          quantity: part.quantity,
          lineItem: { id: line.id, order, line } satisfies LineNode,
          subtotalSet,
          priceSet: moneyBag(line.price, order.currency),
          totalTaxSet: moneyBag('0', order.currency),
          restockType: refund.restock ? 'RETURN' : 'NO_RESTOCK',
          restocked: refund.restock,
        },
      ];
    });
    return inOrder(nodes, (node) => node.id);
  },
};

const orderKeys = {
  ID: () => '',
  RELEVANCE: () => '',
  UPDATED_AT: (order: SandboxOrder) => order.updatedAt,
  CREATED_AT: (order: SandboxOrder) => order.createdAt,
  PROCESSED_AT: (order: SandboxOrder) => order.createdAt,
  TOTAL_PRICE: (order: SandboxOrder) => Number(order.total),
};

export const salesLists: Listers<unknown> = {
  'QueryRoot.orders': (_source, args, context) =>
    sorted(
      search(context.store.orders.values(), args, orderFields, 'orders', context).filter((order) =>
        visible(context, order),
      ),
      args,
      orderKeys,
      'PROCESSED_AT',
    ),
  'Customer.orders': (source, args, context) =>
    sorted(
      search(
        context.store.ordersOfCustomer((source as { id: string }).id),
        args,
        orderFields,
        'customer.orders',
        context,
      ).filter((order) => visible(context, order)),
      args,
      orderKeys,
      'ID',
    ),
};

export const salesQueries: Resolvers<unknown> = {
  'QueryRoot.order': (_source, args, context) => findOrder(context, idIn(args['id'], 'Order')),
  'QueryRoot.ordersCount': (_source, args, context) => ({
    count: search(context.store.orders.values(), args, orderFields, 'ordersCount', context).filter((order) =>
      visible(context, order),
    ).length,
    precision: 'EXACT',
  }),
};
