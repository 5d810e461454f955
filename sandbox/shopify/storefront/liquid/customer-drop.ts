import type { SandboxCustomer, SandboxStore } from '../../model.ts';
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
    get orders() {
      return store
        .ordersOfCustomer(customer.id)
        .slice(0, mostLooped)
        .map((order) => ({
          id: liquidId(order.id),
          name: order.name,
          created_at: order.createdAt,
          cancelled: order.cancelledAt !== null,
          line_items: order.lines.map((line) => ({
            product_id: line.productId === null ? null : liquidId(line.productId),
            quantity: line.quantity,
          })),
        }));
    },
  };
}
