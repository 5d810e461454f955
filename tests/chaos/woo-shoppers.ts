import type { WooSandbox } from '#sandbox/woocommerce/server.ts';
import type { OrderStatus, WooOrder } from '#sandbox/woocommerce/model.ts';

/**
 * Shoppers and staff of a pretend WooCommerce site: each call of the returned function does one thing at random: an
 * order is placed, moves on, is refunded with or without lines, edited by hand, or goes into the trash and out of it.
 */
export function busySite(woo: WooSandbox, random: () => number): () => void {
  const { store } = woo;
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  };
  const orders = (...statuses: OrderStatus[]) =>
    [...store.orders.values()].filter((one) => statuses.includes(one.status));
  const change = (order: WooOrder, values: Partial<WooOrder>) =>
    store.put('orders', { ...order, ...values, updatedAt: store.stamp() });
  function place(): void {
    const products = [...store.products.values()].filter(
      (one) =>
        one.type === 'simple' && one.status === 'publish' && one.regularPrice !== '' && (one.stockQuantity ?? 99) > 9,
    );
    const chosen = [...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(products)))];
    const customer = random() < 0.6 ? pick([...store.customers.values()]) : null;
    woo.placeOrder({
      lines: chosen.map(({ id }) => ({ productId: id, variationId: 0, quantity: 1 + Math.floor(random() * 3) })),
      email: customer?.email ?? 'guest@example.com',
      ...(customer ? { customerId: customer.id } : {}),
    });
  }
  function refund(): void {
    const order = pick(orders('processing', 'completed'));
    const line = pick(order.lines);
    const back = { orderLineId: line.id, quantity: 1, total: 100, totalTax: 0 };
    // Every other merchant types an amount and no more.
    const lines = random() < 0.5 ? [back] : [];
    woo.refundOrder(order.id, { amount: 100, reason: '', lines, restock: false });
  }
  /** What a merchant does in the order's own page: another quantity, another price, a fee. */
  function edit(): void {
    const order = pick(orders('processing', 'on-hold', 'pending'));
    const [first, ...rest] = order.lines;
    if (!first) return;
    const quantity = first.quantity + 1;
    const [net, tax] = [quantity * 500, quantity * 95];
    change(order, {
      lines: [{ ...first, quantity, subtotal: net, total: net, subtotalTax: tax, totalTax: tax }, ...rest],
      feeLines: [...order.feeLines, { id: store.nextId(), name: 'Gift wrap', total: 150, totalTax: 0 }],
    });
  }
  function moveOn(): void {
    change(pick(orders('processing', 'on-hold', 'pending')), {
      status: pick(['completed', 'cancelled', 'failed', 'refunded', 'on-hold'] as const),
    });
  }
  function trash(): void {
    const lying = orders('trash');
    if (lying.length > 0 && random() < 0.5) change(pick(lying), { status: 'processing' });
    else change(pick(orders('processing', 'completed')), { status: 'trash' });
  }
  return () => {
    const dice = random();
    if (dice < 0.5) place();
    else if (orders('processing').length === 0) place();
    else if (dice < 0.65) refund();
    else if (dice < 0.75) edit();
    else if (dice < 0.92) moveOn();
    else trash();
  };
}
