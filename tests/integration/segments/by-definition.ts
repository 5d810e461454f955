import { groupOf, readMembers, type Score } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

export interface OrderRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly placedAt: Date;
  readonly totalMinor: number;
  readonly refundedMinor?: number;
  readonly cancelledAt?: Date;
  readonly currency?: string;
  readonly test?: boolean;
}

export const insertOrders = (scope: ShopScope, orders: readonly OrderRow[]) =>
  scope.tx.order.createMany({
    data: orders.map(({ totalMinor, refundedMinor = 0, currency = 'EUR', ...order }) => ({
      ...order,
      shopId: scope.shopId,
      platformUpdatedAt: order.placedAt,
      currency,
      totalMinor,
      refundedMinor,
      subtotalMinor: totalMinor,
      discountMinor: 0,
    })),
  });

/** Scores as the definition has them: by the share of buyers who have less. */
export function byDefinition(orders: readonly OrderRow[]) {
  const buyers = new Map<string, { last: number; orders: number; spent: number }>();
  for (const { customerId, placedAt, totalMinor, refundedMinor = 0 } of orders) {
    const one = buyers.get(customerId ?? '') ?? { last: 0, orders: 0, spent: 0 };
    one.last = Math.max(one.last, placedAt.getTime());
    one.orders += 1;
    one.spent += totalMinor - refundedMinor;
    buyers.set(customerId ?? '', one);
  }
  const all = [...buyers.values()];
  const score = (pick: (one: (typeof all)[number]) => number, own: number) => {
    const share = all.filter((one) => pick(one) < own).length / Math.max(1, all.length - 1);
    return Math.min(5, 1 + Math.floor(5 * share)) as Score;
  };
  return new Map(
    [...buyers].map(([id, one]) => {
      const recency = score((other) => other.last, one.last);
      const frequency = score((other) => other.orders, one.orders);
      const money = score((other) => other.spent, one.spent);
      const group = groupOf(recency, Math.ceil((frequency + money) / 2) as Score);
      return [id, { recency, frequency, money, group }];
    }),
  );
}

export const scoresIn = async (scope: ShopScope) =>
  new Map(
    (await readMembers(scope, null, '', 1_000)).map(({ customerId, recency, frequency, money, group }) => [
      customerId,
      { recency, frequency, money, group },
    ]),
  );
