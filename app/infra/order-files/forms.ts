/** What we want to know of a line; each form says in which of its columns it stands. */
export type Field =
  | 'orderId'
  | 'customerId'
  | 'orderedAt'
  | 'productId'
  | 'productName'
  | 'quantity'
  | 'unitPrice'
  | 'lineTotal'
  | 'currency'
  | 'country'
  | 'status'
  | 'cancelledAt';

export interface OrderFileForm {
  readonly name: string;
  /** lower-case column names that only this form has */
  readonly marks: readonly (readonly string[])[];
  /** possible lower-case column names of a field, the best first; an empty cell falls through to the next */
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  readonly required: readonly Field[];
  /** order-level cells stand in an order's first row only and hold for its other rows */
  readonly carriesDown: boolean;
}

/** The form of the histories that this project is measured on, and the plainest one to produce by hand. */
const trellis: OrderFileForm = {
  name: 'order history',
  marks: [['order_id', 'product_id'], ['ordered_at'], ['order_id', 'quantity', 'unit_price']],
  columns: {
    orderId: ['order_id'],
    customerId: ['customer_id'],
    orderedAt: ['ordered_at'],
    productId: ['product_id'],
    productName: ['product_name'],
    quantity: ['quantity'],
    unitPrice: ['unit_price'],
    currency: ['currency'],
    country: ['country'],
  },
  required: ['orderId', 'customerId', 'orderedAt', 'productId', 'quantity', 'unitPrice'],
  carriesDown: false,
};

/** Shopify admin, Orders, Export: one row per line item, order columns in the first row of an order. */
const shopify: OrderFileForm = {
  name: 'Shopify order export',
  marks: [['lineitem name'], ['lineitem quantity'], ['lineitem price']],
  columns: {
    orderId: ['name'],
    customerId: ['email', 'phone'],
    orderedAt: ['created at', 'paid at'],
    productId: ['lineitem sku', 'lineitem name'],
    productName: ['lineitem name'],
    quantity: ['lineitem quantity'],
    unitPrice: ['lineitem price'],
    currency: ['currency'],
    country: ['shipping country', 'billing country'],
    status: ['financial status'],
    cancelledAt: ['cancelled at'],
  },
  required: ['orderId', 'orderedAt', 'productId', 'quantity', 'unitPrice'],
  carriesDown: true,
};

/**
 * WooCommerce has no line-item export of its own. Read are the columns of the two plugins in common use:
 * Advanced Order Export (captions as "Order Number", "Item Name") and Customer/Order/Coupon Export in its
 * "one row per item" form (keys as `order_number`, `item_name`).
 */
const woocommerce: OrderFileForm = {
  name: 'WooCommerce order export',
  marks: [['item name'], ['item_name'], ['item_product_id']],
  columns: {
    orderId: ['order number', 'order id', 'order_number', 'order_id', 'order_number_formatted'],
    customerId: [
      'customer user id',
      'customer id',
      'customer_id',
      'email (billing)',
      'billing email',
      'billing_email',
      'customer_email',
    ],
    orderedAt: ['order date', 'order_date', 'date', 'paid_date'],
    productId: ['product id', 'item_product_id', 'sku', 'item_sku', 'item name', 'item_name'],
    productName: ['item name', 'item_name', 'product name'],
    quantity: ['quantity', 'quantity (- refund)', 'item_quantity', 'qty'],
    unitPrice: ['item cost', 'item cost (inc. tax)', 'item_price', 'item price'],
    lineTotal: ['order line total', 'order line subtotal', 'item_subtotal', 'item_total'],
    currency: ['order currency', 'currency', 'order_currency'],
    country: [
      'country code (shipping)',
      'shipping_country',
      'country code (billing)',
      'billing_country',
      'country name (billing)',
    ],
    status: ['order status', 'status', 'order_status'],
  },
  required: ['orderId', 'orderedAt', 'productId', 'quantity'],
  carriesDown: true,
};

export const orderFileForms: readonly OrderFileForm[] = [shopify, woocommerce, trellis];

/** Order states in which nothing was sold, in the words of both platforms, lower case. */
export const cancelledStates: ReadonlySet<string> = new Set([
  'cancelled',
  'canceled',
  'voided',
  'refunded',
  'expired',
  'failed',
  'trash',
  'checkout-draft',
  'draft',
  'wc-cancelled',
  'wc-refunded',
  'wc-failed',
  'wc-checkout-draft',
]);
