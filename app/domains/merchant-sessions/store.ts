import { createHash } from 'node:crypto';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { sessionDays } from './cookie.ts';

/** Only the hash is kept: whoever reads the table cannot sign in. The token is random, so that no salt is needed. */
const idOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** @param values.origin names the sign-in that it comes from */
export async function startSession(
  scope: ShopScope,
  values: { readonly token: string; readonly origin: string; readonly now: Date },
): Promise<void> {
  const { token, origin, now } = values;
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000);
  await scope.tx.merchantSession.create({
    data: { id: idOf(token), shopId: scope.shopId, origin, createdAt: now, expiresAt },
  });
}

/** Whose session a token stands for, or null where it is over. */
export async function findSession(
  scope: SystemScope,
  token: string,
  now: Date,
): Promise<{ shopId: ShopId; id: string } | null> {
  const row = await scope.tx.merchantSession.findUnique({ where: { id: idOf(token) } });
  return row && row.expiresAt > now ? { shopId: toShopId(row.shopId), id: row.id } : null;
}

/** Signs a browser out. */
export async function endMySession(scope: SystemScope, token: string): Promise<void> {
  await scope.tx.merchantSession.deleteMany({ where: { id: idOf(token) } });
}

/** Ends every session of one sign-in. */
export async function endSessionsOf(scope: SystemScope, origin: string): Promise<void> {
  await scope.tx.merchantSession.deleteMany({ where: { origin } });
}

/** Nobody is signed in to this shop any more. */
export async function endShopSessions(scope: ShopScope): Promise<void> {
  await scope.tx.merchantSession.deleteMany({ where: { shopId: scope.shopId } });
}

export async function forgetOldSessions(scope: SystemScope, now: Date): Promise<void> {
  await scope.tx.merchantSession.deleteMany({ where: { expiresAt: { lt: now } } });
}
