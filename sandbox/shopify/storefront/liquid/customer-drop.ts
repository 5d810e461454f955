import type { SandboxCustomer, SandboxOrder, SandboxStore } from '../../model.ts';
import { metafieldsDrop } from './metafields.ts';
import { liquidId } from './product-drop.ts';

/** A `for` of Shopify's Liquid ends after as many. */
const mostLooped = 50;

/** Liquid's `customer`: who is logged in, with their orders, the latest first. */
export function customerDrop(store: SandboxStore, customer: SandboxCustomer) {
  return {
    id: liquidId(customer.id),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    get metafields() {
      return metafieldsDrop(store, `gid://shopify/Customer/${customer.id}`, () => null);
    },
    get orders() {
      return store
        .ordersOfCustomer(customer.id)
        .slice(0, mostLooped)
        .map((order) => ({
          id: liquidId(order.id),
          name: order.name,
          created_at: order.createdAt,
          cancelled: order.cancelledAt !== null,
          financial_status: financialStatus(order),
          line_items: order.lines.map((line) => ({
            product_id: line.productId === null ? null : liquidId(line.productId),
            quantity: line.quantity,
          })),
        }));
    },
  };
}

/** Every order of the sandbox was paid; what is told of a refund is how much of it went back. */
function financialStatus({ total, totalRefunded }: SandboxOrder): 'paid' | 'partially_refunded' | 'refunded' {
  if (Number(totalRefunded) <= 0) return 'paid';
  return Number(totalRefunded) >= Number(total) ? 'refunded' : 'partially_refunded';
}
