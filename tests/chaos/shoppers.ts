import type { SandboxStore } from '#sandbox/shopify/model.ts';

const decimal = (minor: number) => (minor / 100).toFixed(2);

/**
 * Shoppers and staff of a pretend store: each call of the returned function does one thing at random: an order
 * is placed, refunded in part or cancelled, a product renamed.
 */
export function busyStore(store: SandboxStore, random: () => number): () => void {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  function place(): void {
    const products = [...store.products.values()].filter((product) => product.variants.length > 0);
    const chosen = new Map(
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(products)).map((product) => [
        product.id,
        product,
      ]),
    );
    const lines = [...chosen.values()].map((product) => {
      const variant = pick(product.variants);
      const quantity = 1 + Math.floor(random() * 3);
      return {
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        sku: variant.sku,
        quantity,
        price: variant.price,
        customAttributes: [],
        discountAllocations: [],
      };
    });
    const total = lines.reduce((sum, line) => sum + Math.round(Number(line.price) * 100) * line.quantity, 0);
    const customer = random() < 0.7 ? pick([...store.customers.values()]) : null;
    store.placeOrder({
      customerId: customer?.id ?? null,
      email: customer?.email ?? 'guest@example.com',
      customAttributes: [],
      discountApplications: [],
      lines,
      subtotal: decimal(total),
      totalDiscounts: '0.00',
      totalShipping: '0.00',
      totalTax: '0.00',
      total: decimal(total),
    });
  }
  function refund(): void {
    const order = pick(
      [...store.orders.values()].filter(
        (one) => one.cancelledAt === null && one.lines.some((line) => line.refundedQuantity < line.quantity),
      ),
    );
    const line = pick(order.lines.filter((one) => one.refundedQuantity < one.quantity));
    store.refundOrder(order.id, [{ lineId: line.id, quantity: 1 }], true);
  }
  function cancel(): void {
    store.cancelOrder(
      pick(
        [...store.orders.values()].filter(
          (one) => one.cancelledAt === null && one.lines.every((line) => line.refundedQuantity === 0),
        ),
      ).id,
    );
  }
  return () => {
    const dice = random();
    if (dice < 0.6) place();
    else if (dice < 0.8) refund();
    else if (dice < 0.9) cancel();
    else {
      const product = pick([...store.products.values()]);
      store.put('products', {
        ...product,
        title: `${product.title.slice(0, 40)} ${String(Math.floor(random() * 1000))}`,
      });
    }
  };
}
