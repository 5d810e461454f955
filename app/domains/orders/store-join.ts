import type { ShopScope } from '#app/infra/database.ts';

/** Two customers became one: the orders of the first are the second's. */
export async function joinBuyers({ tx, shopId }: ShopScope, from: string, into: string): Promise<void> {
  await tx.order.updateMany({ where: { shopId, customerId: from }, data: { customerId: into } });
}
