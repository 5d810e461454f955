import { z } from 'zod';
import type { WooRefund } from '../../model.ts';
import { refundOrder } from '../../orders.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, list } from '../listing.ts';
import { minorOf } from '../money.ts';
import type { RestContext } from '../request.ts';
import { refundView } from '../views/order.ts';
import { parseBody } from './meta.ts';
import { digitsOf } from './orders.ts';
import { createdAt, isForced, routesOf, type Handler, type Route } from './route.ts';

const amount = z.union([z.string(), z.number()]);
const input = z.object({
  amount: amount.optional(),
  reason: z.string().default(''),
  api_refund: z.boolean().default(true),
  api_restock: z.boolean().default(true),
  line_items: z
    .array(
      z.object({
        id: z.number(),
        quantity: z.number().int().min(0).default(0),
        refund_total: amount.default(0),
        refund_tax: z.array(z.object({ id: z.number().optional(), refund_total: amount })).default([]),
      }),
    )
    .default([]),
});

const row = (refund: WooRefund) => ({ ...refund, updatedAt: refund.createdAt });

/** @throws RestError when there is no such order */
function assertOrder(context: RestContext, id: number) {
  const order = context.store.orders.get(id);
  if (order === undefined) throw new RestError('woocommerce_rest_invalid_order_id', 'Invalid order ID.', 404);
  return order;
}

function refundOf(context: RestContext, orderId: number, id: number): WooRefund {
  assertOrder(context, orderId);
  const refund = context.store.refunds.get(id);
  if (refund?.orderId !== orderId)
    throw new RestError('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.', 404);
  return refund;
}

const listing =
  (
    rows: (context: RestContext, orderId: number) => readonly WooRefund[],
    more: (refund: WooRefund) => object,
  ): Handler =>
  (context, request, [orderId = 0]) =>
    list(context, request, {
      rows: rows(context, orderId).map(row),
      orderby: ['date', 'id', 'include', 'title', 'slug', 'modified'],
      compare: byDate,
      view: (refund) => ({ ...refundView(context, refund, digitsOf(context, request)), ...more(refund) }),
    });

const ofOrder = listing(
  (context, orderId) => context.store.refundsOf(assertOrder(context, orderId).id),
  () => ({}),
);

const read: Handler = (context, request, [orderId = 0, id = 0]) =>
  ok(refundView(context, refundOf(context, orderId, id), digitsOf(context, request)));

const create: Handler = (context, request, [orderId = 0]) => {
  const { store } = context;
  const order = assertOrder(context, orderId);
  const fields = parseBody(input, request.body);
  const given = fields.amount === undefined ? null : minorOf(fields.amount, store.site);
  if (given !== null && given < 0)
    throw new RestError('woocommerce_rest_invalid_order_refund', 'Refund amount must be greater than zero.', 400);
  // The sandbox's payment methods give nothing back by themselves.
  if (fields.api_refund && order.paymentMethod !== 'cod' && order.paymentMethod !== '')
    throw new RestError(
      'woocommerce_rest_cannot_create_order_refund',
      'The payment gateway for this order does not support automatic refunds.',
      500,
    );
  const refund = refundOrder(store, order, {
    amount: given,
    reason: fields.reason,
    restock: fields.api_restock,
    lines: fields.line_items.map((line) => ({
      orderLineId: line.id,
      quantity: line.quantity,
      total: minorOf(line.refund_total, store.site) ?? 0,
      totalTax: line.refund_tax.reduce((sum, tax) => sum + (minorOf(tax.refund_total, store.site) ?? 0), 0),
    })),
  });
  if (refund === null)
    throw new RestError('woocommerce_rest_cannot_create_order_refund', 'Invalid refund amount.', 500);
  return createdAt(context, `/wc/v3/orders/${orderId.toString()}/refunds`, refund.id, refundView(context, refund));
};

const remove: Handler = (context, request, [orderId = 0, id = 0]) => {
  const known = refundOf(context, orderId, id);
  if (!isForced(request))
    throw new RestError(
      'woocommerce_rest_trash_not_supported',
      'The shop_order_refund does not support trashing.',
      501,
    );
  // The order itself is not touched: neither a webhook nor `modified_after` tells of it.
  context.store.remove('refunds', id);
  return ok(refundView(context, known));
};

/** This list alone says which order a refund belongs to. */
const everywhere: Route = {
  path: '/wc/v3/refunds',
  methods: {
    GET: listing(
      (context) => [...context.store.refunds.values()],
      (refund) => ({ parent_id: refund.orderId }),
    ),
  },
};

export const refundRoutes = [
  ...routesOf({ path: '/wc/v3/orders/:id/refunds', list: ofOrder, read, create, remove }),
  everywhere,
];
