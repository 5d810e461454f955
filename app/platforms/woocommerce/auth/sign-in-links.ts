import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { hashOf } from './store-connections.ts';

/** Keeps a link that signs a merchant in; only its hash, as whoever reads the table must not be able to use it. */
export async function addSignInLink(
  scope: ShopScope,
  link: { readonly token: string; readonly target: string; readonly expiresAt: Date },
): Promise<void> {
  const { token, target, expiresAt } = link;
  await scope.tx.woocommerceSignIn.create({
    data: { tokenHash: hashOf(token), shopId: scope.shopId, target, expiresAt },
  });
}

/** Whose link it is, without using it up. */
export async function shopOfSignInLink(scope: SystemScope, token: string): Promise<ShopId | null> {
  const row = await scope.tx.woocommerceSignIn.findUnique({ where: { tokenHash: hashOf(token) } });
  return row && toShopId(row.shopId);
}

/** Uses a link up: once, and in time. Null for every other call. */
export async function takeSignInLink(
  scope: SystemScope,
  token: string,
  now: Date,
): Promise<{ shopId: ShopId; target: string } | null> {
  const tokenHash = hashOf(token);
  const row = await scope.tx.woocommerceSignIn.findUnique({ where: { tokenHash } });
  // Of two that come at once one deletes it.
  const { count } = await scope.tx.woocommerceSignIn.deleteMany({ where: { tokenHash } });
  return row && count === 1 && row.expiresAt > now ? { shopId: toShopId(row.shopId), target: row.target } : null;
}

export async function forgetSignInLinks(scope: SystemScope, now: Date): Promise<void> {
  await scope.tx.woocommerceSignIn.deleteMany({ where: { expiresAt: { lt: now } } });
}
