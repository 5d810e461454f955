import { createHash } from 'node:crypto';
import { readCodeGuard } from '#app/domains/codes/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ConnectedShop } from '../connected-shop.ts';

const beingWritten = '';

/** Writes to the store what codes must leave of each product, where that differs from what was written last. */
export async function guardShop(services: Pick<Services, 'db'>, { shop, ref, platform }: ConnectedShop): Promise<void> {
  const { db } = services;
  const guard = await db.inShop(ref.shopId, (scope) => readCodeGuard(scope, shop.settings));
  const codeGuard = createHash('sha256').update(guard).digest('base64url');
  if (shop.platformState.codeGuard === codeGuard) return;
  // A lost answer must never be taken for the guard of before.
  await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeGuard: beingWritten }));
  await platform.publishCodeGuard(ref, guard);
  await db.inShop(ref.shopId, (scope) => mergePlatformState(scope, { codeGuard }));
}
