import type { ShopScope } from '#app/infra/database.ts';

/**
 * Notes that a customer became another one. Merges may be told of in any order: whoever is told later to have become the
 * first one has become the last one of the chain.
 */
export async function noteMerge(scope: ShopScope, from: string, into: string, now: Date): Promise<void> {
  const { tx, shopId } = scope;
  const last = await lastOf(scope, into);
  if (last === from) return;
  await tx.customerMerge.upsert({
    where: { shopId_fromId: { shopId, fromId: from } },
    create: { shopId, fromId: from, intoId: last, at: now },
    update: { intoId: last },
  });
  await tx.customerMerge.updateMany({ where: { shopId, intoId: from }, data: { intoId: last } });
}

/** Who a customer has become by now; themselves where they are still there. */
export async function lastOf({ tx, shopId }: ShopScope, customerId: string): Promise<string> {
  const row = await tx.customerMerge.findUnique({ where: { shopId_fromId: { shopId, fromId: customerId } } });
  return row?.intoId ?? customerId;
}

/** Forgets of these customers whom they became, and who became them. */
export async function forgetMerges({ tx, shopId }: ShopScope, customerIds: readonly string[]): Promise<void> {
  const ids = { in: [...customerIds] };
  await tx.customerMerge.deleteMany({ where: { shopId, OR: [{ fromId: ids }, { intoId: ids }] } });
}
