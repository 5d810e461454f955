import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { WooOrder, WooRefund } from '#sandbox/woocommerce/model.ts';
import type { WooStore } from '#sandbox/woocommerce/store.ts';

/** An order as both sides can say it; amounts in the smallest units. */
export interface WooOrderFacts {
  readonly customerId: string | null;
  readonly placedAt: string;
  readonly sold: boolean;
  readonly currency: string;
  readonly total: number;
  readonly refunded: number;
  readonly lines: Readonly<Record<string, string>>;
}

const sold: readonly string[] = ['processing', 'on-hold', 'completed', 'refunded'];
const sum = <T>(list: readonly T[], read: (one: T) => number) => list.reduce((total, one) => total + read(one), 0);

/** What the site's own books say of each order that is not in its trash. */
export function ordersOfSite(store: WooStore): Record<string, WooOrderFacts> {
  return Object.fromEntries(
    [...store.orders.values()]
      .filter(({ status }) => status !== 'trash')
      .map((order) => [String(order.id), factsOf(order, store.refundsOf(order.id))]),
  );
}

function factsOf(order: WooOrder, refunds: readonly WooRefund[]): WooOrderFacts {
  const charges = [...order.lines, ...order.feeLines, ...(order.shippingLine ? [order.shippingLine] : [])];
  const total = sum(charges, (one) => one.total + one.totalTax);
  const given = sum(refunds, (one) => one.amount);
  return {
    customerId: order.customerId === 0 ? null : String(order.customerId),
    placedAt: order.createdAt,
    sold: sold.includes(order.status),
    currency: order.currency,
    total,
    refunded: order.status === 'refunded' ? Math.max(total, given) : given,
    lines: Object.fromEntries(
      order.lines.map((line) => {
        const back = refunds.flatMap(({ lines }) => lines).filter(({ orderLineId }) => orderLineId === line.id);
        const units = Math.min(
          line.quantity,
          sum(back, ({ quantity }) => Math.abs(quantity)),
        );
        const paid = line.total + (order.pricesIncludeTax ? line.totalTax : 0);
        return [String(line.id), [line.productId, line.quantity, units, paid].join(' ')];
      }),
    ),
  };
}

/** What our mirror says of each order. */
export function ordersOfMirror(services: Services, shopId: ShopId): Promise<Record<string, WooOrderFacts>> {
  return services.db.inShop(shopId, async ({ tx }) => {
    const orders = await tx.order.findMany({ where: { shopId } });
    const lines = Map.groupBy(await tx.orderLine.findMany({ where: { shopId } }), (line) => line.orderId);
    return Object.fromEntries(
      orders.map((order): [string, WooOrderFacts] => [
        order.id,
        {
          customerId: order.customerId,
          placedAt: order.placedAt.toISOString(),
          sold: order.cancelledAt === null,
          currency: order.currency,
          total: Number(order.totalMinor),
          refunded: Number(order.refundedMinor),
          lines: Object.fromEntries(
            (lines.get(order.id) ?? []).map((line) => {
              const paid = line.quantity * Number(line.unitPriceMinor) - Number(line.discountMinor);
              return [line.id, [line.productId, line.quantity, line.refundedQuantity, paid].join(' ')];
            }),
          ),
        },
      ]),
    );
  });
}
