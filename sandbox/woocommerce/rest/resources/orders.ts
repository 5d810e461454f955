import { z } from 'zod';
import type { OrderStatus, WooOrder } from '../../model.ts';
import { newOrderKey, setStatus } from '../../orders.ts';
import { invalidParams, ok, RestError } from '../answer.ts';
import { byDate, list } from '../listing.ts';
import { minorOf } from '../money.ts';
import { idsParam, integerParam, listParam, type RestContext, type RestRequest } from '../request.ts';
import { orderView } from '../views/order.ts';
import { addressInput, emptyAddress, mergeAddress } from './customers.ts';
import { mergeMeta, metaInput, parseBody } from './meta.ts';
import { amountInput, changedLines, lineInput } from './order-lines.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

export const orderStatuses = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const satisfies readonly OrderStatus[];

const input = z.object({
  status: z.enum(orderStatuses).optional(),
  currency: z.string().length(3).optional(),
  customer_id: z.number().optional(),
  customer_note: z.string().optional(),
  billing: addressInput.optional(),
  shipping: addressInput.optional(),
  payment_method: z.string().optional(),
  payment_method_title: z.string().optional(),
  transaction_id: z.string().optional(),
  set_paid: z.boolean().optional(),
  line_items: z.array(lineInput).optional(),
  shipping_lines: z.array(z.object({ method_title: z.string().optional(), total: amountInput.optional() })).optional(),
  fee_lines: z.array(z.object({ name: z.string().optional(), total: amountInput.optional() })).optional(),
  meta_data: metaInput.optional(),
});
type Input = z.infer<typeof input>;

export const digitsOf = (context: RestContext, request: RestRequest): number =>
  integerParam(request.query, 'dp', context.store.site.decimals, 0, 10);

/** @throws RestError when there is none */
export function orderOf(context: RestContext, id: number, status: 400 | 404 = 404): WooOrder {
  const order = context.store.orders.get(id);
  if (order === undefined) throw new RestError('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.', status);
  return order;
}

const listed = ['any', 'trash', ...orderStatuses] as const;

const all: Handler = (context, request) => {
  const { store } = context;
  const { query } = request;
  const digits = digitsOf(context, request);
  const statuses = listParam(query, 'status');
  const unknown = statuses.find((status) => !listed.some((known) => known === status));
  if (unknown !== undefined) throw invalidParams({ status: `status[0] is not one of ${listed.join(', ')}.` });
  const any = statuses.length === 0 || statuses.includes('any');
  const customer = query.get('customer') === null ? null : integerParam(query, 'customer', 0, 0, null);
  const product = new Set(idsParam(query, 'product'));
  const search = (query.get('search') ?? '').toLowerCase();
  return list(context, request, {
    rows: [...store.orders.values()].filter(
      (order) =>
        (any
          ? !['trash', 'auto-draft', 'checkout-draft'].includes(order.status) || statuses.includes(order.status)
          : statuses.includes(order.status)) &&
        (customer === null || order.customerId === customer) &&
        (product.size === 0 || order.lines.some((line) => product.has(line.productId))) &&
        (search === '' ||
          order.id.toString() === search ||
          (order.billing.email ?? '').toLowerCase().includes(search) ||
          order.billing.last_name.toLowerCase().includes(search)),
    ),
    orderby: ['date', 'id', 'include', 'title', 'slug', 'modified'],
    compare: byDate,
    view: (order) => orderView(context, order, digits),
  });
};

const read: Handler = (context, request, [id = 0]) =>
  ok(orderView(context, orderOf(context, id), digitsOf(context, request)));

const create: Handler = (context, request) => {
  const { store } = context;
  const fields = parseBody(input, request.body);
  const customer = customerFor(context, fields.customer_id ?? 0);
  const at = store.stamp();
  const id = store.nextId();
  const blank: WooOrder = {
    id,
    status: 'pending',
    currency: store.site.currency,
    pricesIncludeTax: store.site.tax === 'inclusive',
    customerId: 0,
    orderKey: newOrderKey(),
    billing: customer?.billing ?? { ...emptyAddress, email: '' },
    shipping: customer?.shipping ?? emptyAddress,
    paymentMethod: '',
    paymentMethodTitle: '',
    transactionId: '',
    createdVia: 'rest-api',
    customerNote: '',
    paidAt: null,
    completedAt: null,
    lines: [],
    shippingLine: null,
    feeLines: [],
    couponLines: [],
    taxLineId: store.nextId(),
    metaData: [],
    createdAt: at,
    updatedAt: at,
  };
  const filled = changed(context, blank, fields);
  const status = fields.status ?? (fields.set_paid === true ? 'processing' : 'pending');
  store.commit([{ table: 'orders', id, record: filled }]);
  // Totals, payment and status are saved one after the other: each is an update of its own.
  const order = setStatus(store, filled, filled, status);
  return createdAt(context, '/wc/v3/orders', id, orderView(context, order, digitsOf(context, request)));
};

const update: Handler = (context, request, [id = 0]) => {
  const { store } = context;
  const known = orderOf(context, id, 400);
  const fields = parseBody(input, request.body);
  const next = changed(context, known, fields);
  const status =
    fields.status ?? (fields.set_paid === true && known.status === 'pending' ? 'processing' : known.status);
  const order = setStatus(store, known, next, status);
  return ok(orderView(context, order, digitsOf(context, request)));
};

const remove: Handler = (context, request, [id = 0]) => {
  const { store } = context;
  const known = orderOf(context, id);
  const answer = ok(orderView(context, known, digitsOf(context, request)));
  if (isForced(request)) {
    store.commit([
      { table: 'orders', id, record: null },
      ...store.refundsOf(id).map((refund) => ({ table: 'refunds' as const, id: refund.id, record: null, quiet: true })),
    ]);
    return answer;
  }
  if (known.status === 'trash')
    throw new RestError('woocommerce_rest_already_trashed', 'The shop_order has already been deleted.', 410);
  store.put('orders', { ...known, status: 'trash', updatedAt: store.stamp() });
  return answer;
};

function customerFor(context: RestContext, id: number) {
  if (id === 0) return null;
  const customer = context.store.customers.get(id);
  if (customer === undefined)
    throw new RestError('woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.', 400);
  return customer;
}

function changed(context: RestContext, known: WooOrder, fields: Input): WooOrder {
  const { store } = context;
  if (fields.customer_id !== undefined) customerFor(context, fields.customer_id);
  const minor = (value: unknown): number => minorOf(value, store.site) ?? 0;
  const [shipping] = fields.shipping_lines ?? [];
  const tax = (net: number): number => (store.site.tax === 'none' ? 0 : Math.round((net * store.site.taxRate) / 100));
  return {
    ...known,
    currency: fields.currency ?? known.currency,
    customerId: fields.customer_id ?? known.customerId,
    customerNote: fields.customer_note ?? known.customerNote,
    billing: mergeAddress(known.billing, fields.billing, true),
    shipping: mergeAddress(known.shipping, fields.shipping, false),
    paymentMethod: fields.payment_method ?? known.paymentMethod,
    paymentMethodTitle: fields.payment_method_title ?? known.paymentMethodTitle,
    transactionId: fields.transaction_id ?? known.transactionId,
    lines: (fields.line_items ?? []).reduce((lines, line) => changedLines(context, lines, line), known.lines),
    shippingLine:
      shipping === undefined
        ? known.shippingLine
        : {
            id: known.shippingLine?.id ?? store.nextId(),
            title: shipping.method_title ?? '',
            total: minor(shipping.total),
            totalTax: tax(minor(shipping.total)),
          },
    feeLines:
      fields.fee_lines?.map((fee) => ({
        id: store.nextId(),
        name: fee.name ?? 'Fee',
        total: minor(fee.total),
        totalTax: tax(minor(fee.total)),
      })) ?? known.feeLines,
    metaData: mergeMeta(known.metaData, fields.meta_data ?? [], () => store.nextId()),
  };
}

export const orderRoutes = routesOf({ path: '/wc/v3/orders', list: all, read, create, update, remove });
