import { createHash } from 'node:crypto';
import type { SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';

export interface Connection {
  readonly address: string;
  readonly permalinks: 'pretty' | 'plain';
}

/** What names a connection in the database; the state itself is known to the browser and the store alone. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export async function addConnection(
  scope: SystemScope,
  values: Connection & { readonly state: string; readonly browser: string; readonly expiresAt: Date },
): Promise<void> {
  const { state, browser, address, permalinks, expiresAt } = values;
  await scope.tx.woocommerceConnection.create({
    data: { stateHash: hashOf(state), browserHash: hashOf(browser), address, permalinks, expiresAt },
  });
}

/** How many are under way: anybody may begin one. */
export const countConnections = (scope: SystemScope, now: Date): Promise<number> =>
  scope.tx.woocommerceConnection.count({ where: { expiresAt: { gt: now }, keysAt: null } });

/** The keys came: once, and in time. Null for every other call. */
export async function takeConnection(scope: SystemScope, state: string, now: Date): Promise<Connection | null> {
  const stateHash = hashOf(state);
  const { count } = await scope.tx.woocommerceConnection.updateMany({
    where: { stateHash, keysAt: null, expiresAt: { gt: now } },
    data: { keysAt: now },
  });
  if (count === 0) return null;
  const row = await scope.tx.woocommerceConnection.findUniqueOrThrow({ where: { stateHash } });
  return { address: row.address, permalinks: row.permalinks === 'plain' ? 'plain' : 'pretty' };
}

/** Its keys are good and saved for this shop. */
export async function settleConnection(scope: SystemScope, state: string, shopId: ShopId): Promise<void> {
  await scope.tx.woocommerceConnection.updateMany({ where: { stateHash: hashOf(state) }, data: { shopId } });
}

export type Returned =
  | { readonly code: 'signed-in'; readonly shopId: ShopId }
  /** it did not begin in this browser */
  | { readonly code: 'other-browser' }
  | { readonly code: 'unknown' };

/** The browser is back: once, and the one that began. After a foreign one nobody comes back any more. */
export async function returnConnection(
  scope: SystemScope,
  values: { readonly state: string; readonly browser: string | null; readonly now: Date },
): Promise<Returned> {
  const { state, browser, now } = values;
  const stateHash = hashOf(state);
  const row = await scope.tx.woocommerceConnection.findUnique({ where: { stateHash } });
  if (!row || row.expiresAt <= now) return { code: 'unknown' };
  const own = browser !== null && hashOf(browser) === row.browserHash;
  const { count } = await scope.tx.woocommerceConnection.updateMany({
    where: { stateHash, returnedAt: null },
    data: { returnedAt: now },
  });
  if (!own) return { code: 'other-browser' };
  return count === 0 || row.shopId === null ? { code: 'unknown' } : { code: 'signed-in', shopId: toShopId(row.shopId) };
}

export async function forgetConnections(scope: SystemScope, now: Date): Promise<void> {
  await scope.tx.woocommerceConnection.deleteMany({ where: { expiresAt: { lt: now } } });
}
