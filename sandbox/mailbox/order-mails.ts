import { createTransport } from 'nodemailer';
import type { SandboxOrder, SandboxStore } from '../shopify/model.ts';

/** The store writes to its shoppers itself, as every store does: here, the confirmation of an order. */
export function sendOrderMails(
  store: SandboxStore,
  smtp: { host: string; port: number },
): { settled(): Promise<void>; close(): Promise<void> } {
  const transport = createTransport({ host: smtp.host, port: smtp.port, secure: false, ignoreTLS: true, pool: true });
  const sending = new Set<Promise<unknown>>();
  const stop = store.onChange((change) => {
    const order = change.table === 'orders' && change.action === 'create' ? store.orders.get(change.id) : undefined;
    const email = order?.email ?? null;
    if (order === undefined || email === null) return;
    const job: Promise<unknown> = transport.sendMail(confirmation(store, order, email)).catch((error: unknown) => {
      process.stderr.write(
        `sandbox: the confirmation of ${order.name} was not sent: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    });
    sending.add(job);
    void job.finally(() => sending.delete(job));
  });
  const settled = async (): Promise<void> => {
    await Promise.all(sending);
  };
  return {
    settled,
    close: async () => {
      stop();
      await settled();
      transport.close();
    },
  };
}

function confirmation(store: SandboxStore, order: SandboxOrder, to: string) {
  const lines = order.lines.map(
    (line) => `${line.quantity.toString()} × ${line.title}  ${line.price} ${order.currency}`,
  );
  const discount = Number(order.totalDiscounts) > 0 ? [`Discounts  -${order.totalDiscounts} ${order.currency}`] : [];
  return {
    from: { name: store.shop.name, address: store.shop.email },
    to,
    subject: `Order ${order.name} confirmed`,
    text: [
      'Thank you for your purchase!',
      '',
      ...lines,
      '',
      ...discount,
      `Shipping  ${order.totalShipping} ${order.currency}`,
      `Total  ${order.total} ${order.currency}`,
    ].join('\n'),
  };
}
