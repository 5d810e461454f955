import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { SandboxOrder, SandboxStore } from '#sandbox/shopify/model.ts';

/** An order as both sides can say it. */
export interface OrderFacts {
  readonly name: string;
  readonly customerId: string | null;
  readonly placedAt: string;
  readonly cancelled: boolean;
  readonly currency: string;
  readonly total: number;
  readonly discount: number;
  readonly refunded: number;
  readonly lines: Readonly<Record<string, string>>;
}

/** What the store says of each order. */
export function ordersOfStore(store: SandboxStore): Record<string, OrderFacts> {
  return Object.fromEntries([...store.orders.values()].map((order) => [order.id, factsOf(order)]));
}

function factsOf(order: SandboxOrder): OrderFacts {
  const amount = (text: string) => parseDecimal(text, order.currency);
  return {
    name: order.name,
    customerId: order.customerId,
    placedAt: new Date(order.createdAt).toISOString(),
    cancelled: order.cancelledAt !== null,
    currency: order.currency,
    total: amount(order.total),
    discount: amount(order.totalDiscounts),
    refunded: amount(order.totalRefunded),
    lines: Object.fromEntries(
      order.lines.map((line) => {
        const discount = line.discountAllocations.reduce((sum, one) => sum + amount(one.amount), 0);
        return [
          line.id,
          [line.productId, line.variantId, line.quantity, line.refundedQuantity, amount(line.price), discount].join(
            ' ',
          ),
        ];
      }),
    ),
  };
}

/** What our mirror says of each order. Two rows of one line would show as a missing other one. */
export async function ordersOfMirror(services: Services, shopId: ShopId): Promise<Record<string, OrderFacts>> {
  return services.db.inShop(shopId, async ({ tx }) => {
    const orders = await tx.order.findMany({ where: { shopId } });
    const lines = Map.groupBy(await tx.orderLine.findMany({ where: { shopId } }), (line) => line.orderId);
    return Object.fromEntries(
      orders.map((order): [string, OrderFacts] => [
        order.id,
        {
          name: order.name,
          customerId: order.customerId,
          placedAt: order.placedAt.toISOString(),
          cancelled: order.cancelledAt !== null,
          currency: order.currency,
          total: Number(order.totalMinor),
          discount: Number(order.discountMinor),
          refunded: Number(order.refundedMinor),
          lines: Object.fromEntries(
            (lines.get(order.id) ?? []).map((line) => [
              line.id,
              [
                line.productId,
                line.variantId,
                line.quantity,
                line.refundedQuantity,
                Number(line.unitPriceMinor),
                Number(line.discountMinor),
              ].join(' '),
            ]),
          ),
        },
      ]),
    );
  });
}

/** The orders that differ, each as both sides say it; empty when the mirror is true. */
export function differences(
  store: Readonly<Record<string, OrderFacts>>,
  mirror: Readonly<Record<string, OrderFacts>>,
): unknown[] {
  const ids = new Set([...Object.keys(store), ...Object.keys(mirror)]);
  return [...ids]
    .filter((id) => JSON.stringify(sorted(store[id])) !== JSON.stringify(sorted(mirror[id])))
    .map((id) => ({ id, store: store[id], mirror: mirror[id] }));
}

const sorted = (facts: OrderFacts | undefined) =>
  facts && { ...facts, lines: Object.entries(facts.lines).sort(([a], [b]) => (a < b ? -1 : 1)) };
